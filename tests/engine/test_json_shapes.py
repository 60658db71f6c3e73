"""What ``ask --json`` says of a kind, of what was looked at and of rows: a contract."""

from __future__ import annotations

import json
from dataclasses import replace

from engine.json_shapes import answer_shape
from engine.records import (
    Answer,
    AnswerRow,
    AnswerStats,
    AnswerTable,
    AttentionUse,
    Coverage,
    Scanned,
)

ANSWER = Answer(
    question="Who?",
    search_query="Who?",
    text="",
    generated="",
    refused=False,
    refusal_reason="",
    attention=AttentionUse("baseline", "dense", "", ""),
    passages=(),
    extracts=(),
    citations=(),
    coverage=Coverage(1, 0, 1),
    stats=AnswerStats(0, 0, 0.0, None, None, None, 0),
)


def test_a_look_up_has_looked_at_nothing_in_full_and_shows_no_table() -> None:
    shape = answer_shape(ANSWER)
    assert shape["kind"] == "fact"
    assert shape["scanned"] is None
    assert shape["rows"] is None


def test_rows_have_their_cells_by_column() -> None:
    rows = (
        AnswerRow(("Norrvik AB", "12"), 1),
        AnswerRow(("髙橋", ""), 2, possible=True),
        AnswerRow(("Sum", "12")),
    )
    answer = replace(
        ANSWER,
        kind="list",
        scanned=Scanned(3, 40, exhaustive=True),
        table=AnswerTable(("Supplier", "Orders"), rows),
    )
    shape = json.loads(json.dumps(answer_shape(answer)))
    assert shape["kind"] == "list"
    assert shape["scanned"] == {"files": 3, "passages": 40, "exhaustive": True}
    assert shape["rows"] == [
        {"cells": {"Supplier": "Norrvik AB", "Orders": "12"}, "number": 1, "possible": False},
        {"cells": {"Supplier": "髙橋", "Orders": ""}, "number": 2, "possible": True},
        {"cells": {"Supplier": "Sum", "Orders": "12"}, "number": 0, "possible": False},
    ]


def test_a_table_without_rows_is_an_empty_list() -> None:
    shape = answer_shape(replace(ANSWER, kind="list", table=AnswerTable(("Supplier",), ())))
    assert shape["rows"] == []
