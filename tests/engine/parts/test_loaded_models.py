"""Which chat model is used when the chosen one is gone, and what is said about it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.errors import ModelMissing
from engine.events import AnswerFinished
from engine.facade import Engine
from engine.models.library import CHAT_MODEL
from engine.records import Answer, AnswerStats, AttentionUse, Coverage, Notice


@pytest.fixture
def engine(
    tmp_path: Path, tiny_gguf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An engine with a tiny embedded model and one that was added and chosen."""
    embedded = tmp_path / "embedded"
    embedded.mkdir()
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(embedded))
    tiny_gguf(embedded / f"{CHAT_MODEL}.gguf", seed=41)
    with contextlib.closing(Engine(tmp_path / "data")) as opened:
        opened.models.add(tiny_gguf(tmp_path / "Mine.gguf", seed=42))
        opened.settings.change(chat_model="Mine")
        yield opened


def finished(generated: str) -> AnswerFinished:
    return AnswerFinished(
        Answer(
            "q", "q", generated or "quoted", generated, False, "",
            AttentionUse("baseline", "dense", "llama.cpp", "CPU"), (), (), (), Coverage(1, 0),
            AnswerStats(10, 5, 1.5, None, 3.0, None, 7), notices=(Notice("cut"),),
        )
    )  # fmt: skip


def test_the_chosen_model_is_used_and_nothing_is_said(engine: Engine) -> None:
    assert engine.loaded.chat_model_file().name == "Mine"
    assert engine.loaded.gone() is None
    assert engine._with_notice(finished("text")).answer.notices == (Notice("cut"),)


def test_where_it_was_removed_another_answers_and_says_so(engine: Engine) -> None:
    assert engine.loaded.chat_model().model.name == "Mine"
    engine.loaded.release("Mine")
    engine.models.remove("Mine")
    assert engine.loaded.chat_model_file().name == CHAT_MODEL
    assert engine.loaded.chat_model().model.name == CHAT_MODEL
    gone = Notice("chosen-model-gone", {"name": "Mine", "model": CHAT_MODEL})
    assert engine.loaded.gone() == gone
    assert engine._with_notice(finished("text")).answer.notices == (gone, Notice("cut"))
    quoted = engine._with_notice(finished(""))
    assert quoted.answer.notices == (Notice("cut"),), "no model wrote anything"
    engine.settings.change(chat_model="")
    assert engine.loaded.gone() is None


def test_without_any_model_the_missing_one_is_an_error(engine: Engine, tmp_path: Path) -> None:
    engine.models.remove("Mine")
    (tmp_path / "embedded" / f"{CHAT_MODEL}.gguf").unlink()
    assert engine.loaded.gone() is None
    with pytest.raises(ModelMissing, match="Mine"):
        engine.loaded.chat_model_file()
