"""Numbers of lines in the margin, as drafts and pleadings have them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from engine.documents.pdf.page_lines import Line

_FEWEST = 8
_MAX_DIGITS = 5


def margin_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the numbers of lines, each column of them as one line, and all other lines.

    A column of numbers that count by the same step, at least eight of them, with no text of the
    same rows between them and the edge of all text.
    """
    numbers = [i for i in lines if i.text.isdecimal() and len(i.text) <= _MAX_DIGITS]
    if len(numbers) < _FEWEST:
        return [], list(lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    columns: dict[int, list[Line]] = {}
    for line in numbers:
        columns.setdefault(round(line.right / 3), []).append(line)
    found: list[Line] = []
    taken: set[int] = set()
    for column in columns.values():
        column.sort(key=lambda line: line.top)
        outermost = column[0].right - left < 30 or right - column[0].left < 30
        if len(column) >= _FEWEST and outermost and _count(column):
            text = " ".join(line.text for line in column)
            found.append(replace(column[0], text=text, bottom=column[-1].bottom, whole=True))
            taken |= {id(line) for line in column}
    return found, [line for line in lines if id(line) not in taken]


def _count(column: Sequence[Line]) -> bool:
    """Tell whether numbers count the lines of a page: by one step, at one distance."""
    values = [int(line.text) for line in column]
    step = values[1] - values[0]
    if step < 1 or any(b - a != step for a, b in itertools.pairwise(values)):
        return False
    gaps = [b.top - a.top for a, b in itertools.pairwise(column)]
    return max(gaps) < 1.5 * min(gaps)
