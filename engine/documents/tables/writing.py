"""Lines of a table as text: each row names its values, so that it can stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.documents.cleaning import one_line
from engine.documents.tables.grid import Row, column_name
from engine.documents.tables.layout import sheet_lines, table_lines
from engine.documents.tables.line import Line
from engine.records import Block, Location, TableRow

SECTION = -1
"""In place of a column: the title within the table under which a row stands."""

_JOINT = " | "


def text_of(line: Line) -> str:
    """Return ``section | name: value | name: value``; a value without a name alone."""
    return written(line)[0]


def written(line: Line) -> tuple[str, TableRow | None]:
    """Return the text of a line, and where in it the cells of a row of a table stand."""
    parts = [line.section] if line.section else []
    if line.head is None:
        for name, value in line.pairs:
            parts.append(f"{name}: {value}" if name and name != value else value)
        return _JOINT.join(parts), None
    cells: list[tuple[int, int, int]] = []
    end = len(line.section)
    if parts:
        cells.append((SECTION, 0, end))
        end += len(_JOINT)
    for (name, value), column in zip(line.pairs, line.columns, strict=True):
        part = f"{name}: {value}" if name and name != value else value
        parts.append(part)
        end += len(part)
        if column >= 0:
            cells.append((column, end - len(value), end))
        end += len(_JOINT)
    row = TableRow(line.head, tuple(cells), line.is_first, line.is_total)
    return _JOINT.join(parts), row


def table_texts(rows: Sequence[Row]) -> Iterator[tuple[int, str, TableRow | None]]:
    """Yield number, text and cells of each row of a table in running text."""
    for line in table_lines(rows):
        text, row = written(line)
        plain = one_line(text)
        yield line.number, plain, row if plain == text else None


def row_texts(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield number and text of each row of a table in running text."""
    for number, text, _ in table_texts(rows):
        yield number, text


def cell_range(sheet: str, line: Line) -> Location:
    """Return the cells that a line fills: ``Prices!A2:D2``."""
    first, last = column_name(line.first), column_name(line.last)
    cells = f"{first}{line.number}" + (f":{last}{line.number}" if last != first else "")
    return Location("sheet", line.number, line.number, f"{sheet}!{cells}" if sheet else cells)


def sheet_blocks(rows: Sequence[Row], *, sheet: str, heading: str) -> Iterable[Block]:
    """Yield a block for each row of a sheet."""
    for line in sheet_lines(rows):
        text, row = written(line)
        yield Block(text, cell_range(sheet, line), heading, atomic=True, row=row)
