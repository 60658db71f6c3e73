"""Answers as the program puts them together, for views: a list with possible rows, a sum."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fake_attention import attention_use

from engine.records import (
    Answer,
    AnswerRow,
    AnswerStats,
    AnswerTable,
    AttentionChoice,
    Citation,
    Coverage,
    DocumentRef,
    Location,
    Passage,
    RetrievedPassage,
    RowFilter,
    Scanned,
    TableName,
    TablePlan,
)

PLAN = TablePlan(
    (TableName(7, "prices.xlsx, sheet Q1"),),
    "sum",
    "Amount",
    (RowFilter("Region", "=", "Osaka"),),
)

TABLE = AnswerTable(
    ("Region", "Amount", "Remark"),
    (
        AnswerRow(("Osaka", "1,200", "paid"), 1),
        AnswerRow(("Osaka", "300", ""), 2),
        AnswerRow(("Kobe, near Osaka", "20", "=cmd()"), 3, possible=True),
        AnswerRow(("Osaka", "45.5", "a | b"), 3),
    ),
)


def passages(n: int) -> tuple[RetrievedPassage, ...]:
    found = []
    for number in range(1, n + 1):
        document = DocumentRef(number, f"d{number}.txt", f"/d{number}.txt", "", 0.0, "text/plain")
        text = f"Line {number} says so."
        place = Location("page", number)
        passage = Passage(number, document, 0, 0, len(text), text, "", place)
        found.append(RetrievedPassage(number, passage, 0.0))
    return tuple(found)


def composed_answer(text: str = "**Total: 1,545.5** [1][2][3]", **changes: Any) -> Answer:
    found = passages(3)
    citations = tuple(
        Citation(
            each.number,
            text,
            each.passage.text,
            True,
            each.passage.id,
            each.passage.document.name,
            each.passage.document.path,
            each.passage.location,
            0,
            len(each.passage.text),
        )
        for each in found
    )
    made = Answer(
        question="What is the sum of the amounts in Osaka?",
        search_query="What is the sum of the amounts in Osaka?",
        text=text,
        generated=text,
        refused=False,
        refusal_reason="",
        attention=attention_use(AttentionChoice()),
        passages=found,
        extracts=(),
        citations=citations,
        coverage=Coverage(44, 0),
        stats=AnswerStats(0, 0, 12.0, None, None, None, 0),
        kind="table",
        scanned=Scanned(1, 3, exhaustive=True),
        table=TABLE,
        plan=PLAN,
    )
    return replace(made, **changes)
