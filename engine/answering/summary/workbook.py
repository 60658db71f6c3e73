"""A workbook in a few lines: its sheets, how many rows and which columns, totals and key values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.answering.composed import Source, Statement
from engine.answering.summary.extract import cut
from engine.answering.summary.outline import Line, Outline
from engine.languages import PROFILES, LanguageProfile, any_of
from engine.text import normalise

MOST_SHEETS = 12
MOST_ROWS = 16
"""Rows that are quoted of all sheets together; each sheet has at least one."""

CELL_BORDER = " | "
"""Between the cells of a row as it is stored."""

FEW_CELLS = 2
"""A row of so few cells names a value; such rows are told before those of a wide table."""

WIDE_ROWS = 2
"""Rows that are told of a wide table, beside totals."""

_TOTAL = re.compile(any_of(profile.tables.totals for profile in PROFILES))
_IN_BRACKETS = re.compile(r"\(.*?\)")
_LAST_ROW = re.compile(r"[A-Z]+(\d+)$")


@dataclass
class Sheet:
    """One sheet as it was read.

    Attributes:
        name: Of the sheet.
        title: A line above its table; empty if there is none.
        columns: Names of columns, in order.
        rows: Its rows.
        last_row: Number of the last row that was read.
        first: Where it begins.
    """

    name: str
    first: Source
    title: str = ""
    columns: dict[str, None] = field(default_factory=dict)
    rows: list[Line] = field(default_factory=list)
    last_row: int = 0


def is_workbook(read: Outline) -> bool:
    """Tell whether a document is made of sheets."""
    return bool(read.lines) and all(
        line.source.passage.location.kind == "sheet" for line in read.lines
    )


def cells_of(text: str) -> list[tuple[str, str]]:
    """Return name and value of each cell of a row; a cell without a name has an empty one.

    >>> cells_of("Item: 1 | Price: 4.50")
    [('Item', '1'), ('Price', '4.50')]
    """
    found = []
    for cell in text.split(CELL_BORDER):
        name, colon, value = cell.partition(": ")
        found.append((name.strip(), value.strip()) if colon else ("", cell.strip()))
    return found


def sheets_of(read: Outline) -> list[Sheet]:
    """Return the sheets of a workbook, in order."""
    found: dict[str, Sheet] = {}
    for line in read.lines:
        place = line.source.passage.location
        name = place.name.partition("!")[0]
        sheet = found.setdefault(name, Sheet(name, line.source))
        row = _LAST_ROW.search(place.name)
        sheet.last_row = max(sheet.last_row, int(row[1]) if row else 0)
        cells = cells_of(line.text)
        named = [label for label, _ in cells if label]
        if not named:
            sheet.title = sheet.title or line.text
            continue
        sheet.columns.update(dict.fromkeys(named))
        sheet.rows.append(line)
    return list(found.values())


def describe(read: Outline, profile: LanguageProfile) -> list[Statement]:
    """Return the statements about a workbook; each cites the rows that it tells of."""
    sheets = sheets_of(read)
    words = profile.summary_wording
    sampled = read.n_read < read.n_passages
    made: list[Statement] = []
    some = sheets[:MOST_SHEETS]
    n_narrow = max(1, sum(is_narrow(sheet) for sheet in some))
    left = max(n_narrow, MOST_ROWS - WIDE_ROWS * (len(some) - n_narrow))
    for sheet in some:
        title = f"{sheet.name} ({sheet.title})" if sheet.title else sheet.name
        rows = sheet.last_row if sampled else len(sheet.rows)
        columns = ("、" if profile.code == "ja" else ", ").join(sheet.columns) or "-"
        line = words.sheet.format(sheet=title, rows=rows, columns=columns)
        source = sheet.rows[0].source if sheet.rows else sheet.first
        made.append(Statement(line, (source,), before="\n\n"))
        told = telling_rows(sheet, left // n_narrow if is_narrow(sheet) else WIDE_ROWS)
        made += [Statement(f"- {cut(row.text)}", (row.source,)) for row in told]
    return made


def is_narrow(sheet: Sheet) -> bool:
    """Tell whether a sheet names values rather than listing things with many properties."""
    return all(len(cells_of(row.text)) <= FEW_CELLS for row in sheet.rows)


def telling_rows(sheet: Sheet, n: int) -> Sequence[Line]:
    """Return the rows that say most: totals first, then the first ones of a narrow table."""
    totals = [row for row in sheet.rows if _adds_up(row.text)]
    rest = [row for row in sheet.rows if row not in totals]
    chosen = [*totals[:n], *rest[: max(0, n - len(totals))]]
    return sorted(chosen, key=lambda row: row.at)


def _adds_up(text: str) -> bool:
    """Tell whether a row is a total, by its first cells or the name of one."""
    parts = [part for cell in cells_of(text)[:2] for part in cell]
    return any(_TOTAL.fullmatch(_IN_BRACKETS.sub("", normalise(part)).strip()) for part in parts)
