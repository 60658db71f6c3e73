"""A question as it is understood: completed from the conversation, and of one kind."""

from __future__ import annotations

import time
from dataclasses import dataclass

from engine.answering.gathering import AnswerRequest, Resources
from engine.errors import EmptyQuestion
from engine.questions import recognise
from engine.records import QuestionKind
from engine.retrieval import understand_query
from engine.retrieval.query import parse_query
from engine.text import language_of


@dataclass(frozen=True)
class Asked:
    """What is to be answered.

    Attributes:
        request: As it came.
        query: The question, completed from the conversation; its filters stand in it.
        language: Of the question, ISO 639-1.
        kind: What it is taken for.
        chosen: Whether the user said so; else it was recognised.
        started: When it came, by ``time.perf_counter``.
    """

    request: AnswerRequest
    query: str
    language: str
    kind: QuestionKind
    chosen: bool
    started: float


def understand(request: AnswerRequest, resources: Resources) -> Asked:
    """Complete a question and tell its kind.

    Raises:
        FilterUnreadable: A date in a filter cannot be read.
        ModelMissing: The embedding model is not installed, and rules did not tell the kind.
    """
    started = time.perf_counter()
    query = understand_query(request.question, request.history)
    words = _without_filters(request.question)
    kind = request.kind or recognise(words, resources.embedder, request.history)
    language = language_of(request.question)
    return Asked(request, query, language, kind, request.kind is not None, started)


def _without_filters(question: str) -> str:
    """Return what is asked, apart from where to look; empty if nothing is."""
    try:
        return parse_query(question).text
    except EmptyQuestion:
        return ""
