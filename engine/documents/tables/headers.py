"""The header of a table: which rows it has, and the full name of each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.cleaning import one_line
from engine.documents.tables.grid import ACROSS, DOWN, Row
from engine.documents.tables.header_evidence import is_header
from engine.documents.tables.header_rows import end_of_header, reach_over
from engine.documents.tables.kinds import Kind, is_name, is_unit, kind_of, without_colon
from engine.documents.tables.sample import Sample

_WITHIN_ROWS = 12
"""Titles, dates and remarks above a table take a few rows, not more."""

_SAMPLE_ROWS = 60
"""Rows below a header that are looked at."""

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
        if name and level[0] in "([（［" and is_unit(level):
            name += f" {level}"
        else:
            name += f", {level}" if name else level
    return name


def are_names(row: Row, own: list[int]) -> bool:
    """Tell whether nearly all cells of a row, three or more, are known to name things."""
    return len(own) > 2 and sum(is_name(row.cells[at]) for at in own) >= 0.75 * len(own)


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
    sample = Sample(rows[: _WITHIN_ROWS + _SAMPLE_ROWS], left, right)
    return _find(sample, document=document)


def _find(sample: Sample, *, document: bool) -> Header | None:
    """Return the header; None where nothing speaks for one."""
    n_widest = 0  # cells of the widest row so far that is no header
    for first, row in enumerate(sample.rows[:_WITHIN_ROWS]):
        own = sample.own(row)
        if len(own) < 2:
            continue
        full = sample.fill(row) >= 0.6 * sample.width and len(own) > n_widest
        end = end_of_header(sample, first)
        certain = sample.is_marked(row) or bool(sample.looks(first, end))
        if not full and not certain and not are_names(row, own):
            continue
        if n_widest and end >= len(sample.rows):
            break  # nothing below it that it could be told from
        if is_header(sample, first, end, document=document):
            return _header(sample, first, end)
        n_widest = max(n_widest, len(own))
    return None


def _header(sample: Sample, first: int, end: int) -> Header:
    while first > 0 and _is_group_row(sample, first):
        first -= 1
    rows = [_level(sample, index, end) for index in range(first, end)]
    rows[1:] = [_as_units(row) for row in rows[1:]]
    levels = []
    for at in range(sample.right):
        column: list[str] = []
        for row in rows:
            text = one_line(row[at]) if sample.left <= at < len(row) else ""
            if text and (not column or column[-1] != text):
                column.append(without_colon(text))
        levels.append(tuple(column))
    below = [sample.column(at, end) for at in range(sample.right)]
    return Header(
        first,
        end,
        tuple(levels),
        tuple(column.of_values for column in below),
        tuple(column.of_numbers for column in below),
        sample.looks(first, end),
    )


def _as_units(row: list[str]) -> list[str]:
    """Return the texts of a header row, those of units alone in brackets."""
    if not all(is_unit(text) and kind_of(text) is not Kind.PERIOD for text in row if text):
        return row
    return [f"({text})" if text and text[0] not in "([（［" else text for text in row]


def _is_group_row(sample: Sample, first: int) -> bool:
    """Tell whether the row above a header groups its columns."""
    above, row = sample.rows[first - 1], sample.rows[first]
    own = sample.begun(above)
    if above.number + 1 != row.number or not own:
        return False
    across = [above.end(c) - c for c in own]
    covers_all = len(own) == 1 and sample.fill(above) >= min(
        sample.width, sample.right - sample.left
    )
    if covers_all or any(kind not in _HEADS for kind in sample.kinds(above, own)):
        return False
    if max(across) > 1:
        return own[0] > sample.left or len(own) > 1
    return len(own) > 1 and reach_over(sample, above, row)


def _level(sample: Sample, index: int, end: int) -> list[str]:
    """Return the texts of one header row; unmerged groups reach to the next one."""
    row = sample.rows[index]
    cells = list(row.cells[: sample.right])
    if index == end - 1 or any(look & (ACROSS | DOWN) for look in row.looks):
        return cells
    below = sample.rows[index + 1]
    if sample.is_marked(row) and not sample.is_marked(below):
        return cells
    cells += [""] * (len(below.cells[: sample.right]) - len(cells))
    for at in range(sample.left + 1, len(cells)):
        named_below = at < len(below.cells) and below.cells[at]
        if not cells[at] and cells[at - 1] and named_below and at - 1 > sample.left:
            cells[at] = cells[at - 1]
    return cells
