"""The golden questions as the answer benchmark asks them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar, get_args

from engine.errors import BadData
from engine.workshop.evaluation.golden_answers.expected import Expected, NotAValue, expected_of
from engine.workshop.questions.file import read_json_lines

Kind = Literal["fact", "cross", "follow-up", "unanswerable", "greeting"]
"""``cross``: asked in one language what stands only in the other."""

KINDS: tuple[Kind, ...] = get_args(Kind)
ANSWERABLE: tuple[Kind, ...] = ("fact", "cross", "follow-up")

Split = Literal["dev", "held"]


@dataclass(frozen=True)
class EarlierTurn:
    """What was said before a follow-up.

    Attributes:
        question: As asked.
        answer: As given.
    """

    question: str
    answer: str


@dataclass(frozen=True)
class BenchmarkQuestion:
    """One question and how its answer is graded.

    Attributes:
        id: Unique.
        language: ISO 639-1, of the question.
        kind: What is hard about it.
        split: ``dev`` may be looked at while the program is changed, ``held`` at the end only.
        text: The question.
        history: Earlier turns of the conversation, oldest first.
        sources: Paths below the documents' folder, or file names; any holds the answer.
        expected: What is accepted; nothing where there is no answer.
    """

    id: str
    language: str
    kind: Kind
    split: Split
    text: str
    history: tuple[EarlierTurn, ...]
    sources: tuple[str, ...]
    expected: Expected

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return self.kind in ANSWERABLE

    @property
    def asked_as(self) -> None:
        """Nobody chooses a kind here."""

    @property
    def asked(self) -> str:
        """All that was said by the one who asks, earlier answers among it."""
        said = (part for turn in self.history for part in (turn.question, turn.answer))
        return "\n".join((*said, self.text))

    @property
    def fingerprint(self) -> str:
        """Changes when something else is asked; not with what is accepted."""
        text = json.dumps([self.asked, self.language], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_benchmark(paths: Iterable[Path]) -> list[BenchmarkQuestion]:
    """Return the questions of some JSON Lines files.

    A line without ``kind`` is a ``fact`` if it has sources, else ``unanswerable``; one without
    ``split`` is ``dev``.

    Raises:
        PathMissing: There is no such file.
        BadData: A line is broken, an id stands twice, or there is no question.
    """
    found: dict[str, BenchmarkQuestion] = {}
    path = Path()
    for path in paths:
        for number, row in read_json_lines(path):
            question = _question(path, number, row)
            if question.id in found:
                raise BadData(path=str(path), line=number, detail=f"{question.id} stands twice")
            found[question.id] = question
    if not found:
        raise BadData(path=str(path), line=1, detail="the file holds no question")
    return list(found.values())


def _question(path: Path, number: int, row: dict[str, Any]) -> BenchmarkQuestion:
    def check(so: object, detail: str) -> None:
        if not so:
            raise BadData(path=str(path), line=number, detail=detail)

    for key in ("question", "lang"):
        check(isinstance(row.get(key), str) and row[key].strip(), f'"{key}" must be a text')
    sources, history = row.get("sources", []), row.get("history", [])
    kind = row.get("kind", "fact" if sources else "unanswerable")
    split = row.get("split", "dev")
    check(kind in KINDS, f'"kind" must be one of {", ".join(KINDS)}')
    check(split in get_args(Split), '"split" must be dev or held')
    check(bool(sources) == (kind in ANSWERABLE), '"sources" belong to what can be answered')
    check(bool(history) == (kind == "follow-up"), '"history" belongs to a follow-up')
    try:
        turns = tuple(EarlierTurn(turn["question"], turn["answer"]) for turn in history)
        expected = expected_of(row)
    except (NotAValue, KeyError, TypeError) as error:
        raise BadData(path=str(path), line=number, detail=str(error)) from error
    accepted = expected.forms or expected.parts or expected.yes is not None
    check(bool(accepted) == (kind in ANSWERABLE), '"answers" belong to what can be answered')
    return BenchmarkQuestion(
        id=str(row.get("id", f"{path.stem}-{number}")),
        language=row["lang"],
        kind=kind,
        split=split,
        text=row["question"],
        history=turns,
        sources=tuple(sources),
        expected=expected,
    )


class Chooseable(Protocol):
    """What is chosen from: a question of any file."""

    @property
    def id(self) -> str:
        """Unique."""

    @property
    def kind(self) -> str:
        """What sort of question it is."""

    @property
    def split(self) -> Split:
        """Which half it is of."""


Asked = TypeVar("Asked", bound=Chooseable)


def chosen(
    questions: Sequence[Asked],
    *,
    split: Split | None = None,
    kinds: Collection[str] = (),
    limit: int | None = None,
) -> list[Asked]:
    """Return some of the questions, in an order that mixes kinds and languages.

    Args:
        questions: All of them.
        split: One half; None for both.
        kinds: Those of these kinds; none for all.
        limit: So many of them at most; a larger number adds to those of a smaller one.
    """
    kept = [
        each
        for each in questions
        if (split is None or each.split == split) and (not kinds or each.kind in kinds)
    ]
    mixed = sorted(kept, key=lambda each: hashlib.sha256(each.id.encode()).digest())
    return mixed[:limit]
