"""Lines of a table as text: each row names its values, so that it can stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.documents.cleaning import one_line
from engine.documents.tables.grid import Row, column_name
from engine.documents.tables.layout import sheet_lines, table_lines
from engine.documents.tables.lines import Line
from engine.records import Block, Location


def text_of(line: Line) -> str:
    """Return ``section | name: value | name: value``; a value without a name alone."""
    parts = [line.section] if line.section else []
    for name, value in line.pairs:
        parts.append(f"{name}: {value}" if name and name != value else value)
    return " | ".join(parts)


def row_texts(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield number and text of each row of a table in running text."""
    for line in table_lines(rows):
        yield line.number, one_line(text_of(line))


def cell_range(sheet: str, line: Line) -> Location:
    """Return the cells that a line fills: ``Prices!A2:D2``."""
    first, last = column_name(line.first), column_name(line.last)
    cells = f"{first}{line.number}" + (f":{last}{line.number}" if last != first else "")
    return Location("sheet", line.number, line.number, f"{sheet}!{cells}" if sheet else cells)


def sheet_blocks(rows: Sequence[Row], *, sheet: str, heading: str) -> Iterable[Block]:
    """Yield a block for each row of a sheet."""
    for line in sheet_lines(rows):
        yield Block(text_of(line), cell_range(sheet, line), heading, atomic=True)
