"""Writes workbooks: a title row, a header row, typed cells, readable widths."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scripts.samples.packing import settle

Cell = str | int | float | date | None
_HEADER = PatternFill("solid", fgColor="E5EBF5")
_THIN = Border(*(Side(style="thin", color="B0B8C6"),) * 4)
_MAX_WIDTH = 62
_DATE = "yyyy-mm-dd"


@dataclass(frozen=True)
class SheetData:
    """One sheet.

    Attributes:
        name: On the tab.
        title: Large line above; empty for none.
        header: Column names; empty for a sheet of free lines.
        rows: Below the header.
        formats: Number format by 0-based column.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    formats: dict[int, str]


def write_xlsx(
    sheets: Sequence[SheetData], target: Path, *, title: str, author: str, day: date
) -> None:
    """Write a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    stamp = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    book.properties.title = title
    book.properties.creator = author
    book.properties.created = stamp.replace(tzinfo=None)
    book.save(target)
    settle(target, stamp)


def _fill(page: Worksheet, sheet: SheetData) -> None:
    row = 1
    if sheet.title:
        page.cell(1, 1, sheet.title).font = Font(bold=True, size=14, color="18305C")
        row = 3
    if sheet.header:
        for column, name in enumerate(sheet.header, 1):
            cell = page.cell(row, column, name)
            cell.font, cell.fill, cell.border = Font(bold=True), _HEADER, _THIN
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        page.freeze_panes = page.cell(row + 1, 1)
        row += 1
    for values in sheet.rows:
        for column, value in enumerate(values, 1):
            cell = page.cell(row, column, value)
            if sheet.header:
                cell.border = _THIN
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, date):
                cell.number_format = _DATE
            elif (column - 1) in sheet.formats and not isinstance(value, str):
                cell.number_format = sheet.formats[column - 1]
        row += 1
    _set_widths(page, [sheet.header, *sheet.rows])


def _set_widths(page: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
    for column in range(max(len(row) for row in rows)):
        widest = max((_width(row[column]) for row in rows if column < len(row)), default=8)
        page.column_dimensions[get_column_letter(column + 1)].width = min(widest + 3, _MAX_WIDTH)


def _width(value: Cell) -> int:
    """Count half-width units, as spreadsheet columns do."""
    text = "" if value is None else str(value)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
