"""The tables of a sheet: what blank rows and blank columns set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.documents.tables.forms import find_form
from engine.documents.tables.grid import Row
from engine.documents.tables.kinds import Kind, is_value, kind_of

_SAMPLE_ROWS = 60


@dataclass(frozen=True)
class Region:
    """Rows that belong together.

    Attributes:
        rows: One below the other on the sheet.
        left: First grid column.
        right: Column behind the last.
    """

    rows: list[Row]
    left: int
    right: int


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Split at blank rows."""
    block: list[Row] = []
    for row in rows:
        if not any(row.cells):
            continue
        if block and row.number > block[-1].number + 1:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _filled_columns(rows: Sequence[Row]) -> int:
    """Return the columns with text as bits; rows of one cell (titles) do not count."""
    filled = 0
    for row in rows:
        bits = 0
        for at, cell in enumerate(row.cells):
            if cell:
                bits |= 1 << at
        if bits & (bits - 1) and (bits | filled) != filled and len(row.own()) > 1:
            filled |= bits
    return filled


def _parts(filled: int) -> list[tuple[int, int]]:
    """Return the runs of filled columns as first and behind last."""
    parts: list[tuple[int, int]] = []
    at = 0
    while filled >> at:
        if filled >> at & 1:
            start = at
            while filled >> at & 1:
                at += 1
            parts.append((start, at))
        else:
            at += 1
    return parts


def _narrowed(rows: list[Row], left: int, right: int) -> list[Row]:
    return [row for row in rows if any(row.cells[left:right])]


def _stands_alone(rows: list[Row], left: int, right: int) -> bool:
    """Tell whether columns right of a blank one have names of their rows themselves.

    Its first column holds words that differ from row to row; figures would need the words of
    the table to their left.
    """
    if right - left < 2:
        return False
    own = [row for row in _narrowed(rows, left, right) if len(row.own(left, right)) > 1]
    firsts = [row.cells[left] for row in own[:_SAMPLE_ROWS] if row.own(left, right)[0] == left]
    words = [
        text for text in firsts if not is_value(kind_of(text)) and kind_of(text) is not Kind.EMPTY
    ]
    return (
        len(own) > 1
        and len(words) >= 0.7 * len(own[:_SAMPLE_ROWS])
        and len(set(words)) == len(words)
    )


def regions(rows: Sequence[Row]) -> Iterator[Region]:
    """Yield the tables of a sheet, from top to bottom, those side by side from left to right."""
    for block in _blocks(rows):
        width = max(len(row.cells) for row in block)
        parts = _parts(_filled_columns(block)) or [(0, width)]
        merged = [parts[0]]
        for left, right in parts[1:]:
            if _stands_alone(block, left, right) and _is_wide(merged[-1]):
                merged.append((left, right))
            else:
                merged[-1] = (merged[-1][0], right)
        if len(merged) == 1 or find_form(block, 0, width) is not None:
            yield Region(block, 0, width)
            continue
        for index, (left, _) in enumerate(merged):
            first = left if index else 0
            end = merged[index + 1][0] if index + 1 < len(merged) else width
            yield Region(_narrowed(block, first, end), first, end)


def _is_wide(part: tuple[int, int]) -> bool:
    return part[1] - part[0] > 1
