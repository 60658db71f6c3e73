"""Questions of every kind, and what their answers must hold; see tests/quality/kinds/README.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from engine.errors import BadData
from engine.records import QUESTION_KINDS, QuestionKind
from engine.workshop.evaluation.golden_answers.expected import Expected, NotAValue, expected_of
from engine.workshop.evaluation.golden_answers.questions import EarlierTurn, Split
from engine.workshop.questions.file import read_json_lines

Forms = tuple[str, ...]
"""Spellings of one thing, any of which is it."""


@dataclass(frozen=True)
class Change:
    """Something that differs between two documents.

    Attributes:
        topic: What it is about.
        old: What one says; nothing if it says nothing of it.
        new: What the other says.
    """

    topic: Forms = ()
    old: Forms = ()
    new: Forms = ()


@dataclass(frozen=True)
class KindQuestion:
    """One question and how its answer is graded.

    Attributes:
        id: Unique.
        language: ISO 639-1, of the question.
        kind: What it wants.
        split: ``dev`` may be looked at while the program is changed, ``held`` at the end only.
        text: The question.
        history: Earlier turns of the conversation, oldest first.
        sources: Paths below the documents' folder, or file names.
        optional_sources: Documents that may be named without harm.
        expected: Accepted texts and values: of a fact, a count, a value from tables.
        items: All that a list must hold.
        optional: What it may hold without harm.
        points: What a summary must say.
        changes: What a comparison must show.
        optional_changes: What it may show without harm.
        asked_as: The kind that the user chooses; None leaves it to the program.
    """

    id: str
    language: str
    kind: QuestionKind
    split: Split
    text: str
    history: tuple[EarlierTurn, ...] = ()
    sources: tuple[str, ...] = ()
    optional_sources: tuple[str, ...] = ()
    expected: Expected = field(default_factory=Expected)
    items: tuple[Forms, ...] = ()
    optional: tuple[Forms, ...] = ()
    points: tuple[Forms, ...] = ()
    changes: tuple[Change, ...] = ()
    optional_changes: tuple[Change, ...] = ()
    asked_as: QuestionKind | None = None

    @property
    def accepts(self) -> bool:
        """Whether the documents hold an answer that can be compared."""
        wanted = self.expected
        return bool(wanted.forms or wanted.parts or wanted.yes is not None)

    @property
    def asked(self) -> str:
        """All that was said by the one who asks, earlier answers among it."""
        said = (part for turn in self.history for part in (turn.question, turn.answer))
        return "\n".join((*said, self.text))

    @property
    def fingerprint(self) -> str:
        """Changes when something else is asked; not with what is accepted."""
        text = json.dumps([self.asked, self.language, self.asked_as], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_kind_questions(paths: Iterable[Path]) -> list[KindQuestion]:
    """Return the questions of some JSON Lines files.

    Raises:
        PathMissing: There is no such file.
        BadData: A line is broken, an id stands twice, or there is no question.
    """
    found: dict[str, KindQuestion] = {}
    path = Path()
    for path in paths:
        for number, row in read_json_lines(path):
            try:
                question = _question(f"{path.stem}-{number}", row)
            except (NotAValue, KeyError, TypeError, AttributeError) as error:
                raise BadData(path=str(path), line=number, detail=str(error)) from error
            if question.id in found:
                raise BadData(path=str(path), line=number, detail=f"{question.id} stands twice")
            found[question.id] = question
    if not found:
        raise BadData(path=str(path), line=1, detail="the file holds no question")
    return list(found.values())


def _question(name: str, row: Mapping[str, Any]) -> KindQuestion:
    for key in ("question", "lang"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise NotAValue(f'"{key}" must be a text')
    kind, split = row.get("kind"), row.get("split", "dev")
    if kind not in QUESTION_KINDS:
        raise NotAValue(f'"kind" must be one of {", ".join(QUESTION_KINDS)}')
    if split not in get_args(Split):
        raise NotAValue('"split" must be dev or held')
    history = row.get("history", ())
    return KindQuestion(
        id=str(row.get("id", name)),
        language=row["lang"],
        kind=kind,
        split=split,
        text=row["question"],
        history=tuple(EarlierTurn(turn["question"], turn["answer"]) for turn in history),
        sources=_texts(row.get("sources", ())),
        optional_sources=_texts(row.get("optional_sources", ())),
        expected=expected_of(row),
        items=tuple(map(_texts, row.get("items", ()))),
        optional=() if kind == "compare" else tuple(map(_texts, row.get("optional", ()))),
        points=tuple(map(_texts, row.get("points", ()))),
        changes=tuple(map(_change, row.get("changes", ()))),
        optional_changes=tuple(map(_change, row.get("optional", ()))) if kind == "compare" else (),
    )


def _texts(given: Any) -> Forms:
    """Return spellings; one alone may stand without a list."""
    texts = (given,) if isinstance(given, str) else tuple(given)
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise NotAValue(f"{given} must be texts")
    return texts


def _change(given: Mapping[str, Any]) -> Change:
    said = {name: _texts(given.get(name, ())) for name in ("topic", "old", "new")}
    if not any(said.values()):
        raise NotAValue("a change without any text")
    return Change(**said)
