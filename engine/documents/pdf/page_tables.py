"""Tables of a page: cells with their spans, and their rows as lines that stand alone."""

from __future__ import annotations

from collections.abc import Sequence
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
from engine.documents.pdf.row_texts import is_numeric, looks_like_header, table_lines

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
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_columns: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_layout(self) -> bool:
        """Whether the lines part the page rather than rows and columns of a table."""
        return self.n_columns == 1 or any(len(c.lines) > _LAYOUT_LINES for c in self.cells)

    def lines(self) -> list[Line]:
        """Return the rows of the table as lines, each with the names of its columns."""
        matrix = [[""] * self.n_columns for _ in range(self.n_rows)]
        first: list[Line | None] = [None] * self.n_rows
        last: list[Line | None] = [None] * self.n_rows
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.n_rows):
                matrix[row][cell.column] = cell.text
            first[cell.row] = first[cell.row] or cell.lines[0]
            last[cell.row] = cell.lines[-1]
        found: list[Line] = []
        start = 0
        while start < self.n_rows and self._is_title(start):
            found += self._placed(start, start, [cell.text for cell in self._cells_in(start)])
            start += 1
        n_header = self._n_header_rows(matrix, start)
        names = self._names(matrix, start, n_header)
        body = range(start + n_header, self.n_rows)
        if n_header and not any(any(matrix[row]) for row in body):
            body, n_header = range(start, self.n_rows), 0
        for row in body:
            if not any(matrix[row]):
                continue
            if n_header:
                texts = table_lines([names, matrix[row]], header_known=True)
            elif self.n_columns == 2:
                texts = [_pair(*matrix[row])]
            else:
                texts = [" | ".join(cell for cell in matrix[row] if cell)]
            found += self._placed(row, row, texts)
        return found

    def _cells_in(self, row: int) -> list[Cell]:
        return [cell for cell in self.cells if cell.row == row]

    def _is_title(self, row: int) -> bool:
        cells = self._cells_in(row)
        return (
            self.n_rows > row + 2
            and len(cells) == 1
            and (cells[0].n_columns == self.n_columns > 1 or self.n_columns > 2)
        )

    def _placed(self, first: int, last: int, texts: Sequence[str]) -> list[Line]:
        """Return texts as lines at the place of the rows that they come from."""
        lines = [
            line for row in range(first, last + 1) for c in self._cells_in(row) for line in c.lines
        ]
        if not lines:
            lines = [line for cell in self.cells for line in cell.lines]
        top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
        height = lines[0].height
        starts = [line.start for line in lines]
        stop = max(line.stop for line in lines)
        return [
            Line(
                text, self.left, top, self.right, bottom, height, 0.0, min(starts), stop, whole=True
            )
            for text in texts
            if text
        ]

    def _n_header_rows(self, matrix: list[list[str]], start: int) -> int:
        """Return how many rows name the columns."""
        if self.n_rows - start < 2:
            return 0
        cells = self._cells_in(start)
        deepest = max((cell.n_rows for cell in cells), default=1)
        if any(cell.n_columns > 1 for cell in cells) and len(cells) > 1:
            deepest = max(deepest, 2)
        if deepest > 1:
            rows = matrix[start : start + deepest]
            words = [cell for row in rows for cell in row if cell and not is_numeric(cell)]
            if deepest < self.n_rows - start and deepest <= 3 and len(words) > 1:
                return deepest
        if self.n_columns == 2 or not looks_like_header(matrix[start], self.n_columns):
            return 0
        return 2 if self._has_second_header(matrix, start) else 1

    def _has_second_header(self, matrix: list[list[str]], start: int) -> bool:
        if self.n_rows - start < 4:
            return False
        second, body = matrix[start + 1], matrix[start + 2 :]
        numeric = [c for c in range(self.n_columns) if all(is_numeric(row[c]) for row in body)]
        has_gap = not all(matrix[start])
        return (
            has_gap
            and len(numeric) > 0
            and not any(is_numeric(cell) for cell in second)
            and all(second[c] or matrix[start][c] for c in numeric)
        )

    def _names(self, matrix: list[list[str]], start: int, n_header: int) -> list[str]:
        """Return the full name of each column, from the outermost heading to the innermost."""
        names = [list[str]() for _ in range(self.n_columns)]
        for cell in self.cells:
            if start <= cell.row < start + n_header:
                for column in range(cell.column, cell.column + cell.n_columns):
                    if cell.text not in names[column]:
                        names[column].append(cell.text)
        return [" ".join(parts) for parts in names]


def _pair(name: str, value: str) -> str:
    """Return a row of two cells: ``name: value``."""
    if not (name and value):
        return name or value
    return f"{name} {value}" if name.endswith((":", "：")) else f"{name}: {value}"


def aligned_table(rows: Sequence[Row]) -> PageTable:
    """Return the table that rows of aligned segments make."""
    columns = columns_of(rows)
    cells: list[Cell] = []
    groups = logical_rows(rows, columns)
    for number, group in enumerate(groups):
        cells += _row_cells(number, group, columns)
    lines = [line for row in rows for line in row.segments]
    return PageTable(
        tuple(cells),
        len(groups),
        len(columns),
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )


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
        cells.append(Cell(top, left, bottom - top, right - left, tuple(held)))
    cells, n_rows = _without_empty_rows(cells)
    cells, n_columns = _without_empty_columns(cells)
    return PageTable(
        tuple(sorted(cells, key=lambda c: (c.row, c.column))), n_rows, n_columns, *grid.box
    )


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


def _without_empty_columns(cells: Sequence[Cell]) -> tuple[list[Cell], int]:
    kept = sorted({cell.column for cell in cells})
    place = {column: i for i, column in enumerate(kept)}
    found = []
    for c in cells:
        n = sum(1 for column in kept if c.column <= column < c.column + c.n_columns)
        found.append(Cell(c.row, place[c.column], c.n_rows, n, c.lines))
    return found, len(kept)
