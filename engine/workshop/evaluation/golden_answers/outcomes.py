"""What a reply is worth: verdicts on the answer text, and what else is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from engine.records import RetrievedPassage
from engine.workshop.evaluation.golden_answers.asking import Reply
from engine.workshop.evaluation.golden_answers.grading import (
    Grade,
    Verdict,
    declines,
    grade,
    holds,
    without_marks,
)
from engine.workshop.evaluation.golden_answers.questions import BenchmarkQuestion

_SUPPORTED = re.compile(r"\[\d+(?:\s*[,、]\s*\d+)*\]")
_UNSUPPORTED = re.compile(r"\[\?\]")


@dataclass(frozen=True)
class Outcome:
    """One question, its reply and the grades.

    Attributes:
        question: Asked.
        reply: Answered.
        verdict: Of the answer text, quotations apart. To a question without an answer
            ``refused`` is what is wanted; ``right`` then never occurs.
        reason: Why it is wrong.
        written_verdict: Of what the model wrote before it was checked.
        quoted: Whether the first quotation holds the answer.
        rank: Of the first passage from an expected source; 0 if there is none.
        n_supported: Sentences of the answer with a citation.
        n_unsupported: Sentences that nothing supports: marked, or left out of the answer.
    """

    question: BenchmarkQuestion
    reply: Reply
    verdict: Verdict
    reason: str
    written_verdict: Verdict
    quoted: bool
    rank: int
    n_supported: int
    n_unsupported: int

    @property
    def as_wanted(self) -> bool:
        """Whether the program did what it should: answer rightly, refuse, or cite nothing."""
        if self.question.answerable:
            return self.verdict == "right"
        if self.question.kind == "greeting":
            return not self.reply.answer.citations and not self.reply.answer.extracts
        return self.verdict == "refused"


def outcome_of(question: BenchmarkQuestion, reply: Reply) -> Outcome:
    """Grade one reply."""
    answer = reply.answer
    given = _grade(answer.generated, question, refused=answer.refused)
    written = _grade(reply.written, question, refused=answer.refused and not reply.written)
    first = answer.extracts[0].quote if answer.extracts else ""
    return Outcome(
        question=question,
        reply=reply,
        verdict=given.verdict,
        reason=given.reason,
        written_verdict=written.verdict,
        quoted=question.answerable and holds(first, question.expected),
        rank=rank_of(answer.passages, question.sources),
        n_supported=len(_SUPPORTED.findall(answer.generated)),
        n_unsupported=len(_UNSUPPORTED.findall(answer.generated)) + len(answer.left_out),
    )


def _grade(text: str, question: BenchmarkQuestion, *, refused: bool) -> Grade:
    if question.answerable:
        return grade(text, question.expected, asked=question.asked, refused=refused)
    if refused or declines(text):
        return Grade("refused")
    return Grade("wrong", "answers") if without_marks(text) else Grade("silent")


def rank_of(passages: Sequence[RetrievedPassage], sources: Sequence[str]) -> int:
    """Return the rank of the first passage from an expected file, 0 if there is none."""
    for item in passages:
        paths = [PurePath(p.document.path).as_posix() for p in (item.passage, *item.also_in)]
        if any(f"/{path}".endswith(f"/{source}") for path in paths for source in sources):
            return item.number
    return 0
