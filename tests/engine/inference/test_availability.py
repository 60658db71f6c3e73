"""What can run is told from the files of model and adapters."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_adapters import random_adapter
from tiny_models import TinySpec, write_tiny_model

from engine.adapters.file import save_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.library import AdapterLibrary
from engine.attention.registry import ATTENTION
from engine.errors import AdapterMissing, AttentionUnsupported, ModelDamaged, ModelMissing
from engine.inference.availability import (
    BEST_SHIPPED,
    available_attention,
    check_attention,
    default_attention,
)
from engine.paths import DataPaths
from engine.records import AttentionChoice, ModelFile, Notice


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    made = DataPaths(tmp_path / "data")
    made.adapters.mkdir(parents=True)
    return made


def model_of(path: Path) -> ModelFile:
    return ModelFile(path.stem, path, "chat", path.stat().st_size)


def test_an_adapter_that_fits_makes_its_mode_available(paths, saved, tmp_path):
    model = model_of(write_tiny_model(tmp_path / "m.gguf", TinySpec()).path)
    library = AdapterLibrary(paths)
    reasons = available_attention(model, library)
    assert list(reasons) == list(ATTENTION.names)
    assert [mode for mode, why in reasons.items() if not why] == ["baseline", "contrast"]
    assert reasons["lora"] == Notice("no-adapter", {"mode": "lora", "model": model.name})
    saved("difflora", folder=paths.adapters, fingerprint=model_fingerprint(model.path))
    saved("selective", folder=paths.adapters)  # of another model
    reasons = available_attention(model, library)
    assert reasons["difflora"] is None and reasons["selective"]
    check_attention(AttentionChoice("difflora", "delta"), model, library)
    with pytest.raises(AdapterMissing):
        check_attention(AttentionChoice("selective"), model, library)


def test_an_unknown_architecture_runs_only_llama_cpps_own(paths, tiny_gguf, tmp_path):
    model = model_of(tiny_gguf(tmp_path / "u.gguf", architecture="nonesuch"))
    library = AdapterLibrary(paths)
    reasons = available_attention(model, library)
    assert reasons["baseline"] is None
    for mode in ("difflora", "diff-v2", "selective", "contrast"):
        assert reasons[mode] == Notice("architecture-unsupported", {"architecture": "nonesuch"})
    with pytest.raises(AttentionUnsupported, match="nonesuch"):
        check_attention(AttentionChoice(prefill="delta"), model, library)


def test_a_model_that_is_gone_or_damaged_is_said(paths, tmp_path):
    model = ModelFile("m", tmp_path / "m.gguf", "chat", 1)
    with pytest.raises(ModelMissing):
        available_attention(model, AdapterLibrary(paths))
    model.path.write_bytes(b"no model at all, but long enough to read")
    with pytest.raises(ModelDamaged):
        available_attention(model, AdapterLibrary(paths))


def test_the_mode_to_begin_with_is_a_shipped_adapters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One in the data folder does not count, nor one for another model."""
    tiny = write_tiny_model(tmp_path / "tiny.gguf")
    other = write_tiny_model(tmp_path / "other.gguf", seed=2)
    fields, tensors = random_adapter(tiny.spec, BEST_SHIPPED, positive=("q",))  # type: ignore[arg-type]
    fields |= {"base_fingerprint": model_fingerprint(tiny.path), "base_name": "tiny"}
    paths = DataPaths(tmp_path / "data")
    save_adapter(paths.adapters / "mine.safetensors", fields, tensors)
    monkeypatch.setenv("SABUN_EMBEDDED_ADAPTERS_DIR", str(tmp_path / "shipped"))
    models = [ModelFile(m.path.stem, m.path, "chat", 1) for m in (tiny, other)]

    def begins(model: ModelFile, kernel: str = "auto") -> str:
        return default_attention(model, AdapterLibrary(paths), kernel)  # type: ignore[arg-type]

    assert begins(models[0]) == "baseline"
    save_adapter(tmp_path / "shipped" / "best.safetensors", fields, tensors)
    assert begins(models[0]) == BEST_SHIPPED
    assert begins(models[0], "llama.cpp") == "baseline"
    assert begins(models[1]) == "baseline"
