"""Questions of which the kind is known, and how many are taken for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from engine.embedding import Embedder
from engine.errors import BadData
from engine.questions import recognise
from engine.records import QUESTION_KINDS, QuestionKind
from engine.workshop.evaluation.golden_answers.questions import Split
from engine.workshop.questions.file import read_json_lines


@dataclass(frozen=True)
class LabelledQuestion:
    """A question and what it wants.

    Attributes:
        kind: By its meaning.
        language: ISO 639-1.
        split: ``dev`` was seen while rules were made, ``held`` was not.
        text: The question.
    """

    kind: QuestionKind
    language: str
    split: Split
    text: str


@dataclass(frozen=True)
class Recognised:
    """A labelled question and what it was taken for.

    Attributes:
        question: It.
        kind: That.
    """

    question: LabelledQuestion
    kind: QuestionKind

    @property
    def right(self) -> bool:
        """Whether that is so."""
        return self.kind == self.question.kind


def read_labelled(path: Path) -> list[LabelledQuestion]:
    """Return the questions of a JSON Lines file; one without ``split`` is ``dev``.

    Raises:
        PathMissing: There is no such file.
        BadData: A line is broken.
    """
    found: list[LabelledQuestion] = []
    for number, row in read_json_lines(path):
        kind, split = row.get("kind"), row.get("split", "dev")
        text, language = row.get("question"), row.get("lang")
        good = isinstance(text, str) and isinstance(language, str)
        if kind not in QUESTION_KINDS or split not in get_args(Split) or not good:
            detail = '"kind", "lang", "split" or "question" is wrong'
            raise BadData(path=str(path), line=number, detail=detail)
        found.append(LabelledQuestion(kind, str(language), split, str(text)))
    return found


def recognise_all(
    questions: Sequence[LabelledQuestion], embedder: Callable[[], Embedder]
) -> list[Recognised]:
    """Return what each question is taken for, in order.

    Raises:
        ModelMissing: There is no embedding model, and rules did not know a question.
    """
    return [Recognised(each, recognise(each.text, embedder)) for each in questions]


def confusion(recognised: Sequence[Recognised]) -> dict[QuestionKind, dict[QuestionKind, int]]:
    """Return how many questions of each kind (outer key) were taken for which (inner key)."""
    counts = Counter((each.question.kind, each.kind) for each in recognised)
    return {
        kind: {taken: counts[kind, taken] for taken in QUESTION_KINDS if counts[kind, taken]}
        for kind in QUESTION_KINDS
        if any(each.question.kind == kind for each in recognised)
    }
