"""One place decides what attention a question begins with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.adapters.fingerprint import model_fingerprint
from engine.errors import AdapterMissing, ModelMissing
from engine.facade import Engine
from engine.records import AdapterInfo, AttentionChoice


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the adapters that come with the program, empty; no model comes with it."""
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("SABUN_EMBEDDED_ADAPTERS_DIR", str(tmp_path / "shipped"))
    (tmp_path / "shipped").mkdir()
    return tmp_path / "shipped"


@pytest.fixture
def data(tmp_path: Path, shipped: Path, tiny_gguf: Callable[..., Path]) -> Path:
    """A data folder with a tiny chat model, which is in use."""
    folder = tmp_path / "data" / "models"
    folder.mkdir(parents=True)
    tiny_gguf(folder / "tiny.gguf")
    with Engine(folder.parent) as engine:
        engine.settings.change(chat_model="tiny")
    return folder.parent


def test_without_a_model_it_is_the_baseline_and_asking_says_what_is_wrong(
    tmp_path: Path, shipped: Path
) -> None:
    with Engine(tmp_path / "empty") as engine:
        assert engine.attention.default_mode() == "baseline"
        assert engine.attention.choice() == AttentionChoice("baseline")
        with pytest.raises(ModelMissing):
            engine.attention.available()


def test_it_is_that_of_the_best_shipped_adapter_that_fits(
    data: Path, shipped: Path, saved: Callable[..., AdapterInfo]
) -> None:
    with Engine(data) as engine:
        assert engine.attention.default_mode() == "baseline"
        fingerprint = model_fingerprint(data / "models" / "tiny.gguf")
        info = saved("lora", name="theirs", fingerprint=fingerprint)
        shutil.copy(info.path, shipped / info.path.name)
        assert engine.attention.default_mode() == "lora"
        assert engine.attention.default_mode("llama.cpp") == "baseline", "it cannot run there"
        assert engine.attention.choice().mode == "lora"
        assert [info.name for info in engine.attention.adapters()] == ["theirs"]


def test_a_choice_is_completed_from_the_settings_and_never_changed(data: Path) -> None:
    with Engine(data) as engine:
        engine.settings.change(kernel="cpu")
        assert engine.attention.choice("contrast", "delta") == AttentionChoice(
            "contrast", "delta", "cpu"
        )
        asked = engine.attention.choice("difflora", kernel="opencl", adapter="mine")
        assert asked == AttentionChoice("difflora", "dense", "opencl", "mine")
        with pytest.raises(AdapterMissing):
            engine.attention.check(engine.attention.choice("difflora"))
