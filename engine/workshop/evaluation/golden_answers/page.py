"""The benchmark as one web page: tables, then every question with its answer and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.templates import render
from engine.workshop.evaluation.golden_answers.outcomes import Outcome
from engine.workshop.evaluation.golden_answers.questions import KINDS
from engine.workshop.evaluation.golden_answers.summary import VERDICTS, GoldenSummary


def golden_page(model: str, summary: GoldenSummary, outcomes: Sequence[Outcome]) -> str:
    """Return the HTML text; everything that models and documents say is escaped.

    Args:
        model: Its name.
        summary: The results.
        outcomes: Every question; those that did not go as wanted come first.
    """
    ordered = sorted(
        outcomes,
        key=lambda each: (
            KINDS.index(each.question.kind),
            each.as_wanted,
            each.question.language,
            each.question.id,
        ),
    )
    return render(
        "golden.html.jinja",
        language="en",
        title=f"Golden questions answered by {model}",
        verdicts=VERDICTS,
        rows=summary.rows,
        times=summary.times,
        outcomes=[_shown(each) for each in ordered],
    )


def _shown(outcome: Outcome) -> dict[str, Any]:
    question, answer = outcome.question, outcome.reply.answer
    return {
        "question": question,
        "expected": " / ".join(question.expected.forms),
        "outcome": outcome,
        "answer": answer,
        "quotes": [extract.quote for extract in answer.extracts],
        "written": outcome.reply.written.strip(),
        "notices": ", ".join(notice.code for notice in answer.notices),
        "seconds": _seconds(outcome.reply.first_token_ms),
    }


def _seconds(ms: float | None) -> str:
    return "-" if ms is None else f"{ms / 1000:.1f} s"
