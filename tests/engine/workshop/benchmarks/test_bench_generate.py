from __future__ import annotations

import pytest
from tiny_adapters import random_adapter
from tiny_models import write_tiny_model

from engine.adapters.file import save_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.library import AdapterLibrary
from engine.cancel import CancelToken
from engine.errors import Cancelled, ModelMissing
from engine.inference.availability import BEST_SHIPPED
from engine.models import ModelLibrary
from engine.models.library import CHAT_MODEL
from engine.models.sidecar import Sidecar, write_sidecar
from engine.paths import DataPaths
from engine.workshop.benchmarks.bench_generate import bench_first_token, times_sooner


@pytest.fixture
def library(tmp_path, monkeypatch) -> ModelLibrary:
    folder = tmp_path / "embedded"
    folder.mkdir()
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(folder))
    return ModelLibrary(DataPaths(tmp_path / "data"))


def test_a_smaller_copy_gives_its_first_token_sooner(library, tiny_gguf, tmp_path):
    original = tiny_gguf(tmp_path / "embedded" / f"{CHAT_MODEL}.gguf", n_ctx=512, n_embd=512)
    tiny_gguf(tmp_path / "embedded" / "copy.gguf", n_ctx=512)
    write_sidecar(original, Sidecar(fastest="copy"))
    rows = list(bench_first_token(library, n_rounds=3, n_prompt=256))
    assert [row.what for row in rows] == [
        f"first token {CHAT_MODEL}",
        "first token copy",
        f"per token {CHAT_MODEL}",
        "per token copy",
    ]
    assert rows[1].baseline == rows[0].what and rows[1].n == 3
    assert rows[1].ratio == pytest.approx(rows[1].p50 / rows[0].p50, rel=0.01)
    assert times_sooner(rows) == pytest.approx(1 / rows[1].ratio)
    assert times_sooner(rows) > 1.5  # eight times less to compute


def test_the_default_mode_is_measured_against_the_same_kernel_without_its_adapter(
    library, tmp_path, monkeypatch
):
    tiny = write_tiny_model(tmp_path / "embedded" / f"{CHAT_MODEL}.gguf", n_ctx=512)
    fields, tensors = random_adapter(tiny.spec, BEST_SHIPPED, positive=("q", "v"))
    fields |= {"base_fingerprint": model_fingerprint(tiny.path), "base_name": "tiny"}
    monkeypatch.setenv("SABUN_EMBEDDED_ADAPTERS_DIR", str(tmp_path / "shipped"))
    save_adapter(tmp_path / "shipped" / "best.safetensors", fields, tensors)
    adapters = AdapterLibrary(DataPaths(tmp_path / "data"))
    rows = list(bench_first_token(library, adapters=adapters, n_rounds=2, n_prompt=64))
    assert [row.what for row in rows[:4]] == [
        f"first token {CHAT_MODEL}",
        f"first token {CHAT_MODEL}",
        f"first token {CHAT_MODEL}, baseline",
        f"first token {CHAT_MODEL}, {BEST_SHIPPED}",
    ]
    assert len(rows) == 8
    assert [row.baseline for row in rows[2:4]] == [rows[1].what, rows[2].what]
    assert all(row.n == 2 and row.p50 > 0 for row in rows)


def test_a_stopped_run_reports_nothing(library, tiny_gguf, tmp_path):
    tiny_gguf(tmp_path / "embedded" / f"{CHAT_MODEL}.gguf")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(bench_first_token(library, n_rounds=1, n_prompt=64, cancel=cancel))


def test_without_the_embedded_model_it_says_so(library):
    with pytest.raises(ModelMissing):
        list(bench_first_token(library))
