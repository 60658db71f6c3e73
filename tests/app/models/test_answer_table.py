from __future__ import annotations

import pytest
from composed_answers import TABLE

from app.i18n.kind_words import TableWords
from app.models.answer_table import (
    as_delimited,
    as_markdown,
    figure_of,
    in_order,
    numeric_columns,
)
from engine.records import AnswerRow, AnswerTable

WORDS = TableWords("Source", "Possibly")
PLACES = {1: "a.xlsx, Sheet Q1", 2: "b.xlsx, Sheet Q1", 3: "c.txt, Page 3"}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,200", 1200),
        ("1.234.567", 1_234_567),
        ("1.200,50", 1200.5),
        ("12.5 %", 12.5),
        ("€ 3,50", 3.5),
        ("¥1,200", 1200),
        ("1,200円", 1200),
        ("-45.5", -45.5),
        ("− 3", -3),
        ("1 200 kg", 1200),
        ("2025-03-21", None),
        ("50-99", None),
        ("KF-200", None),
        ("Q1", None),
        ("EUR 12", 12),
        ("-$5", -5),
        ("1.2.3", None),
        ("", None),
        ("5 pieces of it", None),
    ],
)
def test_figures_are_told_from_dates_and_names(cell: str, value: float | None) -> None:
    assert figure_of(cell) == value


def test_columns_of_numbers_are_known_and_empty_cells_do_not_count() -> None:
    assert numeric_columns(TABLE) == {1}
    empty = AnswerTable(("a",), (AnswerRow(("",)),))
    assert numeric_columns(empty) == frozenset()


def amounts(column: int, *, descending: bool = False) -> list[str]:
    sure, possible = in_order(TABLE, column, descending=descending)
    return [row.cells[1] for row in (*sure, *possible)]


def test_numbers_sort_by_value_and_possible_rows_stay_below() -> None:
    assert amounts(-1) == ["1,200", "300", "45.5", "20"]
    assert amounts(1) == ["45.5", "300", "1,200", "20"]
    assert amounts(1, descending=True) == ["1,200", "300", "45.5", "20"]


def test_words_sort_with_their_numbers_and_empty_cells_are_last() -> None:
    rows = tuple(AnswerRow((cell,)) for cell in ("item 10", "", "Item 9", "item 1"))
    table = AnswerTable(("name",), rows)
    sure, _ = in_order(table, 0)
    assert [row.cells[0] for row in sure] == ["item 1", "Item 9", "item 10", ""]
    sure, _ = in_order(table, 0, descending=True)
    assert [row.cells[0] for row in sure] == ["item 10", "Item 9", "item 1", ""]


def test_sources_sort_as_numbers() -> None:
    rows = tuple(AnswerRow(("x",), number) for number in (10, 9, 0))
    sure, _ = in_order(AnswerTable(("name",), rows), 1)
    assert [row.number for row in sure] == [9, 10, 0]


def test_markdown_has_sources_doubts_and_no_stray_bars() -> None:
    assert as_markdown(TABLE, WORDS).split("\n") == [
        "| Region | Amount | Remark | Source | Possibly |",
        "| --- | --: | --- | --- | --- |",
        "| Osaka | 1,200 | paid | [1] |  |",
        "| Osaka | 300 |  | [2] |  |",
        "| Osaka | 45.5 | a \\| b | [3] |  |",
        "| Kobe, near Osaka | 20 | =cmd() | [3] | Possibly |",
        "",
    ]


def test_csv_names_the_documents_and_runs_no_formula() -> None:
    lines = as_delimited(TABLE, WORDS, PLACES, ",").split("\n")
    assert lines[0] == "Region,Amount,Remark,Source,Possibly"
    assert lines[1] == 'Osaka,"1,200",paid,"a.xlsx, Sheet Q1",'
    assert lines[4] == '"Kobe, near Osaka",20,\'=cmd(),"c.txt, Page 3",Possibly'


def test_negative_numbers_stay_numbers() -> None:
    table = AnswerTable(("a",), (AnswerRow(("-5",)), AnswerRow(("+SUM(A1)",))))
    assert as_delimited(table, WORDS, {}, "\t") == "a\n-5\n'+SUM(A1)\n"
