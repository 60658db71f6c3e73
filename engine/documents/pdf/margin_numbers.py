"""Numbers of lines in the margin, as drafts and pleadings have them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from engine.documents.pdf.page_lines import Line

Item = TypeVar("Item")

_FEWEST = 8
_MAX_DIGITS = 5
_LONG = 15
"""Length of a line of running text, in heights of the type."""


def margin_numbers(items: Sequence[Item]) -> tuple[list[Line], list[Item]]:
    """Return the numbers of lines, each column of them as one line, and all other items.

    A column of numbers that count by the same step, at least eight of them, with no text between
    them and the edge of all text, and running text on their rows.
    """
    lines = [item for item in items if isinstance(item, Line)]
    numbers = [i for i in lines if i.text.isdecimal() and len(i.text) <= _MAX_DIGITS]
    if len(numbers) < _FEWEST:
        return [], list(items)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    columns: dict[int, list[Line]] = {}
    for line in numbers:
        columns.setdefault(round(line.right / 3), []).append(line)
    found: list[Line] = []
    taken: set[int] = set()
    for column in columns.values():
        column.sort(key=lambda line: line.top)
        outermost = column[0].right - left < 30 or right - column[0].left < 30
        if len(column) >= _FEWEST and outermost and _count(column) and _number_text(column, lines):
            text = " ".join(line.text for line in column)
            found.append(replace(column[0], text=text, bottom=column[-1].bottom, whole=True))
            taken |= {id(line) for line in column}
    return found, [item for item in items if id(item) not in taken]


def _count(column: Sequence[Line]) -> bool:
    """Tell whether numbers count the lines of a page: by one step, at one distance."""
    values = [int(line.text) for line in column]
    step = values[1] - values[0]
    if step < 1 or any(b - a != step for a, b in itertools.pairwise(values)):
        return False
    gaps = [b.top - a.top for a, b in itertools.pairwise(column)]
    return max(gaps) < 1.5 * min(gaps)


def _number_text(column: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Tell whether the rows of numbers hold long lines rather than the cells of a table."""
    top, bottom = column[0].top, column[-1].bottom
    beside = [line for line in lines if top < line.bottom and line.top < bottom]
    long = [line for line in beside if line.right - line.left > _LONG * line.height]
    others = len(beside) - sum(1 for line in beside if line.text.isdecimal())
    return len(long) > 0.6 * others
