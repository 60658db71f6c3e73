"""Cells as a grid: each column of the grid has its place, whatever is merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.documents.limits import MAX_SHEET_COLUMNS

BOLD = 1
"""All text of the cell is bold."""
FILLED = 2
"""The cell has a background of its own."""
NUMBER = 4
"""The file stores a number, a date or a time, not text."""
MARKED = 8
"""The file says that this cell names others: ``<th>``, ``w:tblHeader``, head of a table object."""
LIKELY = 16
"""The file hints at it: frozen rows, first row of a styled table."""
ACROSS = 32
"""Goes on from the cell to the left: both are merged."""
DOWN = 64
"""Goes on from the cell above."""

_MAX_SPANNED_CELLS = 200_000
"""Cells that merging may add to a table; beyond, every cell is one column wide."""

_MAX_SPANNED_ROWS = 5_000


@lru_cache(maxsize=4096)
def has(looks: bytes, flags: int) -> bool:
    """Tell whether a row has a cell with any of some flags; few rows differ in their looks."""
    return any(look & flags for look in looks)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table or sheet.

    Attributes:
        number: 1-based row on the sheet, or position in the table.
        cells: Text by grid column, empty where there is none. A merged cell stands in every
            column and row that it covers. Paragraphs of a cell are lines.
        looks: Flags by grid column (:data:`BOLD`, ...); columns beyond its end have none.
    """

    number: int
    cells: tuple[str, ...]
    looks: bytes = b""

    def look(self, column: int) -> int:
        """Return the flags of a column."""
        return self.looks[column] if column < len(self.looks) else 0

    def own(self, left: int = 0, right: int | None = None) -> list[int]:
        """Return the columns where a cell with text begins or goes on from above."""
        cells = self.cells if right is None else self.cells[:right]
        if not has(self.looks, ACROSS):
            return [at for at in range(left, len(cells)) if cells[at]]
        return [at for at in range(left, len(cells)) if cells[at] and not self.look(at) & ACROSS]

    def end(self, column: int) -> int:
        """Return the column behind the cell that begins in ``column``."""
        column += 1
        while column < len(self.looks) and self.looks[column] & ACROSS:
            column += 1
        return column


def flat(text: str) -> str:
    """Return the text of a cell on one line."""
    return " ".join(filter(None, text.split("\n"))) if "\n" in text else text


@lru_cache(maxsize=1024)
def column_name(position: int) -> str:
    """Return ``A`` for 0, ``AA`` for 26."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class GridBuilder:
    """Puts the cells of a document's table, which come row by row, in their columns."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._cells: list[str] = []
        self._looks: list[int] = []
        self._hanging: dict[int, tuple[int, str, int]] = {}
        self._n_spanned = 0

    def cell(self, text: str, *, n_columns: int = 1, n_rows: int = 1, look: int = 0) -> None:
        """Add the next cell of the row, right of those that hang down from above."""
        self._take_hanging()
        at = len(self._cells)
        n_columns = max(1, min(n_columns, MAX_SHEET_COLUMNS - at))
        n_rows = max(1, min(n_rows, _MAX_SPANNED_ROWS))
        self._n_spanned += n_columns * n_rows - 1
        if self._n_spanned > _MAX_SPANNED_CELLS:
            n_columns = n_rows = 1
        for offset in range(n_columns):
            self._put(text, look | (ACROSS if offset else 0))
            if n_rows > 1:
                self._hanging[at + offset] = (n_rows - 1, text, self._looks[-1] | DOWN)

    def skip(self, n_columns: int) -> None:
        """Leave columns of the row without a cell."""
        for _ in range(min(n_columns, MAX_SHEET_COLUMNS)):
            self._put("", 0)

    def go_on_across(self) -> None:
        """Add a column to the cell before."""
        self._put(self._cells[-1], self._looks[-1] | ACROSS) if self._cells else self.skip(1)

    def go_on_down(self, n_columns: int = 1) -> None:
        """Add a cell that belongs to the one above it."""
        above = self.rows[-1] if self.rows else Row(0, ())
        for _ in range(max(1, min(n_columns, MAX_SHEET_COLUMNS))):
            at = len(self._cells)
            text = above.cells[at] if at < len(above.cells) else ""
            self._put(text, (above.look(at) | DOWN) if text else 0)

    def end_row(self, *, likely: bool = False) -> None:
        """Finish the row.

        Args:
            likely: It is the kind of row that names columns.
        """
        self._take_hanging()
        looks = bytes(look | LIKELY for look in self._looks) if likely else bytes(self._looks)
        self.rows.append(Row(len(self.rows) + 1, tuple(self._cells), looks))
        self._cells, self._looks = [], []

    def _put(self, text: str, look: int) -> None:
        self._cells.append(text)
        self._looks.append(look)

    def _take_hanging(self) -> None:
        while (hanging := self._hanging.pop(len(self._cells), None)) is not None:
            n_rows, text, look = hanging
            if n_rows > 1:
                self._hanging[len(self._cells)] = (n_rows - 1, text, look)
            self._put(text, look)


_VALUE_LINE = re.compile(r"[\s¥￥$€£+\-−△▲(]*[\d０-９]")


def unfolded(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield rows, those whose cells hold parallel paragraphs once a paragraph.

    People type several entries into one row and keep them side by side by line ends alone. It
    is taken for that where the cells with several lines have as many as each other, and one
    of them has a number in each or all lines are short.
    """
    for at, row in enumerate(rows):
        if not is_parallel(row, names=at == 0):
            yield row
            continue
        lines = [cell.split("\n") if "\n" in cell else None for cell in row.cells]
        n_lines = max(len(each) for each in lines if each is not None)
        for index in range(n_lines):
            cells = (
                cell if each is None else each[index]
                for cell, each in zip(row.cells, lines, strict=True)
            )
            if any(each is not None and each[index] for each in lines):
                yield Row(row.number, tuple(cells), row.looks)


def is_parallel(row: Row, *, names: bool = False) -> bool:
    """Tell whether the lines of a row's cells are entries side by side.

    Args:
        row: Its cells have lines.
        names: It may name columns, in lines that belong together.
    """
    several = [cell.split("\n") for cell in row.cells if "\n" in cell]
    if len(several) < 2 or any(look & (ACROSS | DOWN | MARKED) for look in row.looks):
        return False
    n_lines = len(several[0])
    n_blank = sum(not line for lines in several for line in lines)
    if any(len(lines) != n_lines for lines in several) or n_blank > 0.4 * n_lines * len(several):
        return False
    longest = max(len(line) for lines in several for line in lines)
    has_values = any(
        sum(bool(_VALUE_LINE.match(line)) for line in lines if line) >= 0.8 * n_lines
        for lines in several
    )
    if names:
        return longest <= 60 and has_values and n_lines > 2
    return longest <= 60 and (has_values or (n_lines > 2 and longest <= 30))
