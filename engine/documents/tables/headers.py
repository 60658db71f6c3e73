"""Which rows of a table name its columns, by evidence in the file.

A wrong name is worse than none: rows without evidence name nothing. The evidence is, in this
order: what the file says (marked cells), looks (bold or filled above rows that are not), merged
cells over others, values under words, words that are known to name things. What speaks against a
header always counts: a value above values of its kind, a text that comes again below.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.cleaning import one_line
from engine.documents.tables.grid import ACROSS, BOLD, DOWN, FILLED, LIKELY, MARKED, Row, flat
from engine.documents.tables.kinds import (
    Kind,
    ends_in_colon,
    is_general,
    is_mark,
    is_name,
    is_total,
    is_unit,
    is_value,
    kind_of,
    without_colon,
)

_WITHIN_ROWS = 12
"""Titles, dates and remarks above a table take a few rows, not more."""

_SAMPLE_ROWS = 60
"""Rows below a header that are looked at."""

_MAX_DEPTH = 5
"""Rows of one header."""

_HEADS = (Kind.WORDS, Kind.PERIOD)


@dataclass(frozen=True)
class Header:
    """The rows that name the columns of a table.

    Attributes:
        first: Index of the first of them.
        end: Index of the first row below them.
        levels: By grid column the texts from top to bottom, each once; empty without a name.
        values: By grid column whether the rows below hold values there.
        numbers: Whether those are numbers or dates.
        looks: Flags that the cells of the last header row share and the rows below do not.
    """

    first: int
    end: int
    levels: tuple[tuple[str, ...], ...]
    values: tuple[bool, ...]
    numbers: tuple[bool, ...]
    looks: int

    @property
    def names(self) -> tuple[str, ...]:
        """Full name by grid column: ``FY2025, Second half``."""
        return tuple(map(joined, self.levels))


def joined(levels: Sequence[str]) -> str:
    """Return one name of the texts above a column: "Weight (kg)", "FY2025, Second half"."""
    name = ""
    for level in levels:
        if name and is_unit(level) and kind_of(level) is not Kind.PERIOD:
            name += f" {level}" if level[0] in "([（［" else f" ({level})"
        else:
            name += f", {level}" if name else level
    return name


def fill(row: Row, left: int, right: int) -> int:
    """Return in how many columns a row has text."""
    return sum(1 for cell in row.cells[left:right] if cell)


def are_names(row: Row, own: list[int]) -> bool:
    """Tell whether nearly all cells of a row, three or more, are known to name things."""
    return len(own) > 2 and sum(is_name(row.cells[at]) for at in own) >= 0.75 * len(own)


def _alternate(row: Row, left: int, right: int) -> bool:
    """Tell whether a row is a label, its value, another label and its value."""
    own = row.own(left, right)
    names = [is_name(row.cells[at]) for at in own]
    return len(own) > 3 and all(names[::2]) and not any(names[1::2])


def _own(row: Row, left: int, right: int) -> list[int]:
    """Return the columns where cells begin, without those that go on from above."""
    return [at for at in row.own(left, right) if not row.look(at) & DOWN]


def _shared_look(row: Row, left: int, right: int) -> int:
    looks = BOLD | FILLED | MARKED | LIKELY
    for at in row.own(left, right):
        looks &= row.look(at)
    return looks


def is_marked(row: Row, left: int, right: int) -> bool:
    """Tell whether the file says that a row names columns."""
    own = row.own(left, right)
    return len(own) > 1 and all(row.look(at) & MARKED for at in own)


def contrast(row: Row, below: Sequence[Row], left: int, right: int) -> int:
    """Return the looks that all cells of a row have and few of those below."""
    shared = _shared_look(row, left, right)
    for flag in (BOLD, FILLED):
        if shared & flag:
            looks = [
                r.look(at) & flag
                for r in below
                for at in r.own(left, right)
                if at > left or len(below) < 2
            ]
            if looks and sum(map(bool, looks)) > (0.5 if flag == BOLD else 0.3) * len(looks):
                shared &= ~flag
    return shared


@dataclass(frozen=True)
class _Column:
    """What stands under a name: kinds of the cells, most of them values or not."""

    kinds: list[Kind]
    texts: list[str]

    @property
    def of_values(self) -> bool:
        return self._share((Kind.VALUE, Kind.CODE, Kind.ANSWER)) >= 0.6

    @property
    def of_numbers(self) -> bool:
        return self._share((Kind.VALUE,)) >= 0.6

    @property
    def of_periods(self) -> bool:
        return self._share((Kind.PERIOD,)) >= 0.5

    def _share(self, kinds: tuple[Kind, ...]) -> float:
        return sum(kind in kinds for kind in self.kinds) / max(len(self.kinds), 1)

    @property
    def of_names(self) -> bool:
        return sum(map(is_name, self.texts)) > 0.3 * len(self.texts)

    @property
    def of_prose(self) -> bool:
        return sum(kind is Kind.PROSE for kind in self.kinds) > 0.5 * len(self.kinds)


class _Judge:
    """Looks at one table: whether some of its rows name its columns."""

    def __init__(self, rows: Sequence[Row], left: int, right: int, *, document: bool) -> None:
        self.rows = rows[: _WITHIN_ROWS + _SAMPLE_ROWS]
        self.left, self.right = left, right
        self.document = document
        own = [row.own(left, right) for row in self.rows]
        # Rows that say what stands in a column: of several cells, and no total.
        self._telling = [
            len(at) > 1 and not is_total(row.cells[at[0]])
            for row, at in zip(self.rows, own, strict=True)
        ]
        fills = sorted(fill(row, left, right) for row in self.rows)
        self.width = fills[int(len(fills) * 0.7)] if fills else 0

    def find(self) -> Header | None:
        """Return the header; None where nothing speaks for one."""
        seen_full = False
        for first, row in enumerate(self.rows[:_WITHIN_ROWS]):
            own = row.own(self.left, self.right)
            if len(own) < 2:
                continue
            full = fill(row, self.left, self.right) >= 0.6 * self.width
            end = self._end(first)
            certain = is_marked(row, self.left, self.right) or bool(self._looks(first, end))
            if (not full or seen_full) and not certain and not are_names(row, own):
                continue
            if seen_full and end >= len(self.rows):
                break  # nothing below it that it could be told from
            if self._accepted(first, end):
                return self._header(first, end)
            seen_full = True
        return None

    def _contrast(self, end: int) -> int:
        return contrast(self.rows[end - 1], self.rows[end:], self.left, self.right)

    def _looks(self, first: int, end: int) -> int:
        """Return the looks that set a row of a header off."""
        found = 0
        for row in self.rows[first:end]:
            if len(row.own(self.left, self.right)) > 1:
                found |= contrast(row, self.rows[end:], self.left, self.right)
        return found

    # --- how many rows ---------------------------------------------------------------

    def _end(self, first: int) -> int:
        end = first + 1
        while end < min(len(self.rows), first + _MAX_DEPTH) and self._goes_on(end):
            end += 1
        return end

    def _goes_on(self, at: int) -> bool:
        """Tell whether row ``at`` is header too, given that the one above it is."""
        above, row = self.rows[at - 1], self.rows[at]
        if is_marked(row, self.left, self.right):
            return True
        if at + 1 >= len(self.rows) or is_marked(above, self.left, self.right):
            return self._are_units(row, at)
        own = _own(row, self.left, self.right)
        if self._are_units(row, at):
            return True
        if not own or len(row.own(self.left, self.right)) == 1:
            return False
        kinds = [kind_of(row.cells[c], row.look(c)) for c in own]
        if any(is_value(kind) or kind is Kind.PROSE for kind in kinds):
            return self._is_run(at)
        if any(row.look(c) & DOWN for c in row.own(self.left, self.right)):
            return True
        if own[0] > self.left and all(kind is Kind.PERIOD for kind in kinds):
            return True
        across = [c for c in range(self.left, self.right) if above.look(c) & ACROSS]
        if across:
            return all(c < len(row.cells) and row.cells[c] for c in across)
        if self._contrast(at + 1) and _shared_look(above, self.left, self.right) & BOLD:
            return True
        return self._is_above_gaps(at)

    def _is_above_gaps(self, at: int) -> bool:
        """Tell whether a row fills the gaps of the one above it, and values follow."""
        above, row = self.rows[at - 1], self.rows[at]
        gaps = [
            c
            for c in range(self.left, min(self.right, len(row.cells)))
            if row.cells[c] and not (c < len(above.cells) and above.cells[c])
        ]
        if len(_own(above, self.left, self.right)) < 2 or not self._reach_over(above, row):
            return False
        below = [self._column(c, at + 1) for c in gaps]
        return bool(below) and all(column.of_values for column in below if column.kinds)

    def _reach_over(self, above: Row, row: Row) -> bool:
        """Tell whether each cell of a row has gaps to its right, or nothing below it."""
        groups = _own(above, self.left, self.right)
        n_over = 0
        for at, following in itertools.zip_longest(groups, groups[1:], fillvalue=self.right):
            below = [c for c in range(at, following) if c < len(row.cells) and row.cells[c]]
            if len(below) == 1 and below[0] == at:
                return False
            n_over += len(below) > 1
        return n_over > 0

    def _are_units(self, row: Row, at: int) -> bool:
        own = _own(row, self.left, self.right)
        if not own or at + 1 >= len(self.rows):
            return False
        return all(is_unit(row.cells[c]) for c in own)

    def _is_run(self, at: int) -> bool:
        """Tell whether a row counts up over others that do not: the days above a rota."""
        row = self.rows[at]
        first = flat(row.cells[self.left]) if self.left < len(row.cells) else ""
        if kind_of(first) not in (Kind.EMPTY, Kind.WORDS) or at + 1 >= len(self.rows):
            return False
        return self._counts_up(row) and not self._counts_up(self.rows[at + 1])

    def _counts_up(self, row: Row) -> bool:
        texts = [flat(row.cells[c]) for c in row.own(self.left, self.right) if c > self.left]
        numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 5]
        if len(numbers) < 3 or len(numbers) < len(texts) - 1:
            return False
        steps = {b - a for a, b in itertools.pairwise(numbers)}
        return len(steps) == 1 and steps != {0}

    # --- whether it is one -----------------------------------------------------------

    def _column(self, at: int, start: int) -> _Column:
        found = [
            (row.cells[at], row.look(at))
            for row, telling in zip(self.rows[start:], self._telling[start:], strict=True)
            if telling and at < len(row.cells) and row.cells[at]
        ]
        return _Column([kind_of(*cell) for cell in found], [text for text, _ in found])

    def _leaves(self, first: int, end: int) -> dict[int, tuple[str, Kind]]:
        """Return by column the lowest text of a header that is no unit."""
        found: dict[int, tuple[str, Kind]] = {}
        for row in self.rows[first:end]:
            for at in range(self.left, min(self.right, len(row.cells))):
                text = flat(row.cells[at])
                if text and not (at in found and is_unit(text)):
                    found[at] = (text, kind_of(text, row.look(at)))
        return found

    def _holds_values(self, row: Row) -> bool:
        """Tell whether most cells of a row are values."""
        texts = {c: row.cells[c] for c in row.own(self.left, self.right)}
        kinds = [kind_of(text, row.look(c)) for c, text in texts.items()]
        n_values = sum(kind in (Kind.VALUE, Kind.CODE) for kind in kinds)
        return n_values > len(kinds) / 2

    def _are_labels(self, texts: list[str], columns: dict[int, _Column]) -> bool:
        """Tell whether cells say by a colon that their values stand beside them."""
        n_colons = sum(map(ends_in_colon, texts))
        below = any(ends_in_colon(text) for column in columns.values() for text in column.texts)
        return 0 < n_colons < len(texts) or (n_colons > 0 and below)

    def _is_regular(self, first: int, end: int) -> bool:
        """Tell whether most rows are divided as the header is; forms are not."""
        head = self.rows[end - 1]
        n_rows = n_regular = 0
        for row, telling in zip(self.rows[end:], self._telling[end:], strict=True):
            if telling:
                n_rows += 1
                own = row.own(self.left, self.right)
                n_regular += all(row.end(c) == c + 1 or row.end(c) == head.end(c) for c in own)
        return n_regular >= 0.6 * n_rows

    def _accepted(self, first: int, end: int) -> bool:
        rows = self.rows[first:end]
        if any(is_marked(row, self.left, self.right) for row in rows):
            return True
        leaves = self._leaves(first, end)
        run = any(map(self._is_run, range(first, end)))
        if any(
            self._holds_values(row) and not self._is_run(at) for at, row in enumerate(rows, first)
        ):
            return False
        columns = {c: self._column(c, end) for c in range(self.left, self.right)}
        for c, (text, kind) in leaves.items():
            names_ticks = not is_mark(text) and all(map(is_mark, columns[c].texts))
            if kind is Kind.ANSWER and not is_name(text) and not names_ticks:
                return False
        n_for = n_votes = n_against = n_values = n_periods = 0
        for c, (text, kind) in leaves.items():
            column = columns[c]
            n_votes += is_name(text) and (not column.of_names or is_general(text))
            if kind in (Kind.VALUE, Kind.CODE) and not run:
                n_values += 1
                n_against += column.of_values or not column.kinds
            elif kind is Kind.PERIOD:
                n_periods += 1
                n_for += column.of_values
                n_against += column.of_periods
            elif column.of_values:
                n_for += 1
            else:
                n_against += text in map(flat, column.texts)
        if n_against:
            return False
        if self._looks(first, end) & (BOLD | FILLED | LIKELY):
            return n_values <= len(leaves) / 2
        if n_values or any(kind is Kind.PROSE for _, kind in leaves.values()):
            return False
        texts = [text for text, _ in leaves.values()]
        if not self._is_regular(first, end) or self._are_labels(texts, columns):
            return False
        if run or (n_periods > 1 and n_periods >= len(leaves) - 1):
            return True
        if _alternate(self.rows[first], self.left, self.right):
            return False
        return self._is_likely(texts, columns, n_for, n_votes, end)

    def _is_likely(
        self, texts: list[str], columns: dict[int, _Column], n_for: int, n_votes: int, end: int
    ) -> bool:
        """Decide by words and values alone."""
        has_body = any(column.kinds for column in columns.values())
        if not has_body:
            return n_votes >= max(2, len(texts) / 2)
        if self.right - self.left == 2 or len(texts) == 2 == self.width:
            if any(map(is_general, texts)) and n_votes:
                return True
            if n_votes == 2 or n_for == 2:
                return True
            return n_votes == 1 and n_for > 0 and self._names(columns, texts)
        if n_for or n_votes >= len(texts) / 2 or _share_a_word(texts):
            return True
        prose = any(column.of_prose for column in columns.values())
        return self.document or (prose and n_votes > 0)

    def _names(self, columns: dict[int, _Column], texts: list[str]) -> bool:
        """Tell whether two columns are a table rather than labels with values."""
        first, second = (columns[c] for c in sorted(columns)[:2])
        return (
            second.of_values
            and (is_name(texts[-1]) or len(second.kinds) > 2)
            and not first.of_names
        )

    # --- its names -------------------------------------------------------------------

    def _header(self, first: int, end: int) -> Header:
        while first > 0 and self._is_group_row(first):
            first -= 1
        rows = [self._level(index, end) for index in range(first, end)]
        levels = []
        for at in range(self.right):
            column: list[str] = []
            for row in rows:
                text = one_line(row[at]) if self.left <= at < len(row) else ""
                if text and (not column or column[-1] != text):
                    column.append(without_colon(text))
            levels.append(tuple(column))
        values = tuple(
            at >= self.left and self._column(at, end).of_values for at in range(self.right)
        )
        numbers = tuple(
            at >= self.left and self._column(at, end).of_numbers for at in range(self.right)
        )
        return Header(first, end, tuple(levels), values, numbers, self._looks(first, end))

    def _is_group_row(self, first: int) -> bool:
        """Tell whether the row above a header groups its columns."""
        above, row = self.rows[first - 1], self.rows[first]
        own = _own(above, self.left, self.right)
        if above.number + 1 != row.number or not own:
            return False
        across = [above.end(c) - c for c in own]
        covers_all = len(own) == 1 and fill(above, self.left, self.right) >= min(
            self.width, self.right - self.left
        )
        kinds = [kind_of(above.cells[c], above.look(c)) for c in own]
        if covers_all or any(kind not in _HEADS for kind in kinds):
            return False
        if max(across) > 1:
            return own[0] > self.left or len(own) > 1
        return len(own) > 1 and self._reach_over(above, row)

    def _level(self, index: int, end: int) -> list[str]:
        """Return the texts of one header row; unmerged groups reach to the next one."""
        row = self.rows[index]
        cells = list(row.cells[: self.right])
        if index == end - 1 or any(look & (ACROSS | DOWN) for look in row.looks):
            return cells
        below = self.rows[index + 1]
        if is_marked(row, self.left, self.right) and not is_marked(below, self.left, self.right):
            return cells
        cells += [""] * (len(below.cells[: self.right]) - len(cells))
        for at in range(self.left + 1, len(cells)):
            named_below = at < len(below.cells) and below.cells[at]
            if not cells[at] and cells[at - 1] and named_below and at - 1 > self.left:
                cells[at] = cells[at - 1]
        return cells


def _share_a_word(texts: list[str]) -> bool:
    """Tell whether names have a word in common at their end or beginning: "Late shift"."""
    words = [text.split() for text in texts[1:] if len(text.split()) > 1]
    for place in (0, -1):
        found = [each[place].casefold() for each in words if len(each[place]) > 2]
        if len(found) > 1 and len(set(found)) == 1 and len(found) >= (len(texts) - 1) / 2:
            return True
    return False


def find_header(
    rows: Sequence[Row], left: int, right: int, *, document: bool = False
) -> Header | None:
    """Return the header of a table.

    Args:
        rows: The table from its first row on; only the first of them are looked at.
        left: First grid column.
        right: Column behind the last.
        document: The table stands in running text, where most tables have a header.
    """
    return _Judge(rows, left, right, document=document).find()
