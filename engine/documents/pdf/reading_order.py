"""In which order the parts of a page are read: columns one after the other, never across.

A recursive XY cut that is led by gutters: a gutter is a vertical strip that nothing crosses
over several lines, with running text on both sides. What crosses it (a title, a wide figure)
ends it, so headings over columns, columns of different heights and boxes beside the text come
out where they stand. Where the file draws one side first and the other after it, that is
believed; where it draws line by line across, both sides must look like text and not like the
cells of a table.

Sources: Nagy, Seth and Viswanathan, "A prototype document image analysis system" (1992), for
the XY cut; Breuel, "Two geometric algorithms for layout analysis" (2002), for gutters as
evidence before paragraphs are sought.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median
from typing import Protocol, TypeVar

from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.rules import Rule
from engine.documents.tables.kinds import is_value, kind_of

_FEWEST = 3
"""Lines that a column must have on either side of a gutter."""

_MIN_GUTTER = 0.6
"""Narrowest gutter, in heights of the type."""

_MIN_COLUMN = 5.0
"""Narrowest column, in heights of the type."""

_MIN_BLOCK = 3.0
"""The same of what the file draws by itself: a name above an address."""

_FEWEST_IN_TURN = 2
"""The same where the file draws one side after the other, in long lines."""

_FEWEST_APART = 6
"""Lines on either side from which base lines that differ tell columns from cells."""

_WIDE_BLANK = 1.8
"""Height of a blank over all columns, in heights of the type, that may part what is above it."""

_MAX_CANDIDATES = 120
"""Places that are tried as a gutter: those at which most lines end."""

_MAX_DEPTH = 12


class Placed(Protocol):
    """Something with a place on the page, top left origin."""

    @property
    def left(self) -> float: ...  # noqa: D102
    @property
    def top(self) -> float: ...  # noqa: D102
    @property
    def right(self) -> float: ...  # noqa: D102
    @property
    def bottom(self) -> float: ...  # noqa: D102


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True)
class _Gutter:
    """The first and last item beside it, in the order of their middles, and how good it is."""

    x: float
    first: int
    last: int
    score: float


def middle(item: Placed) -> float:
    """Return the height on the page at which an item stands."""
    return (item.top + item.bottom) / 2


def _is_value(text: str) -> bool:
    return is_value(kind_of(text))


def type_height(items: Sequence[Placed]) -> float:
    """Return the usual height of the type."""
    heights = [item.height for item in items if isinstance(item, Line)]
    return median(heights) if heights else 10.0


@dataclass(frozen=True)
class _Measures:
    """What all decisions about one page share: drawing order, height of type, and so on."""

    order: dict[int, int]
    unit: float
    fewest: int
    lines: tuple[Rule, ...]


def regions(items: Sequence[P], fewest: int = _FEWEST, lines: Sequence[Rule] = ()) -> list[list[P]]:
    """Return the parts of a page in reading order, each without a gutter of its own.

    Args:
        items: Segments of lines and whole tables, in the order in which the file draws them.
        fewest: Lines that must stand on either side of a gutter.
        lines: Horizontal lines of the page; no gutter runs through one.
    """
    order = {id(item): position for position, item in enumerate(items)}
    unit = type_height(items)
    walls = tuple(line for line in lines if line.stop - line.start > _MIN_COLUMN * unit)
    return _cut(sorted(items, key=middle), _Measures(order, unit, fewest, walls), 0)


def _cut(items: list[P], page: _Measures, depth: int) -> list[list[P]]:
    gutter = _best_gutter(items, page) if depth < _MAX_DEPTH else None
    if gutter is None:
        return [items] if items else []
    beside = items[gutter.first : gutter.last + 1]
    left = [item for item in beside if item.left < gutter.x]
    right = [item for item in beside if item.left >= gutter.x]
    parts = (items[: gutter.first], left, right, items[gutter.last + 1 :])
    return [found for part in parts for found in _cut(part, page, depth + 1)]


def _candidates(items: Sequence[Placed]) -> list[float]:
    """Return the places half-way from where items end to where the next ones begin."""
    lefts = sorted({round(item.left) for item in items})
    found: Counter[float] = Counter()
    for item in items:
        right = round(item.right)
        behind = bisect.bisect_right(lefts, right)
        if behind < len(lefts):
            found[(right + lefts[behind]) // 2 + 0.5] += 1
    return sorted(x for x, _ in found.most_common(_MAX_CANDIDATES))


def _best_gutter(items: list[P], page: _Measures) -> _Gutter | None:
    fewest = min(page.fewest, _FEWEST_IN_TURN)
    if len(items) < 2 * fewest:
        return None
    best: _Gutter | None = None
    for x in _candidates(items):
        for first, stop in _bands(items, x, page.lines):
            if stop - first < 2 * fewest or (best and stop - first <= best.score):
                continue
            found = _band(items, first, stop, x, page)
            if found is None:
                parts = _between_wide_blanks(items, first, stop, page.unit)
                tried = [_band(items, *part, x, page) for part in parts if part != (first, stop)]
                found = max(filter(None, tried), key=lambda g: g.score, default=None)
            if found and (best is None or found.score > best.score):
                best = found
    return best


def _bands(items: Sequence[Placed], x: float, lines: Sequence[Rule]) -> list[tuple[int, int]]:
    """Return the ranges of items between what crosses ``x``.

    What stands on the row of an item that crosses it is left out, too.
    """
    crossed = [False] * len(items)
    for i, item in enumerate(items):
        if item.left < x < item.right:
            crossed[i] = True
            for step in (-1, 1):
                at = i + step
                while 0 <= at < len(items) and _share_a_row(item, items[at]):
                    crossed[at] = True
                    at += step
    walls = sorted(line.at for line in lines if line.start < x < line.stop)
    found = []
    first = 0
    for i, item in enumerate(items):
        behind_wall = False
        while walls and middle(item) > walls[0]:
            del walls[0]
            behind_wall = True
        if (crossed[i] or behind_wall) and i > first:
            found.append((first, i))
        if crossed[i]:
            first = i + 1
        elif behind_wall:
            first = i
    if len(items) > first:
        found.append((first, len(items)))
    return found


def _share_a_row(one: Placed, other: Placed) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _between_wide_blanks(
    items: Sequence[Placed], first: int, stop: int, unit: float
) -> list[tuple[int, int]]:
    """Cut a range where nothing stands on either side for the height of two lines."""
    found = []
    begin = first
    bottom = items[first].bottom
    for i in range(first + 1, stop):
        if items[i].top - bottom > _WIDE_BLANK * unit:
            found.append((begin, i))
            begin = i
        bottom = max(bottom, items[i].bottom)
    return [*found, (begin, stop)]


def _band(items: list[P], first: int, stop: int, x: float, page: _Measures) -> _Gutter | None:
    """Judge the strip at ``x`` between two items that cross it."""
    unit = page.unit
    left = [item for item in items[first:stop] if item.left < x]
    right = [item for item in items[first:stop] if item.left >= x]
    if min(_n_lines(left), _n_lines(right)) < min(page.fewest, _FEWEST_IN_TURN):
        return None
    edge, begin = max(item.right for item in left), min(item.left for item in right)
    # A line that is set too long does not close the gutter.
    usual_edge = sorted(item.right for item in left)[int(0.9 * (len(left) - 1))]
    if begin - usual_edge < _MIN_GUTTER * unit:
        return None
    narrower = min(edge - min(i.left for i in left), max(i.right for i in right) - begin)
    if narrower < _MIN_BLOCK * unit:
        return None
    low = max(min(i.top for i in left), min(i.top for i in right))
    high = min(max(i.bottom for i in left), max(i.bottom for i in right))
    if high - low < 2 * unit:
        return None
    if not _are_columns(left, right, page, narrower):
        return None
    return _Gutter((edge + begin) / 2, first, stop - 1, float(len(left) + len(right)))


def _n_lines(items: Sequence[Placed]) -> int:
    return sum(1 if isinstance(item, Line) else 4 for item in items)


def _are_columns(left: Sequence[P], right: Sequence[P], page: _Measures, narrower: float) -> bool:
    """Tell whether both sides are read one after the other; ``narrower`` is a width."""
    unit = page.unit
    drawn_in_turn = _is_drawn_in_turn(left, right, page.order)
    texts_left = [item for item in left if isinstance(item, Line)]
    texts_right = [item for item in right if isinstance(item, Line)]
    if min(_n_lines(left), _n_lines(right)) < page.fewest and not (
        drawn_in_turn and _are_long(texts_left) and _are_long(texts_right)
    ):
        return False
    if drawn_in_turn:
        return not (_are_values(texts_left, unit) or _are_values(texts_right, unit))
    if narrower < _MIN_COLUMN * unit:
        return False
    if min(len(texts_left), len(texts_right)) >= _FEWEST_APART and not (
        _are_values(texts_left, unit) or _are_values(texts_right, unit)
    ):
        on_one_line = max(
            _on_lines_of(texts_left, texts_right), _on_lines_of(texts_right, texts_left)
        )
        if on_one_line < 0.5:
            return True  # cells of a table share their base lines
    return _is_running_text(texts_left, unit) and _is_running_text(texts_right, unit)


def _on_lines_of(lines: Sequence[Line], others: Sequence[Line]) -> float:
    """Return the share of lines that stand on a base line with one of the others."""
    bottoms = sorted(line.bottom for line in others)
    n_shared = 0
    for line in lines:
        slack = 0.25 * line.height
        at = bisect.bisect_left(bottoms, line.bottom - slack)
        n_shared += at < len(bottoms) and bottoms[at] <= line.bottom + slack
    return n_shared / len(lines)


def _is_drawn_in_turn(left: Sequence[P], right: Sequence[P], order: dict[int, int]) -> bool:
    """Tell whether the file draws nearly all of one side before nearly all of the other."""
    sides = sorted([(order[id(i)], 1) for i in left] + [(order[id(i)], -1) for i in right])
    # Up to each place: how many more there are of the left side than of the right.
    ahead = list(accumulate(side for _, side in sides))
    n_left, n_right = len(left), len(right)
    misplaced = min(n_left - max(ahead), n_right + min(ahead))
    return misplaced <= 0.1 * min(n_left, n_right)


def _are_long(lines: Sequence[Line]) -> bool:
    """Tell whether there is a line as long as those of running text."""
    return any(len(line.text) >= (12 if line.is_cjk else 24) for line in lines)


def _are_values(lines: Sequence[Line], unit: float) -> bool:
    """Tell whether lines are the cells of a column of values."""
    n_short = sum(
        len(line.text)
        for line in lines
        if _is_value(line.text) or line.right - line.left < 3 * unit
    )
    return n_short > 0.5 * sum(len(line.text) for line in lines)


def _is_running_text(lines: Sequence[Line], unit: float) -> bool:
    """Tell whether most characters stand in lines that begin below each other and fill a width."""
    clusters: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.left):
        if clusters and line.left - clusters[-1][0].left < 0.6 * unit:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    n_good = n_all = 0
    for cluster in clusters:
        n_characters = sum(len(line.text) for line in cluster)
        n_all += n_characters
        if len(cluster) >= _FEWEST and _fills(cluster):
            n_good += n_characters
    return n_good >= 0.6 * max(n_all, 1)


def _fills(cluster: Sequence[Line]) -> bool:
    widths = [line.right - line.left for line in cluster]
    widest = max(widths)
    n_characters = sum(len(line.text) for line in cluster) / len(cluster)
    if n_characters < (7 if sum(line.is_cjk for line in cluster) * 2 > len(cluster) else 14):
        return False
    if median(widths) < 0.72 * widest:
        return False
    in_order = sorted(cluster, key=middle)
    n_full = sum(1 for width in widths if width > 0.9 * widest)
    n_on = sum(1 for a, b in pairwise(in_order) if _goes_on(a, b))
    return n_on >= 0.2 * (len(cluster) - 1) or n_full > 0.6 * len(cluster)


def _goes_on(above: Line, below: Line) -> bool:
    """Tell whether a sentence goes on from one line to the next."""
    return below.text[0].islower() or (below.is_cjk and above.text[-1] not in "。．.：:")
