"""The benchmark's numbers: shares with intervals by kind and language, times, unsupported text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from engine.catalogue.votes import wilson
from engine.workshop.evaluation.golden_answers.grading import Verdict
from engine.workshop.evaluation.golden_answers.outcomes import Outcome
from engine.workshop.evaluation.golden_answers.questions import ANSWERABLE, KINDS

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class Share:
    """How many of how many, with the 95 % Wilson interval.

    Attributes:
        n: Counted.
        of: Out of so many.
        low: Lower end of the interval; 0 of nothing.
        high: Upper end; 1 of nothing.
    """

    n: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share; 0 of nothing."""
        return self.n / self.of if self.of else 0.0


@dataclass(frozen=True)
class Row:
    """Some questions together.

    Attributes:
        kind: Of the questions, ``answerable`` for all that have an answer.
        language: Theirs, ``all`` for every one.
        as_wanted: Right answers; refusals where there is no answer; greetings without a citation.
        verdicts: How many of each verdict.
        written: Right ones among what the model wrote, before it was checked.
        quoted: Those whose first quotation holds the answer.
        top1: Those with an expected source as the first passage.
        top3: With one among the first three.
        found: With one among all that the program retrieved.
        unsupported: Sentences that nothing supports (marked, or left out), of all written.
        verified: Verified citations of all that name a passage.
    """

    kind: str
    language: str
    as_wanted: Share
    verdicts: dict[Verdict, int]
    written: Share
    quoted: Share
    top1: Share
    top3: Share
    found: Share
    unsupported: Share
    verified: Share


@dataclass(frozen=True)
class Times:
    """How long something took.

    Attributes:
        what: From the question to what.
        n: Questions in which it happened.
        median_ms: Median.
        p90_ms: Nine of ten took less.
    """

    what: str
    n: int
    median_ms: float
    p90_ms: float


@dataclass(frozen=True)
class GoldenSummary:
    """All results.

    Attributes:
        rows: By kind and language.
        times: Of what a user waits for.
    """

    rows: tuple[Row, ...]
    times: tuple[Times, ...]

    def row(self, kind: str, language: str = "all") -> Row | None:
        """Return one row; None if nothing of it was asked."""
        for each in self.rows:
            if (each.kind, each.language) == (kind, language):
                return each
        return None


def share(n: int, of: int) -> Share:
    """Return a share with its interval."""
    low, high = wilson(n, of) or (0.0, 1.0)
    return Share(n, of, low, high)


def summarise(outcomes: Sequence[Outcome]) -> GoldenSummary:
    """Sum up; rows and times of nothing are left out."""
    return GoldenSummary(tuple(_rows(outcomes)), tuple(_times(outcomes)))


def _rows(outcomes: Sequence[Outcome]) -> Iterator[Row]:
    languages = sorted({outcome.question.language for outcome in outcomes})
    for kind, kinds in (("answerable", ANSWERABLE), *((kind, (kind,)) for kind in KINDS)):
        for language in ("all", *languages):
            members = [
                each
                for each in outcomes
                if each.question.kind in kinds and language in ("all", each.question.language)
            ]
            if members:
                yield _row(kind, language, members)


def _row(kind: str, language: str, members: Sequence[Outcome]) -> Row:
    def counted(so: Callable[[Outcome], bool]) -> Share:
        return share(sum(map(so, members)), len(members))

    verdicts = [each.verdict for each in members]
    n_unsupported = sum(each.n_unsupported for each in members)
    n_sentences = n_unsupported + sum(each.n_supported for each in members)
    cited = [c for each in members for c in each.reply.answer.citations if c.number]
    return Row(
        kind=kind,
        language=language,
        as_wanted=counted(lambda each: each.as_wanted),
        verdicts={verdict: verdicts.count(verdict) for verdict in VERDICTS},
        written=counted(lambda each: each.written_verdict == "right"),
        quoted=counted(lambda each: each.quoted),
        top1=counted(lambda each: each.rank == 1),
        top3=counted(lambda each: 0 < each.rank <= 3),
        found=counted(lambda each: each.rank > 0),
        unsupported=share(n_unsupported, n_sentences),
        verified=share(sum(c.verified for c in cited), len(cited)),
    )


def _times(outcomes: Sequence[Outcome]) -> Iterator[Times]:
    # A greeting waits for nothing, and would make the median look better than it is.
    replies = [each.reply for each in outcomes if each.question.kind != "greeting"]
    for what, found in (
        ("first quotation", [reply.quotation_ms for reply in replies]),
        ("first token", [reply.first_token_ms for reply in replies]),
        ("last token", [reply.last_token_ms for reply in replies]),
        ("finished", [reply.finished_ms for reply in replies]),
    ):
        known = [each for each in found if each is not None]
        if known:
            median, p90 = np.percentile(known, [50, 90])
            yield Times(what, len(known), float(median), float(p90))


def summary_shape(summary: GoldenSummary, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the results as ``--json`` prints them."""
    return {
        "n": len(outcomes),
        "rows": [_row_shape(row) for row in summary.rows],
        "times": [
            {
                "what": each.what,
                "n": each.n,
                "median_ms": round(each.median_ms, 1),
                "p90_ms": round(each.p90_ms, 1),
            }
            for each in summary.times
        ],
        "questions": [question_shape(outcome) for outcome in outcomes],
    }


def _row_shape(row: Row) -> dict[str, Any]:
    shares = {
        name: {
            "n": each.n,
            "of": each.of,
            "share": round(each.value, 4),
            "interval": [round(each.low, 4), round(each.high, 4)],
        }
        for name, each in (
            ("as_wanted", row.as_wanted),
            ("written_right", row.written),
            ("first_quotation", row.quoted),
            ("source_top1", row.top1),
            ("source_top3", row.top3),
            ("source_found", row.found),
            ("unsupported_sentences", row.unsupported),
            ("verified_citations", row.verified),
        )
    }
    return {"kind": row.kind, "lang": row.language, "verdicts": dict(row.verdicts), **shares}


def question_shape(outcome: Outcome) -> dict[str, Any]:
    """Return one question of ``--json``."""
    question, reply = outcome.question, outcome.reply
    return {
        "id": question.id,
        "lang": question.language,
        "kind": question.kind,
        "split": question.split,
        "question": question.text,
        "verdict": outcome.verdict,
        "reason": outcome.reason,
        "as_wanted": outcome.as_wanted,
        "answer": reply.answer.generated,
        "written": reply.written,
        "written_verdict": outcome.written_verdict,
        "first_quotation": outcome.quoted,
        "source_rank": outcome.rank,
        "first_token_ms": reply.first_token_ms,
        "finished_ms": round(reply.finished_ms, 1),
    }
