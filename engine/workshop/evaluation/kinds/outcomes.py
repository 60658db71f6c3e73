"""What a reply to a question of some kind is worth."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.records import QuestionKind
from engine.workshop.evaluation.golden_answers.asking import Reply
from engine.workshop.evaluation.golden_answers.expected import Expected, parts_of, same
from engine.workshop.evaluation.golden_answers.grading import declines, grade, holds, without_marks
from engine.workshop.evaluation.golden_answers.quantities import Quantity, values_of
from engine.workshop.evaluation.kinds.matching import (
    Counts,
    changes_found,
    documents_found,
    items_found,
    says,
    shown,
)
from engine.workshop.evaluation.kinds.questions import KindQuestion

_MARKED = re.compile(r"\[\d+(?:\s*[,、]\s*\d+)*\]")


@dataclass(frozen=True)
class KindOutcome:
    """One question, its reply and what that is worth.

    Attributes:
        question: Asked.
        reply: Answered.
        recognised: The kind that its words were taken for.
        score: From 0 to 1: F1 of items, documents or changes, share of the points, or right.
        exact: Whether all is right, and nothing else is shown.
        wrong: Whether something wrong is shown as if it were right: another value, or more of
            what was not asked for than of what was.
        counts: Of what can be counted; None of values and words.
        quoted: Whether the first quotation holds the answer of a fact; None without one to hold.
    """

    question: KindQuestion
    reply: Reply
    recognised: QuestionKind
    score: float
    exact: bool
    wrong: bool
    counts: Counts | None = None
    quoted: bool | None = None

    @property
    def refused(self) -> bool:
        """Whether the program declined."""
        return self.reply.answer.refused

    @property
    def answered_as(self) -> bool:
        """Whether the answer says that it is of the kind that was asked for."""
        return self.reply.answer.kind == self.question.kind


def outcome_of(question: KindQuestion, reply: Reply, recognised: QuestionKind) -> KindOutcome:
    """Grade one reply."""
    if not question.accepts and question.items:
        graded = _counted(
            question, reply, items_found(reply.answer, question.items, question.optional)
        )
    else:
        graded = _GRADES[question.kind](question, reply)
    quoted: bool | None = None
    if question.kind == "fact" and question.accepts:
        extracts = reply.answer.extracts
        quoted = bool(extracts) and holds(extracts[0].quote, question.expected)
    score, exact, wrong, counts = graded
    return KindOutcome(question, reply, recognised, score, exact, wrong, counts, quoted)


_Graded = tuple[float, bool, bool, Counts | None]


def _counted(question: KindQuestion, reply: Reply, counts: Counts) -> _Graded:
    return counts.f1, counts.perfect, counts.extra > counts.right, counts


def _find(question: KindQuestion, reply: Reply) -> _Graded:
    answer = reply.answer
    counts = documents_found(answer, question.sources, question.optional_sources)
    return _counted(question, reply, counts)


def _compare(question: KindQuestion, reply: Reply) -> _Graded:
    counts = changes_found(reply.answer, question.changes, question.optional_changes)
    return _counted(question, reply, counts)


def _summary(question: KindQuestion, reply: Reply) -> _Graded:
    answer = reply.answer
    text = "" if answer.refused else answer.generated
    right = sum(says(text, point) for point in question.points)
    counts = Counts(right, len(question.points) - right)
    share = right / len(question.points) if question.points else float(bool(text))
    return share, counts.perfect, False, counts


def _talk(question: KindQuestion, reply: Reply) -> _Graded:
    answer = reply.answer
    cites = bool(answer.citations or answer.extracts or answer.passages)
    good = not cites and not answer.refused and bool(answer.text)
    return float(good), good, cites, None


def _translate(question: KindQuestion, reply: Reply) -> _Graded:
    if question.accepts:
        return _fact(question, reply)
    good = not reply.answer.refused and bool(reply.answer.generated)
    return float(good), good, False, None


def _fact(question: KindQuestion, reply: Reply) -> _Graded:
    answer = reply.answer
    if not question.accepts:  # the documents do not say
        declined = answer.refused or declines(answer.generated)
        return float(declined), declined, not declined and bool(answer.generated), None
    made = grade(answer.generated, question.expected, asked=question.asked, refused=answer.refused)
    right = made.verdict == "right"
    return float(right), right, made.verdict == "wrong", None


def _count(question: KindQuestion, reply: Reply) -> _Graded:
    """Grade a number: the first one of the answer's first line."""
    first = _first_line(reply)
    found = values_of(first).quantities
    wanted = question.expected.parts
    if not reply.answer.refused and found and wanted:
        right = same(wanted[0], Quantity(found[0].said, "", found[0].span, found[0].said))
        return float(right), right, not right, None
    return _fact(question, reply)


def _table(question: KindQuestion, reply: Reply) -> _Graded:
    """Grade a value: the first one of its kind in the first line, or all in the answer's table."""
    if reply.answer.refused or not question.accepts:
        return _fact(question, reply)
    first = _first_line(reply)
    made = grade(first, question.expected, asked=question.asked)
    if made.verdict == "right" or _leads(first, question):
        return 1.0, True, False, None
    rows = "\n".join(cell for column in shown(reply.answer) for cell in column)
    if len(question.expected.parts) > 1 and _all_in(f"{first}\n{rows}", question.expected):
        return 1.0, True, False, None
    return _fact(question, reply)


def _leads(text: str, question: KindQuestion) -> bool:
    """Tell whether the one value that is wanted is the first of its kind that is new."""
    wanted = question.expected.parts
    if len(wanted) != 1:
        return False
    repeated = parts_of(values_of(question.asked), type(wanted[0]))
    for each in parts_of(values_of(text), type(wanted[0])):
        if same(wanted[0], each):
            return True
        if not any(same(each, other) for other in repeated):
            return False
    return False


def _all_in(text: str, expected: Expected) -> bool:
    values = values_of(text)
    return all(any(same(p, v) for v in parts_of(values, type(p))) for p in expected.parts)


def _first_line(reply: Reply) -> str:
    lines = without_marks(reply.answer.generated).splitlines()
    return next((line for line in lines if line.strip()), "")


def share_cited(reply: Reply) -> tuple[int, int]:
    """Return how many lines of an answer carry a citation, and how many there are."""
    lines = [line for line in reply.answer.generated.splitlines() if line.strip()]
    return sum(bool(_MARKED.search(line)) for line in lines), len(lines)


_GRADES: dict[QuestionKind, Callable[[KindQuestion, Reply], _Graded]] = {
    "fact": _fact,
    "list": lambda question, reply: _counted(
        question, reply, items_found(reply.answer, question.items, question.optional)
    ),
    "count": _count,
    "table": _table,
    "compare": _compare,
    "summary": _summary,
    "find": _find,
    "translate": _translate,
    "talk": _talk,
}
