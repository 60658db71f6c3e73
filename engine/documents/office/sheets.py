"""Workbooks: every row names its columns; every cell as a person sees it."""

from __future__ import annotations

from engine.documents import limits
from engine.documents.cleaning import chosen_title, clean, one_line
from engine.documents.office.archive import Package
from engine.documents.office.sheet_extras import linked_cells, sheet_extras
from engine.documents.office.sheet_looks import Merged, header_cells, merged_cells
from engine.documents.office.workbook import Cell, Sheet, Workbook
from engine.documents.source import Source
from engine.documents.tables.grid import NUMBER, Row, is_parallel
from engine.documents.tables.writing import sheet_blocks
from engine.records import Block, Location, Notice, ParsedDocument, SkipReason

_MAX_LINE = 60
"""Characters of a line within a cell that may be an entry of its own."""


def _text(cell: Cell) -> str:
    """Return a cell as shown; short lines stay apart, as they may be entries of their own."""
    value = cell.value
    if isinstance(value, str) and "\n" in value:
        lines = [one_line(line) for line in clean(value).strip().split("\n")]
        text = "\n".join(filter(None, lines))
        if max(map(len, lines)) <= _MAX_LINE and _bare(text) == _bare(cell.text):
            return text
    return cell.text


def _bare(text: str) -> str:
    return "".join(text.split())


class _SheetGrid:
    """Collects the rows of one sheet with what its merged cells cover."""

    def __init__(self, merged: Merged, heads: dict[int, list[tuple[int, int, int]]]) -> None:
        self.rows: list[Row] = []
        self._merged = merged
        self._heads = heads
        self._firsts = {place[:2] for row in merged.values() for place in row.values()}
        self._first_rows = {row for row, _ in self._firsts}
        self._found: dict[tuple[int, int], tuple[str, int]] = {}
        self._known_looks: dict[bytes, bytes] = {}

    def add(self, number: int, texts: dict[int, str], looks: dict[int, int]) -> None:
        """Add a row that has text."""
        if number in self._first_rows:
            for column, text in texts.items():
                if (number, column) in self._firsts:
                    self._found[number, column] = (text, looks[column])
        for column, (row, first, flags) in self._merged.get(number, {}).items():
            if not texts.get(column) and (row, first) in self._found:
                texts[column], look = self._found[row, first]
                looks[column] = look | flags
        for left, right, flag in self._heads.get(number, ()):
            for column in texts:
                if left <= column < right:
                    looks[column] |= flag
        columns = range(max(texts) + 1)
        cells = tuple([texts.get(column, "") for column in columns])
        row_looks = bytes([looks.get(column, 0) for column in columns])
        # Rows look alike: one object serves them all.
        row_looks = self._known_looks.setdefault(row_looks, row_looks)
        found = Row(number, cells, row_looks)
        if any("\n" in cell for cell in cells) and not is_parallel(found):
            found = Row(number, tuple(map(one_line, cells)), row_looks)
        self.rows.append(found)


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
            xml = self.package.read(sheet.part)
            rows = self._rows(sheet, xml)
            self.blocks.extend(sheet_blocks(rows, sheet=sheet.name, heading=sheet.name))
            self._extras(sheet, xml)
        self._note_formulas(sheet)
        if len(self.blocks) == n_before:
            self.notes.append(Notice("sheet-no-text", {"sheet": sheet.name}))

    def _note_formulas(self, sheet: Sheet) -> None:
        """Say what was calculated here, or not at all, because the file holds no result."""
        for code, n_cells in self.book.taken_counts().items():
            self.notes.append(Notice(code, {"sheet": sheet.name, "n_cells": n_cells}))

    def _rows(self, sheet: Sheet, xml: bytes) -> list[Row]:
        grid = _SheetGrid(merged_cells(xml), header_cells(self.package, sheet.part, xml))
        for number, cells in self.book.rows(xml, linked_cells(self.package, sheet.part, xml)):
            texts = {
                cell.column: _text(cell) for cell in cells if cell.column < limits.MAX_SHEET_COLUMNS
            }
            self._count(texts)
            if self._n_cells_left < 0:
                cut: dict[str, str | int] = {"sheet": sheet.name, "row": number - 1}
                self.notes.append(Notice("sheet-cut", cut))
                break
            if any(texts.values()):
                grid.add(number, texts, self._looks(cells))
        return grid.rows

    def _looks(self, cells: list[Cell]) -> dict[int, int]:
        """Return the flags of cells by column."""
        looks, n_looks = self.book.looks, len(self.book.looks)
        return {
            cell.column: (looks[cell.style] if cell.style < n_looks else 0)
            | (0 if isinstance(cell.value, str | bool) else NUMBER)
            for cell in cells
        }

    def _count(self, texts: dict[int, str]) -> None:
        self._n_cells_left -= len(texts)
        self._n_characters_left -= sum(map(len, texts.values()))
        if self._n_characters_left < 0:  # one long string may stand in thousands of cells
            limit = limits.MAX_TEXT_CHARACTERS
            raise self.package.source.unreadable(
                SkipReason.TOO_LARGE, "over-characters", limit=limit
            )

    def _extras(self, sheet: Sheet, xml: bytes) -> None:
        for extra in sheet_extras(self.package, sheet.part, xml):
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
