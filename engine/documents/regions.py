"""Sheets as regions: title rows, a header row, data rows; several tables on one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.documents.tables import looks_like_header, row_text
from engine.records import Block, Location

_HEADER_WITHIN_ROWS = 12
"""Titles, dates and remarks above a table take a few rows, not more."""


@dataclass(frozen=True)
class SheetRow:
    """One row as a person sees it.

    Attributes:
        number: 1-based row on the sheet.
        cells: Text from column A on; empty where there is nothing.
    """

    number: int
    cells: tuple[str, ...]

    @property
    def n_filled(self) -> int:
        """Cells with text."""
        return sum(1 for cell in self.cells if cell)


def column_name(position: int) -> str:
    """Return ``A`` for 0, ``AA`` for 26."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def row_location(sheet: str, row: SheetRow) -> Location:
    """Return the cell range that a row fills: ``Prices!A2:D2``."""
    filled = [position for position, cell in enumerate(row.cells) if cell]
    first, last = column_name(filled[0]), column_name(filled[-1])
    cells = f"{first}{row.number}" + (f":{last}{row.number}" if last != first else "")
    return Location("sheet", row.number, row.number, f"{sheet}!{cells}" if sheet else cells)


def _regions(rows: Sequence[SheetRow]) -> Iterator[list[SheetRow]]:
    """Split at blank rows."""
    region: list[SheetRow] = []
    for row in rows:
        if row.n_filled and (not region or row.number == region[-1].number + 1):
            region.append(row)
        elif row.n_filled or region:
            if region:
                yield region
            region = [row] if row.n_filled else []
    if region:
        yield region


def _header_position(region: list[SheetRow]) -> int | None:
    """Return the index of the row that names the columns; None if there is none."""
    top = region[:_HEADER_WITHIN_ROWS]
    width = max(row.n_filled for row in region[:50])
    if width < 2 or len(region) < 2:
        return None
    for position, row in enumerate(top[: len(region) - 1]):
        if looks_like_header(row.cells, width):
            return position
    return None


def rows_to_blocks(rows: Sequence[SheetRow], *, sheet: str, heading: str) -> list[Block]:
    """Return one block per row, headers in each; header rows stand alone only if empty.

    A region without a header of its own (after a blank row within a table) takes the
    header of the region above while it is as wide.
    """
    blocks: list[Block] = []
    header: tuple[str, ...] = ()
    for region in _regions(rows):
        position = _header_position(region)
        if position is not None:
            header = region[position].cells
        elif not _continues(header, region):
            header = ()
        for index, row in enumerate(region):
            if index == position:
                continue
            above = position is not None and index < position
            text = row_text(() if above else header, row.cells)
            blocks.append(Block(text, row_location(sheet, row), heading, atomic=True))
    return blocks


def _continues(header: tuple[str, ...], region: list[SheetRow]) -> bool:
    n_columns = sum(1 for cell in header if cell)
    return n_columns > 1 and max(row.n_filled for row in region) > n_columns / 2
