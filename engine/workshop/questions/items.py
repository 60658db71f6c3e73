"""Questions to train on: read, checked, and divided so that nothing leaks.

Training and development data share no passage, neither as evidence nor as a distractor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import BadData
from engine.formats.atomic_files import sha256_of
from engine.text import normalise
from engine.workshop.questions.file import Question, read_questions


@dataclass(frozen=True)
class QuestionSource:
    """A file of questions.

    Attributes:
        path: JSON Lines, plain or gzip.
        weight: How often its questions are drawn, relative to 1; 0.25 takes every fourth.
    """

    path: Path
    weight: float = 1.0

    def as_record(self) -> dict[str, Any]:
        """Return what a record says of it."""
        return {"file": self.path.name, "sha256": sha256_of(self.path), "weight": self.weight}


@dataclass(frozen=True)
class Division:
    """Questions for two purposes.

    Attributes:
        train: To learn from; every passage in them is free of ``held_out``.
        development: To measure on.
        held_out: Passages of the development questions.
        n_dropped: Questions left out because a passage stands on both sides.
    """

    train: tuple[Question, ...]
    development: tuple[Question, ...]
    held_out: frozenset[str]
    n_dropped: int


def read_sources(sources: Iterable[QuestionSource]) -> list[Question]:
    """Return the questions of all files, each file thinned to its weight.

    Raises:
        PathMissing: A file is not there.
        BadData: A line is broken, or nothing is left.
    """
    questions: list[Question] = []
    path = Path()
    for source in sources:
        path = source.path
        found = read_questions(path)
        questions += [item for item in found if _share(item.id) < source.weight]
    if not questions:
        raise BadData(path=str(path), line=1, detail="no question is left to train on")
    return questions


def divide(questions: Sequence[Question], share: float) -> Division:
    """Set questions with all their passages aside.

    Which ones is decided by a hash of their evidence, so that it is the same in every run and
    all questions about one passage go together.

    Args:
        questions: All of them.
        share: Of the evidence passages, as seeds of the development side.
    """
    development = [q for q in questions if _share(key_of(q.gold[0])) < share]
    held_out = frozenset(key_of(p) for q in development for p in (*q.gold, *q.distractors))
    chosen = {id(q) for q in development}
    train: list[Question] = []
    n_dropped = 0
    for question in questions:
        if id(question) in chosen:
            continue
        if any(key_of(passage) in held_out for passage in question.gold):
            n_dropped += 1
            continue
        train.append(_without(question, held_out))
    division = Division(tuple(train), tuple(development), held_out, n_dropped)
    check_apart(division)
    return division


def check_apart(division: Division) -> None:
    """Check that no passage stands on both sides.

    Raises:
        RuntimeError: One does: a fault of ours, which would make every figure worthless.
    """
    ours = {key_of(p) for q in division.train for p in (*q.gold, *q.distractors)}
    theirs = {key_of(p) for q in division.development for p in (*q.gold, *q.distractors)}
    if ours & theirs:
        raise RuntimeError("training and development questions share a passage")


@lru_cache(maxsize=1 << 16)
def key_of(passage: str) -> str:
    """Return what makes two passages the same: their letters, not their white space."""
    return " ".join(normalise(passage).split())


def _without(question: Question, held_out: frozenset[str]) -> Question:
    kept = tuple(p for p in question.distractors if key_of(p) not in held_out)
    return replace(question, distractors=kept)


def _share(text: str) -> float:
    """Return a number in [0, 1) that depends on the text alone."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
