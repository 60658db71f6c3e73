"""Workbooks: every row names its columns; every cell as a person sees it."""

from __future__ import annotations

import re

from engine.documents import limits
from engine.documents.cleaning import chosen_title, clean
from engine.documents.office.archive import Package
from engine.documents.office.sheet_extras import linked_cells, sheet_extras
from engine.documents.office.workbook import Sheet, Workbook, column_number
from engine.documents.regions import SheetRow, rows_to_blocks
from engine.documents.source import Source
from engine.records import Block, Location, Notice, ParsedDocument, SkipReason

_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_MAX_MERGED_CELLS = 100_000
_MAX_MERGED_ROWS = 5_000


def _merged_downwards(xml: bytes) -> dict[tuple[int, int], tuple[int, int]]:
    """Map each cell below the first of a vertical merge to that first cell.

    A category that spans rows belongs to each of them; a title that spans columns stands
    once. Keys and values are (1-based row, 0-based column).
    """
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for left, top, _, bottom in _MERGED.findall(xml):
        column = column_number(left.decode())
        last = min(int(bottom), int(top) + _MAX_MERGED_ROWS)
        for row in range(int(top) + 1, last + 1):
            found[row, column] = (int(top), column)
        if len(found) > _MAX_MERGED_CELLS:
            break
    return found


class _WorkbookReader:
    """Reads the sheets of one workbook up to the limits."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.book = Workbook(package)
        self.blocks: list[Block] = []
        self.notes: list[Notice] = []
        self._n_cells_left = limits.MAX_SHEET_CELLS
        self._n_characters_left = limits.MAX_TEXT_CHARACTERS

    def read(self) -> None:
        """Fill blocks and notes, sheet by sheet."""
        for sheet in self.book.sheets:
            if self._n_cells_left >= 0:
                self._sheet(sheet)

    def _sheet(self, sheet: Sheet) -> None:
        n_before = len(self.blocks)
        if sheet.hidden:
            self.notes.append(Notice("sheet-hidden", {"sheet": sheet.name}))
        if sheet.part in self.package.names:
            rows = self._rows(sheet)
            self.blocks.extend(rows_to_blocks(rows, sheet=sheet.name, heading=sheet.name))
            self._extras(sheet)
        self._note_formulas(sheet)
        if len(self.blocks) == n_before:
            self.notes.append(Notice("sheet-no-text", {"sheet": sheet.name}))

    def _note_formulas(self, sheet: Sheet) -> None:
        """Say what was calculated here, or not at all, because the file holds no result."""
        for code, n_cells in self.book.taken_counts().items():
            self.notes.append(Notice(code, {"sheet": sheet.name, "n_cells": n_cells}))

    def _rows(self, sheet: Sheet) -> list[SheetRow]:
        xml = self.package.read(sheet.part)
        merged = _merged_downwards(xml)
        needed = set(merged.values())
        first_cells: dict[tuple[int, int], str] = {}
        rows: list[SheetRow] = []
        for number, cells in self.book.rows(xml, linked_cells(self.package, sheet.part, xml)):
            texts = {
                cell.column: cell.text for cell in cells if cell.column < limits.MAX_SHEET_COLUMNS
            }
            self._count(texts)
            if self._n_cells_left < 0:
                cut: dict[str, str | int] = {"sheet": sheet.name, "row": number - 1}
                self.notes.append(Notice("sheet-cut", cut))
                break
            if merged:
                first_cells.update(
                    {(number, c): text for c, text in texts.items() if (number, c) in needed}
                )
                width = max(texts) + 1
                for column in range(width):
                    if not texts.get(column) and (number, column) in merged:
                        texts[column] = first_cells.get(merged[number, column], "")
            if any(texts.values()):
                filled = tuple(texts.get(column, "") for column in range(max(texts) + 1))
                rows.append(SheetRow(number, filled))
        return rows

    def _count(self, texts: dict[int, str]) -> None:
        self._n_cells_left -= len(texts)
        self._n_characters_left -= sum(map(len, texts.values()))
        if self._n_characters_left < 0:  # one long string may stand in thousands of cells
            limit = limits.MAX_TEXT_CHARACTERS
            raise self.package.source.unreadable(
                SkipReason.TOO_LARGE, "over-characters", limit=limit
            )

    def _extras(self, sheet: Sheet) -> None:
        for extra in sheet_extras(self.package, sheet.part):
            text = clean(extra.text).strip()
            name = f"{sheet.name}!{extra.cell}" if extra.cell else sheet.name
            if text:
                label = f"Comment on {extra.cell}: {text}" if extra.cell else text
                self.blocks.append(Block(label, Location("sheet", name=name), sheet.name))


def read(source: Source) -> ParsedDocument:
    """Read a workbook; locations are cell ranges; formulas show their stored results."""
    package = Package(source)
    package.check_xml()
    title, modified = package.properties()
    reader = _WorkbookReader(package)
    reader.read()
    name = chosen_title(title, name=source.name)
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    blocks = source.checked(reader.blocks)
    return ParsedDocument(name, blocks, media_type, modified, tuple(reader.notes))
