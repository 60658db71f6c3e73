"""Asks a shelf of documents questions of one kind, with a model that is never to be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.answering.gathering import Resources
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

    def events(
        self, question: str, cancel: CancelToken | None = None, **more: object
    ) -> Iterator[AnswerEvent]:
        """Return what an answer yields."""
        asked: Iterator[AnswerEvent] = self.shelf.ask(
            question, never, SMALL, kind=self.kind, cancel=cancel, **more
        )
        return asked

    def resources(self) -> Resources:
        """Return the stores, without a model that could be loaded."""
        found: Resources = self.shelf.resources(never, SMALL)
        return found

    def ask(self, question: str, **more: object) -> Answer:
        """Return an answer."""
        *_, last = self.events(question, **more)
        assert isinstance(last, AnswerFinished)
        return last.answer


def asker_of(shelf: Any, kind: QuestionKind = "summary") -> Asker:
    """Return what asks a shelf."""
    return Asker(shelf, kind)
