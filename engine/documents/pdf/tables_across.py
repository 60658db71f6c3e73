"""Tables that go on from page to page: the names of the columns stand on the first one only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.documents.pdf.aligned_rows import rows_of as aligned_rows
from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.page_tables import PageTable
from engine.documents.pdf.reading_order import Placed, middle
from engine.documents.tables.grid import Row
from engine.documents.tables.headers import find_header

_RUNNING_ROWS = 2
"""Rows above or below a table that are the head or the foot of the page."""

_MAX_HEAD_ROWS = 5
_FEWEST_NAMES = 3
"""Columns of a table whose head alone stands at the end of a page."""


@dataclass(frozen=True)
class _Open:
    """A table that reached the end of its page."""

    columns: tuple[tuple[float, float], ...]
    head: tuple[Row, ...]


class TablesAcross:
    """Remembers the last table of a page for the next one; pages come in their order."""

    def __init__(self) -> None:
        self._before: _Open | None = None
        self._found: list[tuple[PageTable, Sequence[Row]]] = []
        self._middles: list[float] = []
        self._lines: list[Line] = []

    def begin_page(self, items: Sequence[Placed]) -> None:
        """Take what stands on the next page."""
        open_tables = [
            (table, rows)
            for table, rows in self._found
            if self._n_rows(table.bottom, 9e9) <= _RUNNING_ROWS
        ]
        self._before = self._lone_head()
        if open_tables:
            table, rows = max(open_tables, key=lambda found: found[0].bottom)
            head = _head_of(rows)
            self._before = _Open(table.columns, head) if head else None
        self._found = []
        self._lines = [item for item in items if isinstance(item, Line) and not item.whole]
        self._middles = sorted(map(middle, items))

    def _lone_head(self) -> _Open | None:
        """Return the names of columns at the end of a page, where no row came below them."""
        rows = aligned_rows(self._lines)[-1 - _RUNNING_ROWS :]
        lowest = max((table.bottom for table, _ in self._found), default=0.0)
        for row in rows:
            if len(row.segments) >= _FEWEST_NAMES and row.top > lowest and row.is_level:
                columns = tuple((line.left, line.right) for line in row.segments)
                return _Open(columns, (Row(0, tuple(line.text for line in row.segments)),))
        return None

    def _n_rows(self, top: float, bottom: float) -> int:
        """Return how many rows stand between two heights, roughly."""
        within = [place for place in self._middles if top < place < bottom]
        return sum(1 for i, place in enumerate(within) if not i or place - within[i - 1] > 3)

    def rows_of(self, table: PageTable, rows: list[Row]) -> list[Row]:
        """Return the rows of a table of this page, the head of the page before in front.

        Rows of that head have numbers below 1.
        """
        before = self._before
        self._before = None
        if (
            before
            and self._n_rows(-9e9, table.top) <= _RUNNING_ROWS
            and _same_columns(before, table)
        ):
            numbered = [
                replace(row, number=at - len(before.head) + 1) for at, row in enumerate(before.head)
            ]
            own = _head_of(rows)
            if not own or own[0].cells != before.head[0].cells:
                whole = [*numbered, *rows]
                if len(_head_of(whole)) == len(numbered):
                    rows = whole
        self._found.append((table, rows))
        return rows


def _head_of(rows: Sequence[Row]) -> tuple[Row, ...]:
    width = max((len(row.cells) for row in rows), default=0)
    header = find_header(rows[:80], 0, width, document=True) if len(rows) > 1 else None
    if header is None or header.first or header.end > _MAX_HEAD_ROWS:
        return ()
    return tuple(rows[: header.end])


def _same_columns(before: _Open, table: PageTable) -> bool:
    if len(before.columns) != len(table.columns):
        return False
    return all(
        min(one[1], other[1]) - max(one[0], other[0]) > 0
        for one, other in zip(before.columns, table.columns, strict=True)
    )
