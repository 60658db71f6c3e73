"""Ask the golden questions one by one, and keep each answer in a file of its own.

What is kept is the answer, not its grade: a killed run goes on where it was, and rules of
grading may change without asking again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.cancel import CancelToken
from engine.codec import NotARecord, from_json, to_json
from engine.errors import ModelMissing
from engine.events import AnswerEvent, AnswerFinished, ExtractsFound, TokensGenerated
from engine.facade import Engine
from engine.formats.atomic_files import replacing
from engine.records import (
    Answer,
    AnswerStats,
    AskRequest,
    AttentionUse,
    Coverage,
    QuestionKind,
    Turn,
)
from engine.retrieval import understand_query
from engine.workshop.evaluation.golden_answers.questions import EarlierTurn

_UNSAFE = re.compile(r"[^\w.-]+")


class Askable(Protocol):
    """A question of any benchmark, see :class:`.questions.BenchmarkQuestion`."""

    @property
    def id(self) -> str:
        """Unique."""

    @property
    def text(self) -> str:
        """The question."""

    @property
    def history(self) -> tuple[EarlierTurn, ...]:
        """What was said before, oldest first."""

    @property
    def fingerprint(self) -> str:
        """Changes when something else is asked."""

    @property
    def asked_as(self) -> QuestionKind | None:
        """The kind that the user chooses; None leaves it to the program."""


@dataclass(frozen=True)
class Reply:
    """What came of one question.

    Attributes:
        question: Its id.
        fingerprint: Of what was asked.
        answer: As the program would show it.
        written: What the model wrote, before it was checked.
        quotation_ms: From the question to the first quotation; None if there was none.
        first_token_ms: From the question to the first token; None if no model wrote.
        last_token_ms: Likewise to the last.
        finished_ms: Likewise to the finished answer.
    """

    question: str
    fingerprint: str
    answer: Answer
    written: str
    quotation_ms: float | None
    first_token_ms: float | None
    last_token_ms: float | None
    finished_ms: float


@dataclass(frozen=True)
class QuestionAsked:
    """One question has its answer.

    Attributes:
        reply: It.
        kept: Whether an earlier run had asked it.
        n_done: Questions so far.
        n_total: Questions to ask.
    """

    reply: Reply
    kept: bool
    n_done: int
    n_total: int


class ReplyFolder:
    """Replies, one JSON file each.

    Args:
        folder: Made with the first reply.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, question: Askable) -> Reply | None:
        """Return the reply to a question; None if there is none, or it was asked otherwise."""
        path = self._path(question.id)
        try:
            reply = from_json(Reply, path.read_text("utf-8"))
        except (OSError, NotARecord):
            return None
        return reply if reply.fingerprint == question.fingerprint else None

    def keep(self, reply: Reply) -> None:
        """Store a reply, whole or not at all."""
        with replacing(self._path(reply.question)) as partial:
            partial.write_text(to_json(reply), "utf-8")

    def _path(self, question: str) -> Path:
        return self._folder / f"{_UNSAFE.sub('_', question)}.json"


def ask_all(
    engine: Engine,
    collection: str,
    questions: Sequence[Askable],
    folder: ReplyFolder,
    cancel: CancelToken | None = None,
) -> Iterator[QuestionAsked]:
    """Ask what the folder does not hold yet.

    Args:
        engine: Opened for writing: a follow-up needs a stored conversation, which goes again.
        collection: What is asked of.
        questions: All of them.
        folder: Takes the replies.
        cancel: Stops between two questions.

    Yields:
        ``QuestionAsked`` per question, in order.

    Raises:
        Cancelled: It was stopped; what was answered is in the folder.
        SabunError: Whatever :meth:`engine.facade.Engine.ask` raises.
    """
    token = cancel or CancelToken()
    if any(folder.find(question) is None for question in questions):
        with suppress(ModelMissing):  # what the program puts together itself needs none
            engine.loaded.warm_up()  # the first question must not pay for it
    for n_done, question in enumerate(questions, start=1):
        token.raise_if_cancelled()
        kept = folder.find(question)
        reply = kept or ask_one(engine, collection, question)
        if kept is None:
            folder.keep(reply)
        yield QuestionAsked(reply, kept is not None, n_done, len(questions))


def ask_one(engine: Engine, collection: str, question: Askable) -> Reply:
    """Ask one question, behind what was said before it."""
    conversation = _begin(engine, collection, question.history)
    try:
        request = AskRequest(
            question.text, collection, conversation_id=conversation, kind=question.asked_as
        )
        return _timed(engine.ask(request), question)
    finally:
        if conversation is not None:
            engine.conversations.delete(conversation)


def _timed(events: Iterator[AnswerEvent], question: Askable) -> Reply:
    started = time.perf_counter()
    first: dict[type, float] = {}
    last_token: float | None = None
    written: list[str] = []
    finished: Answer | None = None
    for event in events:
        now = 1e3 * (time.perf_counter() - started)
        if isinstance(event, TokensGenerated):
            written.append(event.text)
            last_token = now
        if isinstance(event, AnswerFinished):
            finished = event.answer
        if not isinstance(event, ExtractsFound) or event.extracts:
            first.setdefault(type(event), now)
    if finished is None:
        raise RuntimeError("the answer ended without its last event")
    return Reply(
        question=question.id,
        fingerprint=question.fingerprint,
        answer=finished,
        written="".join(written),
        quotation_ms=first.get(ExtractsFound),
        first_token_ms=first.get(TokensGenerated),
        last_token_ms=last_token,
        finished_ms=first[AnswerFinished],
    )


def _begin(engine: Engine, collection: str, history: Sequence[EarlierTurn]) -> int | None:
    """Store a conversation of given turns and return its row; None without any."""
    searched = engine.library.collection(collection).id
    row: int | None = None
    for turn in said(history):
        stored = engine.conversations.keep(turn.answer, searched, row)
        row = stored[0].id if stored else None
    return row


def search_query(question: str, history: Sequence[EarlierTurn]) -> str:
    """Return what the program searches for, behind what was said."""
    return understand_query(question, tuple(said(history)))


def said(history: Sequence[EarlierTurn]) -> list[Turn]:
    """Return given turns as the program could have stored them, without evidence."""
    turns: list[Turn] = []
    for number, turn in enumerate(history, start=1):
        answer = Answer(
            question=turn.question,
            search_query=understand_query(turn.question, tuple(turns)),
            text=turn.answer,
            generated=turn.answer,
            refused=False,
            refusal_reason="",
            attention=AttentionUse("baseline", "dense", "", ""),
            passages=(),
            extracts=(),
            citations=(),
            coverage=Coverage(0, 0, 0),
            stats=AnswerStats(0, 0, 0.0, None, None, None, 0),
        )
        turns.append(Turn(number, float(number), answer))
    return turns
