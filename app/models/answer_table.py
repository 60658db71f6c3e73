"""An answer's table for the window: its order on the screen, and as text for other programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from app.i18n.kind_words import TableWords
from engine.records import AnswerRow, AnswerTable

_FIGURE = re.compile(
    r"(?P<sign>[+−-]?)\s?(?:[$€£¥￥₩₹]\s?|[A-Z]{2,3}\s)?(?P<inner>[+−-]?)\s?"
    r"(?P<digits>\d[\d.,'\u00a0\u202f ]*)\s?[^\d\s]{0,8}"
)
"""A number with a short unit before or behind it; a date, a range or a code is none."""

_DIGITS = re.compile(r"(\d+)")
_FORMULA = ("=", "@", "+", "-", "\t", "\r")
"""What a spreadsheet takes for the begin of a formula."""


def figure_of(cell: str) -> float | None:
    """Return the number of a cell that is nothing but a number and its unit."""
    found = _FIGURE.fullmatch(cell.strip())
    if found is None:
        return None
    digits = re.sub(r"['\u00a0\u202f ]", "", found["digits"]).rstrip(".,")
    try:
        value = float(_with_point(digits))
    except ValueError:
        return None
    return -value if (found["sign"] or found["inner"]) in ("-", "−") else value


def _with_point(digits: str) -> str:
    """Write digits with a decimal point and without separators of thousands."""
    if "," in digits and "." in digits:
        thousands = "," if digits.rindex(".") > digits.rindex(",") else "."
        return digits.replace(thousands, "").replace(",", ".")
    if re.fullmatch(r"\d{1,3}(,\d{3})+", digits):
        return digits.replace(",", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", digits):
        return digits.replace(".", "")
    return digits.replace(",", ".")


def numeric_columns(table: AnswerTable) -> frozenset[int]:
    """Return the columns that hold numbers only; empty cells do not count."""
    found = set()
    for column in range(len(table.columns)):
        cells = [row.cells[column] for row in table.rows if row.cells[column].strip()]
        if cells and all(figure_of(cell) is not None for cell in cells):
            found.add(column)
    return frozenset(found)


def in_order(
    table: AnswerTable, column: int = -1, *, descending: bool = False
) -> tuple[list[AnswerRow], list[AnswerRow]]:
    """Return the rows that belong to the answer, and those that possibly do.

    Args:
        table: The table.
        column: What to sort by; its length: by source; -1: the order of the answer.
        descending: Largest first; empty cells stay last.
    """
    sure = [row for row in table.rows if not row.possible]
    possible = [row for row in table.rows if row.possible]
    if column < 0:
        return sure, possible
    numeric = column in numeric_columns(table)
    parts = (_sorted(rows, column, numeric, descending) for rows in (sure, possible))
    first, second = parts
    return first, second


def _sorted(rows: list[AnswerRow], column: int, numeric: bool, descending: bool) -> list[AnswerRow]:
    def cell(row: AnswerRow) -> str:
        if column >= len(row.cells):
            return str(row.number or "")
        return row.cells[column].strip()

    def key(row: AnswerRow) -> tuple[object, ...]:
        if numeric:
            return (figure_of(cell(row)) or 0.0,)
        parts = _DIGITS.split(cell(row).casefold())
        return tuple((part.zfill(20) if part.isdigit() else part) for part in parts)

    filled = [row for row in rows if cell(row)]
    empty = [row for row in rows if not cell(row)]
    return sorted(filled, key=key, reverse=descending) + empty


def as_markdown(table: AnswerTable, words: TableWords) -> str:
    """Return the table as Markdown, its sources as ``[n]``."""
    head, rows = _grid(table, words, {row.number: f"[{row.number}]" for row in table.rows})
    numeric = numeric_columns(table)
    rule = ["--:" if column in numeric else "---" for column in range(len(head))]
    return "".join(f"| {' | '.join(map(_bar_free, line))} |\n" for line in (head, rule, *rows))


def as_delimited(
    table: AnswerTable, words: TableWords, sources: Mapping[int, str], delimiter: str
) -> str:
    """Return the table for a spreadsheet; what would run there as a formula is quoted.

    Args:
        table: The table.
        words: Of the window.
        sources: Document and place by number.
        delimiter: A comma or a tabulator.
    """
    head, rows = _grid(table, words, sources)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    for line in (head, *rows):
        writer.writerow([_harmless(cell) for cell in line])
    return out.getvalue()


def _grid(
    table: AnswerTable, words: TableWords, sources: Mapping[int, str]
) -> tuple[list[str], list[list[str]]]:
    """Return the heading and the rows; possible ones last, with a word that says so."""
    sure, possible = in_order(table)
    has_sources = any(row.number for row in table.rows)
    head = [*table.columns, *[words.source] * has_sources, *[words.possible] * bool(possible)]
    rows = []
    for row in (*sure, *possible):
        source = sources.get(row.number, "") if row.number else ""
        doubt = words.possible if row.possible else ""
        rows.append([*row.cells, *[source] * has_sources, *[doubt] * bool(possible)])
    return head, rows


def _bar_free(cell: str) -> str:
    return " ".join(cell.split()).replace("|", "\\|")


def _harmless(cell: str) -> str:
    starts = cell.startswith(_FORMULA)
    return f"'{cell}" if starts and figure_of(cell) is None else cell


def only_rows(table: AnswerTable, rows: Sequence[AnswerRow]) -> AnswerTable:
    """Return a table of some of the rows."""
    return AnswerTable(table.columns, tuple(rows))
