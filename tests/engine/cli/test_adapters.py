"""``sabun adapters``: listing, inspecting, and the ordinary model that comes out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from llama_runs import llama_logits
from reference_attention import adapted_forward
from tiny_adapters import random_adapter
from tiny_models import TinyModel, write_tiny_model

from engine.adapters.file import save_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.records import AdapterInfo

Run = Callable[..., subprocess.CompletedProcess[str]]

KEYS = [
    "name", "path", "variant", "form", "rescale", "rank", "alpha", "rank2", "alpha2", "base",
    "base_fingerprint", "architecture", "layers", "positive", "parameters", "bytes", "licence",
    "fits",
]  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one model, two adapters for it, one for another, one damaged."""
    folder = tmp_path / "data"
    (folder / "models").mkdir(parents=True)
    return folder


@pytest.fixture
def model(data: Path) -> TinyModel:
    return write_tiny_model(data / "models" / "tiny.gguf", architecture="qwen2")


@pytest.fixture
def add(data: Path, model: TinyModel) -> Callable[..., AdapterInfo]:
    def save(variant: str, fingerprint: str = "", **options: object) -> AdapterInfo:
        fields, tensors = random_adapter(model.spec, variant, **options)  # type: ignore[arg-type]
        fields["base_fingerprint"] = fingerprint or model_fingerprint(model.path)
        fields |= {"base_name": "tiny", "training": {"note": "\x1b[2J", "steps": 3}}
        path = data / "adapters" / f"{fields['name']}.safetensors"
        return save_adapter(path, fields, tensors)

    return save


@pytest.fixture
def run(sabun: Run, data: Path, tmp_path: Path) -> Run:
    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        nowhere = str(tmp_path / "nowhere")
        return sabun(
            "adapters",
            *arguments,
            "--data-dir",
            data,
            SABUN_EMBEDDED_MODELS_DIR=nowhere,
            SABUN_EMBEDDED_ADAPTERS_DIR=nowhere,
        )

    return call


def test_without_adapters_it_says_so(run: Run) -> None:
    done = run("list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No adapter is installed" in done.stdout
    assert json.loads(run("list", "--json").stdout) == {"adapters": [], "damaged": []}


def test_list_names_the_models_that_fit_and_the_damaged_files(run: Run, data, add) -> None:
    add("difflora", form="mirror", positive=("v",), layers=(0, 2))
    add("selective", fingerprint="ab" * 32)
    (data / "adapters" / "bad.safetensors").write_bytes(b"no")
    done = run("list", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [list(each) for each in found["adapters"]] == [KEYS, KEYS]
    first, second = found["adapters"]
    assert (first["name"], first["fits"], first["layers"]) == ("tiny-difflora", ["tiny"], [0, 2])
    assert first["positive"] == ["attn_v"]
    assert (second["variant"], second["fits"]) == ("selective", [])
    (fault,) = found["damaged"]
    assert fault["path"].endswith("bad.safetensors")
    done = run("list")
    assert "tiny-difflora  (difflora, mirror" in done.stdout
    assert "fits tiny" in done.stdout and "no model here fits" in done.stdout
    assert "bad.safetensors cannot be used" in done.stderr


def test_inspect_shows_what_is_in_a_file(run: Run, add) -> None:
    info = add("difflora", form="paper", rescale=True, positive=("q", "v"), layers=(0, 1))
    for named in ("tiny-difflora", info.path):
        found = json.loads(run("inspect", named, "--json").stdout)["adapter"]
        assert list(found) == [*KEYS, "lambda", "training"]
        assert found["training"]["steps"] == 3
        assert list(found["lambda"]) == ["0", "1"]
        assert 0.1 <= found["lambda"]["0"]["min"] <= found["lambda"]["0"]["max"] <= 0.6
    done = run("inspect", "tiny-difflora")
    assert "difflora, paper, rescaled" in done.stdout
    assert "2 of 3: 0-1" in done.stdout
    assert "rank 4, alpha 8, on attn_q, attn_v" in done.stdout
    assert "\x1b" not in done.stdout


def test_export_writes_a_model_that_stock_llama_cpp_runs(run: Run, model, add, tmp_path) -> None:
    options = {"form": "mirror", "rescale": True, "positive": ("q", "output")}
    add("difflora", **options)
    target = tmp_path / "folded.gguf"
    done = run("export-gguf", "tiny-difflora", "--output", target, "--weights", "F32", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "model": {
            "path": str(target),
            "architecture": "llama",
            "bytes": target.stat().st_size,
            "heads_doubled": True,
            "adapter": "tiny-difflora",
            "base": "tiny",
        }
    }
    tokens = [5, 9, 200, 31, 31, 77, 8]
    expected = adapted_forward(model, tokens, *random_adapter(model.spec, "difflora", **options))
    assert np.abs(llama_logits(target, tokens, exact=True) - expected).max() < 1e-4
    again = run("export-gguf", "tiny-difflora", "--output", target)
    assert again.returncode == 1
    assert "already exists" in again.stderr


@pytest.mark.parametrize(
    ("variant", "fingerprint", "more", "code", "said"),
    [
        ("diff-v2", "", (), "export-unsupported", "from token to token"),
        ("lora", "ab" * 32, (), "model-missing", "tiny"),
        ("lora", "ab" * 32, ("--model", "tiny"), "adapter-mismatch", "does not fit the model tiny"),
        ("lora", "", ("--model", "none"), "model-missing", "none"),
    ],
)
def test_export_refuses_in_one_sentence(
    run: Run, add, tmp_path, variant, fingerprint, more, code, said
) -> None:
    add(variant, fingerprint, positive=("q",))
    target = tmp_path / "x.gguf"
    done = run("export-gguf", f"tiny-{variant}", "--output", target, *more, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == code
    (line,) = done.stderr.splitlines()
    assert said in line
    assert not target.exists()


def test_unknown_names_and_damaged_files_fail_in_one_sentence(run: Run, data, model) -> None:
    done = run("inspect", "nothing")
    assert (done.returncode, done.stdout) == (1, "")
    assert 'There is no adapter "nothing"' in done.stderr
    (data / "adapters").mkdir()
    (data / "adapters" / "bad.safetensors").write_bytes(b"\0" * 100)
    done = run("inspect", "bad")
    assert done.returncode == 1
    assert "cannot be used" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [(), ("dance",), ("inspect",), ("export-gguf", "x")])
def test_wrong_usage_exits_2(run: Run, arguments) -> None:
    assert run(*arguments).returncode == 2
