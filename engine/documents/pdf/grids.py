"""Tables and boxes that are ruled on the page, from their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.pdf.rules import Rule, Rules

_NEAR = 3.0
"""Points within which lines count as meeting."""

_MAX_RULES = 1_500
_MAX_CELLS = 6_000


@dataclass(frozen=True)
class Grid:
    """A ruled area: edges of its rows and columns, and which cells are one.

    Attributes:
        xs: Edges of the columns from the left; one more than there are columns.
        ys: Edges of the rows from the top.
        spans: Half-open ranges (first row, past the last, first column, past the last), which
            together cover the grid once.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[tuple[int, int, int, int], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def grids(rules: Rules) -> list[Grid]:
    """Return the ruled areas of a page with at least one cell, the largest first.

    Strokes belong together where a horizontal and a vertical one meet. Missing outer lines
    are taken from the ends of the others.
    """
    if len(rules.horizontal) + len(rules.vertical) > _MAX_RULES or not rules.vertical:
        return []
    found = []
    for horizontal, vertical in _connected(rules):
        grid = _grid(horizontal, vertical)
        if grid:
            found.append(grid)
    return sorted(found, key=lambda g: (g.box[0] - g.box[2]) * (g.box[3] - g.box[1]))


def _meet(horizontal: Rule, vertical: Rule) -> bool:
    return (
        horizontal.start - _NEAR <= vertical.at <= horizontal.stop + _NEAR
        and vertical.start - _NEAR <= horizontal.at <= vertical.stop + _NEAR
    )


def _connected(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    n_horizontal = len(rules.horizontal)
    parent = list(range(n_horizontal + len(rules.vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, horizontal in enumerate(rules.horizontal):
        for j, vertical in enumerate(rules.vertical, start=n_horizontal):
            if _meet(horizontal, vertical):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate((*rules.horizontal, *rules.vertical)):
        groups.setdefault(root(i), ([], []))[i >= n_horizontal].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _edges(places: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Return the places once each, with the outermost ends of the other lines."""
    found: list[float] = []
    for place in sorted((*places, low, high)):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return tuple(found)


def _grid(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> Grid | None:
    left, right = min(r.start for r in horizontal), max(r.stop for r in horizontal)
    top, bottom = min(r.start for r in vertical), max(r.stop for r in vertical)
    xs = _edges([rule.at for rule in vertical], left, right)
    ys = _edges([rule.at for rule in horizontal], top, bottom)
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    if n_rows < 1 or n_columns < 1 or n_rows * n_columns > _MAX_CELLS:
        return None
    if len(vertical) < 2 and len(horizontal) < 2:
        return None
    # A cell is shut off to the right or below where a line runs along the middle of that edge.
    shut_right = [[_covered(vertical, xs[c + 1], (ys[r] + ys[r + 1]) / 2) for c in range(n_columns)]
                  for r in range(n_rows)]  # fmt: skip
    shut_below = [[_covered(horizontal, ys[r + 1], (xs[c] + xs[c + 1]) / 2)
                   for c in range(n_columns)] for r in range(n_rows)]  # fmt: skip
    return Grid(xs, ys, tuple(_spans(shut_right, shut_below)))


def _covered(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= _NEAR and r.start - 1 <= along <= r.stop + 1 for r in rules)


def _spans(
    shut_right: list[list[bool]], shut_below: list[list[bool]]
) -> list[tuple[int, int, int, int]]:
    """Unite cells without a line between, as long as the union is a rectangle."""
    n_rows, n_columns = len(shut_right), len(shut_right[0])
    taken = [[False] * n_columns for _ in range(n_rows)]
    found = []
    for row in range(n_rows):
        for column in range(n_columns):
            if taken[row][column]:
                continue
            last = column
            while last + 1 < n_columns and not shut_right[row][last] and not taken[row][last + 1]:
                last += 1
            bottom = row
            while bottom + 1 < n_rows and _goes_down(shut_right, shut_below, bottom, column, last):
                bottom += 1
            for r in range(row, bottom + 1):
                taken[r][column : last + 1] = [True] * (last + 1 - column)
            found.append((row, bottom + 1, column, last + 1))
    return found


def _goes_down(
    shut_right: list[list[bool]], shut_below: list[list[bool]], row: int, first: int, last: int
) -> bool:
    """Tell whether the cells from ``first`` to ``last`` go on in the next row as one."""
    if any(shut_below[row][first : last + 1]):
        return False
    return not any(shut_right[row + 1][first:last])
