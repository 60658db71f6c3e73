"""Rows of segments that stand below each other in columns: tables without ruled columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from engine.documents.pdf.page_lines import Line, is_marker
from engine.documents.pdf.reading_order import middle
from engine.documents.tables.kinds import is_value, kind_of

_SHORT = 16
"""Characters of a cell in a column of names or values."""

_LOOK_BACK = 8
"""Rows that a further one is compared with."""

_LEADER = re.compile(r"(?:[.·・…‥_]\s?){4}$|^(?:[.·・…‥_]\s?){4}")
"""Dots that lead from a title to its page."""

Interval = tuple[float, float]


@dataclass
class Row:
    """Segments on one base line, from left to right."""

    segments: list[Line] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Of its highest segment."""
        return min(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        """Of its lowest segment."""
        return max(segment.bottom for segment in self.segments)

    @property
    def height(self) -> float:
        """Of its type."""
        return max(segment.height for segment in self.segments)

    @property
    def is_level(self) -> bool:
        """Whether all segments stand on one base line."""
        bottoms = [segment.bottom for segment in self.segments]
        return max(bottoms) - min(bottoms) < 0.3 * self.height


def _is_value(text: str) -> bool:
    return is_value(kind_of(text))


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return lines by base line, from the top; each row from the left."""
    rows: list[Row] = []
    for line in sorted(lines, key=middle):
        row = rows[-1] if rows else None
        if row is not None and _on_row(row.segments[-1], line):
            row.segments.append(line)
        else:
            rows.append(Row([line]))
    for row in rows:
        row.segments.sort(key=lambda line: line.left)
    return rows


def _on_row(one: Line, other: Line) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _crosses(segment: Line, intervals: Sequence[Interval]) -> int:
    """Return how many of the intervals a segment reaches into."""
    return sum(1 for low, high in intervals if segment.left < high - 1 and segment.right > low + 1)


def united(intervals: Sequence[Interval]) -> list[Interval]:
    """Return intervals with those merged that overlap."""
    found: list[Interval] = []
    for low, high in sorted(intervals):
        if found and low < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def columns_of(rows: Sequence[Row]) -> list[Interval]:
    """Return the columns of rows: where the rows with the usual number of cells have text."""
    several = [row for row in rows if len(row.segments) > 1]
    if not several:
        return []
    counts = [len(row.segments) for row in several]
    usual = max(set(counts), key=lambda n: (counts.count(n) * n, n))
    core = [row for row in several if len(row.segments) == usual]
    columns = united([(s.left, s.right) for row in core for s in row.segments])
    if len(columns) < 2:
        return []
    others = [s for row in several if len(row.segments) != usual for s in row.segments]
    fitting = [(s.left, s.right) for s in others if _crosses(s, columns) < 2]
    return united([*columns, *fitting]) if fitting else columns


def _is_list_row(row: Row) -> bool:
    """Tell whether a row is an item of a list or of a table of contents."""
    if len(row.segments) == 2 and is_marker(row.segments[0].text):
        return True
    return any(_LEADER.search(segment.text) for segment in row.segments)


def _tight(above: Row, below: Row) -> bool:
    return below.top - above.bottom < 0.9 * max(above.height, below.height)


def _joins(run: list[Row], row: Row) -> bool:
    """Tell whether a row goes on with the table that ``run`` may be."""
    height = max(run[-1].height, row.height)
    gap = row.top - run[-1].bottom
    gaps = [below.top - above.bottom for above, below in pairwise(run)]
    few = len(row.segments) < 3
    widest = 1.3 * height if few else 2.2 * height
    if gap > max(widest, 1.5 * median(gaps) if gaps else 2.2 * height):
        return False
    run = run[-_LOOK_BACK:]
    columns = columns_of(run)
    if not columns:
        return False
    if len(row.segments) == 1:
        (segment,) = row.segments
        return _crosses(segment, columns) == 1 and (_tight(run[-1], row) or bool(gaps))
    grown = columns_of([*run, row])
    if len(grown) < 2 or len(grown) < len(columns) - 1:
        return False
    n_bridging = sum(1 for s in row.segments if _crosses(s, grown) > 1)
    return n_bridging <= 1 and n_bridging < len(row.segments)


def wide_tables(rows: Sequence[Row], order: dict[int, int]) -> list[tuple[int, int]]:
    """Return half-open ranges of rows that are tables on whatever part of the page they stand.

    At least three columns, drawn row by row, with short cells in most of them.

    Args:
        rows: All rows of the page.
        order: Place of each segment in the file, by its identity.
    """
    return [
        (start, stop)
        for start, stop in runs(rows, fewest=3)
        if _is_drawn_by_row(rows[start:stop], order) and _has_short_columns(rows[start:stop])
    ]


def _is_drawn_by_row(rows: Sequence[Row], order: dict[int, int]) -> bool:
    n_together = n_rows = 0
    for row in rows:
        if len(row.segments) > 2:
            places = [order[id(segment)] for segment in row.segments]
            n_rows += 1
            n_together += max(places) - min(places) < 3 * len(places)
    return n_together >= 0.8 * n_rows


def _has_short_columns(rows: Sequence[Row]) -> bool:
    several = [row for row in rows if len(row.segments) > 1]
    if sum(len(row.segments) > 2 for row in several) < 0.6 * len(several):
        return False
    columns = columns_of(rows)
    cells: list[list[str]] = [[] for _ in columns]
    for row in rows:
        for segment in row.segments:
            cells[column_at(segment, columns)[0]].append(segment.text)
    short = [column for column in cells if column and median(map(len, column)) <= _SHORT]
    return len(short) >= 2 and any(
        sum(map(_is_value, column)) >= 0.5 * len(column) for column in short
    )


def runs(rows: Sequence[Row], fewest: int = 2) -> list[tuple[int, int]]:
    """Return half-open ranges of rows that are tables.

    Args:
        rows: From the top.
        fewest: Segments of the row that a table begins with.
    """
    found = []
    start = 0
    while start < len(rows):
        if len(rows[start].segments) < fewest or _is_list_row(rows[start]):
            start += 1
            continue
        run = [rows[start]]
        stop = start + 1
        while stop < len(rows) and not _is_list_row(rows[stop]) and _joins(run, rows[stop]):
            run.append(rows[stop])
            stop += 1
        while len(run[-1].segments) == 1 and not _is_wrapped_end(run):
            run.pop()
        stop = start + len(run)
        if _is_table(run):
            found.append((start, stop))
            start = stop
        else:
            start += 1
    return found


def _is_wrapped_end(run: list[Row]) -> bool:
    """Tell whether the last row holds the rest of a cell rather than text below the table."""
    (segment,) = run[-1].segments
    columns = columns_of(run[:-1])
    return _tight(run[-2], run[-1]) and segment.left > columns[0][1]


def _is_table(run: Sequence[Row]) -> bool:
    several = [row for row in run if len(row.segments) > 1]
    columns = columns_of(run)
    if len(columns) < 2 or len(several) < 2:
        return False
    if sum(row.is_level for row in several) < 0.7 * len(several):
        return False  # a formula
    full = [row for row in several if len(row.segments) >= min(len(columns), 3)]
    if len(several) == 2 and not any(_is_value(s.text) for s in several[1].segments):
        return False  # two parties side by side rather than names and values
    if len(columns) > 2:
        alone = [row for row in run if len(row.segments) == 1]
        n_loose = sum(column_at(row.segments[0], columns)[0] == 0 for row in alone)
        return len(full) >= 2 and len(several) >= 0.4 * (len(several) + n_loose)
    if len(several) < 3 and not _has_values(several):
        return False
    return not _is_contents(several)


def _has_values(rows: Sequence[Row]) -> bool:
    return all(_is_value(row.segments[-1].text) for row in rows[-1:])


def _is_contents(rows: Sequence[Row]) -> bool:
    """Tell whether rows are a table of contents: titles, and pages that do not decrease."""
    ends = [row.segments[-1].text for row in rows]
    if not all(end.isdecimal() for end in ends):
        return False
    numbers = [int(end) for end in ends]
    return len(numbers) > 2 and all(a <= b for a, b in pairwise(numbers)) and numbers[-1] < 3_000


def logical_rows(rows: Sequence[Row], columns: Sequence[Interval]) -> list[list[Row]]:
    """Return the rows of a table: base lines that carry on cells of the one above go with it."""
    gaps = [below.top - above.bottom for above, below in pairwise(rows)]
    usual = median(gaps) if gaps else 0.0
    found: list[list[Row]] = []
    for position, row in enumerate(rows):
        if found and _carries_on(found[-1], row, columns, gaps[position - 1], usual):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _carries_on(
    group: list[Row], row: Row, columns: Sequence[Interval], gap: float, usual: float
) -> bool:
    """Tell whether a base line holds the rest of the cells above it."""
    if gap > max(0.9 * row.height, usual + 0.3 * row.height):
        return False
    filled = {column_at(segment, columns)[0] for segment in row.segments}
    above = {column_at(s, columns)[0]: s for s in group[-1].segments}
    earlier = {column_at(s, columns)[0] for r in group for s in r.segments}
    if not filled <= earlier or len(filled) >= len(columns):
        return False
    if any(_is_value(segment.text) for segment in row.segments):
        return False
    if 0 not in filled:
        return len(filled) == 1 or len(columns) == 2 or gap < usual - 0.1 * row.height
    if len(filled) > 1 or 0 not in above:
        return False
    first, below = above[0], row.segments[0]
    if below.text[0].islower() or first.text[-1] in "-,、・(（/&":
        return True
    low, high = columns[0]
    return gap < usual - 0.15 * row.height or (
        below.is_cjk and first.right - first.left > 0.92 * (high - low) and gap < usual + 0.1
    )


def column_at(segment: Line, columns: Sequence[Interval]) -> tuple[int, int]:
    """Return the half-open range of columns that a segment stands in."""
    reached = [
        i
        for i, (low, high) in enumerate(columns)
        if segment.left < high - 1 and segment.right > low + 1
    ]
    if not reached:
        centre = (segment.left + segment.right) / 2
        nearest = min(
            range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - centre)
        )
        return nearest, nearest + 1
    return reached[0], reached[-1] + 1
