"""Asks a shelf of documents for summaries, with a model that is never to be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.cancel import CancelToken
from engine.events import AnswerEvent, AnswerFinished
from engine.inference.chat_model import ChatModel
from engine.records import Answer, ModelFile, QuestionKind

SMALL = ModelFile("small", Path("nowhere.gguf"), "chat", 1000)


def never() -> ChatModel:
    """Fail: no model is needed."""
    raise AssertionError("the chat model must not be loaded")


@dataclass
class Asker:
    """Asks one shelf."""

    shelf: Any
    kind: QuestionKind = "summary"

    def events(self, question: str, cancel: CancelToken | None = None) -> Iterator[AnswerEvent]:
        """Return what an answer yields."""
        asked: Iterator[AnswerEvent] = self.shelf.ask(
            question, never, SMALL, kind=self.kind, cancel=cancel
        )
        return asked

    def ask(self, question: str) -> Answer:
        """Return an answer."""
        *_, last = self.events(question)
        assert isinstance(last, AnswerFinished)
        return last.answer


def asker_of(shelf: Any, kind: QuestionKind = "summary") -> Asker:
    """Return what asks a shelf."""
    return Asker(shelf, kind)
