"""Workbooks: every row names its columns; every cell as a person sees it."""

from __future__ import annotations

import io
import re
import warnings
from typing import Any

from engine.documents import limits
from engine.documents.archive import Package
from engine.documents.cell_format import shown
from engine.documents.cleaning import chosen_title
from engine.documents.regions import SheetRow, rows_to_blocks
from engine.documents.source import Source
from engine.records import Block, ParsedDocument

_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_MAX_MERGED_CELLS = 100_000


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _merged_downwards(xml: bytes) -> dict[tuple[int, int], tuple[int, int]]:
    """Map each cell below the first of a vertical merge to that first cell.

    A category that spans rows belongs to each of them; a title that spans columns stands
    once. Keys and values are (1-based row, 0-based column).
    """
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for left, top, _, bottom in _MERGED.findall(xml):
        column = _column(left)
        for row in range(int(top) + 1, min(int(bottom), int(top) + 5000) + 1):
            found[row, column] = (int(top), column)
        if len(found) > _MAX_MERGED_CELLS:
            break
    return found


class _WorkbookReader:
    """Reads the sheets of one workbook up to the limit of cells."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self._n_cells_left = limits.MAX_SHEET_CELLS

    def read_sheet(self, sheet: Any) -> None:
        """Add one sheet."""
        if getattr(sheet, "sheet_state", "visible") != "visible":
            self.notes.append(f"sheet {sheet.title}: hidden, but read")
        if not hasattr(sheet, "iter_rows"):
            self.notes.append(f"sheet {sheet.title}: a chart, not read")
            return
        rows = self._rows(sheet)
        if not rows:
            self.notes.append(f"sheet {sheet.title}: no text")
        self.blocks.extend(rows_to_blocks(rows, sheet=sheet.title, heading=sheet.title))

    def _rows(self, sheet: Any) -> list[SheetRow]:
        path = str(getattr(sheet, "_worksheet_path", ""))
        xml = self.package.read(path) if path in self.package.names else b""
        merged = _merged_downwards(xml)
        sheet.reset_dimensions()  # the declared size is often wrong
        first_cells: dict[tuple[int, int], str] = {}
        needed = set(merged.values())
        rows: list[SheetRow] = []
        for number, row in enumerate(sheet.iter_rows(max_col=limits.MAX_SHEET_COLUMNS), start=1):
            cells = [shown(cell.value, _format(cell)) for cell in row]
            if merged:
                for column, text in enumerate(cells):
                    if (number, column) in needed:
                        first_cells[number, column] = text
                    elif not text and (number, column) in merged:
                        cells[column] = first_cells.get(merged[number, column], "")
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            rows.append(SheetRow(number, tuple(cells)))
            self._n_cells_left -= rows[-1].n_filled
            if self._n_cells_left < 0:
                self.notes.append(f"sheet {sheet.title}: only the first {number:,} rows were read")
                break
        return rows


def _format(cell: Any) -> str:
    """Return the number format; a cell whose style is missing has none."""
    if not isinstance(cell.value, int | float):
        return "General"
    try:
        return str(cell.number_format)
    except (IndexError, KeyError, AttributeError, TypeError):
        return "General"


def read(source: Source) -> ParsedDocument:
    """Read a workbook; locations are cell ranges; formulas show their stored results."""
    package = Package(source)
    package.check_xml()
    package.main_part("xl/workbook.xml")
    title, modified = package.properties()
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "no default style", unsupported extensions
        book = load_workbook(
            io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False
        )
        try:
            reader = _WorkbookReader(package)
            for sheet in [*book.worksheets, *book.chartsheets]:
                if reader._n_cells_left >= 0:
                    reader.read_sheet(sheet)
        finally:
            book.close()
    name = chosen_title(title, name=source.name)
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    blocks = source.checked(reader.blocks)
    return ParsedDocument(name, blocks, media_type, modified, tuple(reader.notes))
