"""How many rows a header has: levels that are merged, units, days of the week."""

from __future__ import annotations

import itertools

from engine.documents.tables.grid import ACROSS, BOLD, DOWN, Row, flat
from engine.documents.tables.kinds import Kind, is_unit, is_value, kind_of
from engine.documents.tables.sample import Sample

_MAX_DEPTH = 5
"""Rows of one header."""


def end_of_header(sample: Sample, first: int) -> int:
    """Return the row below a header that begins with row ``first``."""
    end = first + 1
    while end < min(len(sample.rows), first + _MAX_DEPTH) and _goes_on(sample, end):
        end += 1
    return end


def _goes_on(sample: Sample, at: int) -> bool:
    """Tell whether row ``at`` is header too, given that the one above it is."""
    above, row = sample.rows[at - 1], sample.rows[at]
    if sample.is_marked(row):
        return True
    if at + 1 >= len(sample.rows) or sample.is_marked(above):
        return _are_units(sample, row, at)
    own = sample.begun(row)
    if _are_units(sample, row, at):
        return True
    if not own or len(sample.own(row)) == 1:
        return False
    kinds = sample.kinds(row, own)
    if any(is_value(kind) or kind is Kind.PROSE for kind in kinds):
        return is_run(sample, at)
    if any(row.look(c) & DOWN for c in sample.own(row)):
        return True
    if own[0] > sample.left and all(kind is Kind.PERIOD for kind in kinds):
        return True
    across = [c for c in range(sample.left, sample.right) if above.look(c) & ACROSS]
    if across:
        return all(c < len(row.cells) and row.cells[c] for c in across)
    if sample.contrast(row, sample.rows[at + 1 :]) and sample.shared_look(above) & BOLD:
        return True
    return _is_above_gaps(sample, at)


def _is_above_gaps(sample: Sample, at: int) -> bool:
    """Tell whether a row fills the gaps of the one above it, and values follow."""
    above, row = sample.rows[at - 1], sample.rows[at]
    gaps = [
        c
        for c in range(sample.left, min(sample.right, len(row.cells)))
        if row.cells[c] and not (c < len(above.cells) and above.cells[c])
    ]
    if len(sample.begun(above)) < 2 or not reach_over(sample, above, row):
        return False
    below = [sample.column(c, at + 1) for c in gaps]
    return bool(below) and all(column.of_values for column in below if column.kinds)


def reach_over(sample: Sample, above: Row, row: Row) -> bool:
    """Tell whether each cell of a row has gaps to its right, or nothing below it."""
    groups = sample.begun(above)
    n_over = 0
    for at, following in itertools.zip_longest(groups, groups[1:], fillvalue=sample.right):
        below = [c for c in range(at, following) if c < len(row.cells) and row.cells[c]]
        if len(below) == 1 and below[0] == at:
            return False
        n_over += len(below) > 1
    return n_over > 0


def _are_units(sample: Sample, row: Row, at: int) -> bool:
    own = sample.begun(row)
    if not own or at + 1 >= len(sample.rows):
        return False
    return all(is_unit(row.cells[c]) for c in own)


def is_run(sample: Sample, at: int) -> bool:
    """Tell whether a row counts up over others that do not: the days above a rota."""
    row = sample.rows[at]
    first = flat(row.cells[sample.left]) if sample.left < len(row.cells) else ""
    if kind_of(first) not in (Kind.EMPTY, Kind.WORDS) or at + 1 >= len(sample.rows):
        return False
    return _counts_up(sample, row) and not _counts_up(sample, sample.rows[at + 1])


def _counts_up(sample: Sample, row: Row) -> bool:
    texts = [flat(row.cells[c]) for c in sample.own(row) if c > sample.left]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 5]
    if len(numbers) < 3 or len(numbers) < len(texts) - 1:
        return False
    steps = {b - a for a, b in itertools.pairwise(numbers)}
    return len(steps) == 1 and steps != {0}
