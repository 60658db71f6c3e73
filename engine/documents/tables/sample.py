"""The upper rows of a table, and what they say of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.tables.grid import BOLD, DOWN, FILLED, LIKELY, MARKED, Row
from engine.documents.tables.kinds import Kind, is_name, is_total, kind_of


@dataclass(frozen=True)
class Column:
    """What stands under a name: kinds of the cells, most of them values or not."""

    kinds: list[Kind]
    texts: list[str]

    @property
    def of_values(self) -> bool:
        """Most are filled in."""
        return self._share((Kind.VALUE, Kind.CODE, Kind.ANSWER)) >= 0.6

    @property
    def of_numbers(self) -> bool:
        """Most are numbers, dates or the like."""
        return self._share((Kind.VALUE,)) >= 0.6

    @property
    def of_periods(self) -> bool:
        """Half are months, years or the like."""
        return self._share((Kind.PERIOD,)) >= 0.5

    def _share(self, kinds: tuple[Kind, ...]) -> float:
        return sum(kind in kinds for kind in self.kinds) / max(len(self.kinds), 1)

    @property
    def of_names(self) -> bool:
        """Many could name values themselves."""
        return sum(map(is_name, self.texts)) > 0.3 * len(self.texts)

    @property
    def of_prose(self) -> bool:
        """Most are sentences."""
        return sum(kind is Kind.PROSE for kind in self.kinds) > 0.5 * len(self.kinds)


class Sample:
    """The upper rows of a table.

    Args:
        rows: From the first one on.
        left: First grid column of the table.
        right: Column behind the last.

    Attributes:
        width: Columns that rows fill, but for a few that fill more.
        telling: By row whether it says what stands in a column: it has several cells, adds
            nothing up, and is no label with a value far to the right.
    """

    def __init__(self, rows: Sequence[Row], left: int, right: int) -> None:
        self.rows = rows
        self.left, self.right = left, right
        fills = sorted(map(self.fill, rows))
        self.width = fills[int(len(fills) * 0.7)] if fills else 0
        self.telling = list(map(self._tells, rows))

    def _tells(self, row: Row) -> bool:
        own = self.own(row)
        if len(own) < 2 or is_total(row.cells[own[0]]):
            return False
        return own[0] == self.left or len(own) > min(2, self.width / 2)

    def own(self, row: Row) -> list[int]:
        """Return the columns where cells of a row begin or go on from above."""
        return row.own(self.left, self.right)

    def begun(self, row: Row) -> list[int]:
        """Return the columns where cells begin, without those that go on from above."""
        return [at for at in self.own(row) if not row.look(at) & DOWN]

    def fill(self, row: Row) -> int:
        """Return in how many columns a row has text."""
        return sum(1 for cell in row.cells[self.left : self.right] if cell)

    def kinds(self, row: Row, columns: list[int]) -> list[Kind]:
        """Return what the cells of some columns are."""
        return [kind_of(row.cells[at], row.look(at)) for at in columns]

    def column(self, at: int, start: int) -> Column:
        """Return what stands in a column from a row on; the row above it may come again."""
        head = self.rows[start - 1].cells if start else ()
        found = [
            (row.cells[at], row.look(at))
            for row, telling in zip(self.rows[start:], self.telling[start:], strict=True)
            if telling and at < len(row.cells) and row.cells[at] and row.cells != head
        ]
        return Column([kind_of(*cell) for cell in found], [text for text, _ in found])

    def is_marked(self, row: Row) -> bool:
        """Tell whether the file says that a row names columns."""
        own = self.own(row)
        return len(own) > 1 and all(row.look(at) & MARKED for at in own)

    def shared_look(self, row: Row) -> int:
        """Return the looks that all cells of a row have."""
        looks = BOLD | FILLED | MARKED | LIKELY
        for at in self.own(row):
            looks &= row.look(at)
        return looks

    def contrast(self, row: Row, below: Sequence[Row]) -> int:
        """Return the looks that all cells of a row have and few of those below."""
        shared = self.shared_look(row)
        for flag, most in ((BOLD, 0.5), (FILLED, 0.3)):
            if shared & flag:
                looks = [
                    r.look(at) & flag
                    for r in below
                    for at in self.own(r)
                    if at > self.left or len(below) < 2
                ]
                if looks and sum(map(bool, looks)) > most * len(looks):
                    shared &= ~flag
        return shared

    def looks(self, first: int, end: int) -> int:
        """Return the looks that set a row of a header off."""
        found = 0
        for row in self.rows[first:end]:
            if len(self.own(row)) > 1:
                found |= self.contrast(row, self.rows[end:])
        return found
