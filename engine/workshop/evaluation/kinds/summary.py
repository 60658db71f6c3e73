"""Results by kind and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.records import QUESTION_KINDS
from engine.workshop.evaluation.golden_answers.summary import Share, share
from engine.workshop.evaluation.kinds.outcomes import KindOutcome, share_cited


@dataclass(frozen=True)
class KindRow:
    """Some questions together.

    Attributes:
        kind: Of the questions; ``all`` for every one, ``follow-up`` for those with a history.
        language: Theirs, ``all`` for every one.
        recognised: Those whose words were taken for the right kind.
        answered_as: Those whose answer is of that kind; one that was looked up is a ``fact``.
        score: Mean; see :class:`KindOutcome`.
        exact: Those with all that is wanted and nothing else.
        wrong: Those that show something wrong.
        refused: Those that were declined.
        precision: Of items, documents or changes, over all questions together; None without.
        recall: Likewise; of a summary its points.
        f1: Likewise, over all questions together; ``score`` is the mean by question.
        quoted: Facts whose first quotation holds the answer.
        cited: Lines of answers with a citation.
        median_ms: From the question to the finished answer.
    """

    kind: str
    language: str
    recognised: Share
    answered_as: Share
    score: float
    exact: Share
    wrong: Share
    refused: Share
    precision: float | None
    recall: float | None
    f1: float | None
    quoted: Share | None
    cited: Share
    median_ms: float


def rows_of(outcomes: Sequence[KindOutcome]) -> tuple[KindRow, ...]:
    """Sum up; rows of nothing are left out."""
    return tuple(_rows(outcomes))


def _rows(outcomes: Sequence[KindOutcome]) -> Iterator[KindRow]:
    languages = sorted({each.question.language for each in outcomes})
    for kind in ("all", *QUESTION_KINDS, "follow-up"):
        for language in ("all", *languages):
            members = [
                each
                for each in outcomes
                if kind in ("all", each.question.kind, "follow-up" if each.question.history else "")
                and language in ("all", each.question.language)
            ]
            if members:
                yield _row(kind, language, members)


def _row(kind: str, language: str, members: Sequence[KindOutcome]) -> KindRow:
    def counted(so: Callable[[KindOutcome], bool]) -> Share:
        return share(sum(map(so, members)), len(members))

    counts = [each.counts for each in members if each.counts is not None]
    right, missed, extra = (
        sum(getattr(each, name) for each in counts) for name in ("right", "missed", "extra")
    )
    quoted = [each.quoted for each in members if each.quoted is not None]
    cited = [share_cited(each.reply) for each in members if not each.refused]
    times = sorted(each.reply.finished_ms for each in members)
    return KindRow(
        kind=kind,
        language=language,
        recognised=counted(lambda each: each.recognised == each.question.kind),
        answered_as=counted(lambda each: each.answered_as),
        score=sum(each.score for each in members) / len(members),
        exact=counted(lambda each: each.exact),
        wrong=counted(lambda each: each.wrong),
        refused=counted(lambda each: each.refused),
        precision=right / (right + extra) if right + extra else None,
        recall=right / (right + missed) if right + missed else None,
        f1=2 * right / (2 * right + missed + extra) if right + missed + extra else None,
        quoted=share(sum(quoted), len(quoted)) if quoted else None,
        cited=share(sum(n for n, _ in cited), sum(of for _, of in cited)),
        median_ms=times[len(times) // 2],
    )


def confusions(outcomes: Sequence[KindOutcome]) -> dict[str, int]:
    """Return how often one kind was taken for another: ``{"asked -> recognised": n}``."""
    pairs = Counter((each.question.kind, each.recognised) for each in outcomes)
    return {
        f"{asked} -> {taken}": n for (asked, taken), n in sorted(pairs.items()) if asked != taken
    }


def kinds_shape(model: str, outcomes: Sequence[KindOutcome]) -> dict[str, Any]:
    """Return the results as ``--json`` prints them."""
    return {
        "model": model,
        "n": len(outcomes),
        "rows": [_row_shape(row) for row in rows_of(outcomes)],
        "confusions": confusions(outcomes),
        "questions": [_question_shape(outcome) for outcome in outcomes],
    }


def _row_shape(row: KindRow) -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    def counted(each: Share | None) -> dict[str, Any] | None:
        return None if each is None else {"n": each.n, "of": each.of, "share": rounded(each.value)}

    return {
        "kind": row.kind,
        "lang": row.language,
        "recognised": counted(row.recognised),
        "answered_as": counted(row.answered_as),
        "score": rounded(row.score),
        "exact": counted(row.exact),
        "wrong": counted(row.wrong),
        "refused": counted(row.refused),
        "precision": rounded(row.precision),
        "recall": rounded(row.recall),
        "f1": rounded(row.f1),
        "first_quotation": counted(row.quoted),
        "cited_lines": counted(row.cited),
        "median_ms": round(row.median_ms, 1),
    }


def _question_shape(outcome: KindOutcome) -> dict[str, Any]:
    question, answer = outcome.question, outcome.reply.answer
    counts = outcome.counts
    return {
        "id": question.id,
        "lang": question.language,
        "kind": question.kind,
        "split": question.split,
        "question": question.text,
        "recognised": outcome.recognised,
        "answered_as": answer.kind,
        "score": round(outcome.score, 4),
        "exact": outcome.exact,
        "wrong": outcome.wrong,
        "refused": outcome.refused,
        "counts": None
        if counts is None
        else {"right": counts.right, "missed": counts.missed, "extra": counts.extra},
        "first_quotation": outcome.quoted,
        "answer": answer.generated,
        "finished_ms": round(outcome.reply.finished_ms, 1),
    }
