"""Tables of a page: cells with their spans, and their rows as lines that stand alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.documents.cleaning import unwrap
from engine.documents.pdf.aligned_rows import (
    Interval,
    Row,
    column_at,
    columns_of,
    logical_rows,
    rows_of,
)
from engine.documents.pdf.grids import Grid
from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.rules import Rule
from engine.documents.tables.grid import GridBuilder
from engine.documents.tables.grid import Row as GridRow
from engine.documents.tables.writing import table_texts
from engine.records import TableRow

_LAYOUT_LINES = 14
"""A ruled cell with more lines than this is a part of the page rather than a cell."""


@dataclass(frozen=True)
class Cell:
    """One cell; its place counts from 0 and its size is 1 where it spans nothing.

    Attributes:
        row: First row.
        column: First column.
        n_rows: Rows that it spans.
        n_columns: Columns that it spans.
        lines: What stands in it, from the top; never empty.
    """

    row: int
    column: int
    n_rows: int
    n_columns: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The cell on one line."""
        texts = [" ".join(s.text for s in row.segments) for row in rows_of(self.lines)]
        return unwrap(texts)


@dataclass(frozen=True)
class PageTable:
    """A table with its place on the page.

    Attributes:
        cells: Those with text, by row and column.
        n_rows: Rows.
        n_columns: Columns.
        left: Left edge, in points from the top left corner of the page.
        top: Upper edge.
        right: Right edge.
        bottom: Lower edge.
        columns: From where to where each column reaches.
        n_head_rows: Rows above the only line within the table; 0 if there are other lines.
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_columns: int
    left: float
    top: float
    right: float
    bottom: float
    columns: tuple[Interval, ...]
    n_head_rows: int = 0

    @property
    def is_layout(self) -> bool:
        """Whether the lines part the page rather than rows and columns of a table."""
        return self.n_columns == 1 or any(len(c.lines) > _LAYOUT_LINES for c in self.cells)

    def rows(self, look: Callable[[Cell], int]) -> list[GridRow]:
        """Return the table as every format gives it.

        Args:
            look: Flags of a cell, see :mod:`engine.documents.tables.grid`.
        """
        grid = GridBuilder()
        hanging = [0] * self.n_columns
        for number in range(self.n_rows):
            begins = {cell.column: cell for cell in self.cells if cell.row == number}
            column = 0
            while column < self.n_columns:
                cell = begins.get(column)
                if hanging[column] > number:
                    column += 1
                elif cell is None:
                    grid.skip(1)
                    column += 1
                else:
                    grid.cell(
                        cell.text, n_columns=cell.n_columns, n_rows=cell.n_rows, look=look(cell)
                    )
                    for c in range(column, column + cell.n_columns):
                        hanging[c] = number + cell.n_rows
                    column += cell.n_columns
            grid.end_row()
        return grid.rows

    def lines(self, rows: Sequence[GridRow]) -> list[Line]:
        """Return the rows of the table as lines, each with the names of its values.

        Args:
            rows: Those of the table; rows numbered below 1 are not its own and only name columns.
        """
        placed: dict[int, list[Line]] = {}
        for cell in self.cells:
            placed.setdefault(cell.row + 1, []).extend(cell.lines)
        everything = [line for cell in self.cells for line in cell.lines]
        return [
            self._line(text, row, placed.get(number, everything))
            for number, text, row in table_texts(rows)
            if text and number > 0
        ]

    def _line(self, text: str, row: TableRow | None, lines: Sequence[Line]) -> Line:
        """Return a row as a line at the place of what it is made from."""
        return Line(
            text,
            self.left,
            min(line.top for line in lines),
            self.right,
            max(line.bottom for line in lines),
            lines[0].height,
            start=min(line.start for line in lines),
            stop=max(line.stop for line in lines),
            whole=True,
            row=row,
        )


def aligned_table(rows: Sequence[Row], lines: Sequence[Rule]) -> PageTable:
    """Return the table that rows of aligned segments make.

    Args:
        rows: From the top.
        lines: Horizontal lines of the page; those between rows say which belong together.
    """
    columns = _with_heads(columns_of(rows), rows)
    left = min(row.segments[0].left for row in rows)
    right = max(row.segments[-1].right for row in rows)
    walls = [
        line.at
        for line in lines
        if line.start < left + 0.2 * (right - left) and line.stop > right - 0.2 * (right - left)
    ]
    within = [wall for wall in walls if rows[0].bottom - 2 < wall < rows[-1].top + 2]
    groups = _between_walls(rows, within) if len(within) > 1 else logical_rows(rows, columns)
    cells: list[Cell] = []
    for number, group in enumerate(groups):
        cells += _row_cells(number, group, columns)
    n_head = 0
    if len(within) == 1:
        n_head = sum(1 for group in groups if group[-1].bottom - 2 < within[0])
    top, bottom = min(row.top for row in rows), max(row.bottom for row in rows)
    box = left, top, right, bottom
    return PageTable(tuple(cells), len(groups), len(columns), *box, tuple(columns), n_head)


def _with_heads(columns: Sequence[Interval], rows: Sequence[Row]) -> list[Interval]:
    """Return columns, a head that stands beside its cells rather than over them in theirs."""
    filled: list[set[int]] = [set() for _ in columns]
    for number, row in enumerate(rows):
        for segment in row.segments:
            for column in range(*column_at(segment, columns)):
                filled[column].add(number)
    found: list[Interval] = []
    at = 0
    while at < len(columns):
        low, high = columns[at]
        if at + 1 < len(columns) and not filled[at] & filled[at + 1]:
            heads = min(filled[at], filled[at + 1], key=len)
            if heads and max(heads) <= 1 and len(rows) > 2:
                high = columns[at + 1][1]
                at += 1
        found.append((low, high))
        at += 1
    return found


def _between_walls(rows: Sequence[Row], walls: Sequence[float]) -> list[list[Row]]:
    """Return the base lines between each two lines as one row of the table."""
    groups: list[list[Row]] = [[]]
    left = sorted(walls)
    for row in rows:
        while left and (row.top + row.bottom) / 2 > left[0]:
            del left[0]
            if groups[-1]:
                groups.append([])
        groups[-1].append(row)
    return [group for group in groups if group]


def _row_cells(number: int, group: Sequence[Row], columns: Sequence[Interval]) -> list[Cell]:
    """Return the cells of one row of the table; segments that share a column share a cell."""
    parts: list[tuple[int, int, list[Line]]] = []
    for row in group:
        for segment in row.segments:
            first, stop = column_at(segment, columns)
            same = next((p for p in parts if p[0] < stop and first < p[1]), None)
            if same is None:
                parts.append((first, stop, [segment]))
            else:
                parts.remove(same)
                both = min(first, same[0]), max(stop, same[1])
                parts.append((*both, [*same[2], segment]))
    return [
        Cell(number, first, 1, stop - first, tuple(lines))
        for first, stop, lines in sorted(parts, key=lambda p: p[0])
    ]


def ruled_table(grid: Grid, lines: Sequence[Line]) -> PageTable | None:
    """Return the table that stands in a ruled area, or None if it is empty.

    Args:
        grid: The area.
        lines: Segments inside, already cut at the edges of columns.
    """
    inside: dict[int, list[Line]] = {}
    owner = {
        (row, column): number
        for number, (top, bottom, left, right) in enumerate(grid.spans)
        for row in range(top, bottom)
        for column in range(left, right)
    }
    for line in lines:
        row = _between(grid.ys, (line.top + line.bottom) / 2)
        column = _between(grid.xs, (line.left + line.right) / 2)
        inside.setdefault(owner[row, column], []).append(line)
    if not inside:
        return None
    cells = []
    for number, held in inside.items():
        top, bottom, left, right = grid.spans[number]
        if right - left > 1 and _stand_in_columns(held, grid.xs[left : right + 1]):
            by_column: dict[int, list[Line]] = {}
            for line in held:
                column = _between(grid.xs, (line.left + line.right) / 2)
                by_column.setdefault(column, []).append(line)
            cells += [
                Cell(top, column, bottom - top, 1, tuple(lines))
                for column, lines in by_column.items()
            ]
        else:
            cells.append(Cell(top, left, bottom - top, right - left, tuple(held)))
    cells, n_rows = _without_empty_rows(cells)
    kept = sorted({cell.column for cell in cells})
    columns = tuple((grid.xs[column], grid.xs[column + 1]) for column in kept)
    cells = sorted(_without_empty_columns(cells, kept), key=lambda c: (c.row, c.column))
    return PageTable(tuple(cells), n_rows, len(kept), *grid.box, columns)


def _stand_in_columns(lines: Sequence[Line], edges: Sequence[float]) -> bool:
    """Tell whether segments keep to the columns of other rows although no line parts them.

    So it is where only every second row is shaded.
    """
    if any(line.left < edge - 1 and line.right > edge + 1 for line in lines for edge in edges):
        return False
    return any(len(row.segments) > 1 for row in rows_of(lines))


def _between(edges: Sequence[float], place: float) -> int:
    for i in range(1, len(edges) - 1):
        if place < edges[i]:
            return i - 1
    return len(edges) - 2


def _without_empty_rows(cells: Sequence[Cell]) -> tuple[list[Cell], int]:
    """Renumber rows so that each holds the beginning of a cell: lines drawn double make none."""
    kept = sorted({cell.row for cell in cells})
    place = {row: i for i, row in enumerate(kept)}
    found = []
    for c in cells:
        n = sum(1 for row in kept if c.row <= row < c.row + c.n_rows)
        found.append(Cell(place[c.row], c.column, n, c.n_columns, c.lines))
    return found, len(kept)


def _without_empty_columns(cells: Sequence[Cell], kept: Sequence[int]) -> list[Cell]:
    place = {column: i for i, column in enumerate(kept)}
    found = []
    for c in cells:
        n = sum(1 for column in kept if c.column <= column < c.column + c.n_columns)
        found.append(Cell(c.row, place[c.column], c.n_rows, n, c.lines))
    return found
