"""Ruled areas of a page as tables, and frames as parts that are read together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.pdf.aligned_rows import rows_of
from engine.documents.pdf.grids import Grid, grids
from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.page_tables import PageTable, ruled_table
from engine.documents.pdf.rules import Rules
from engine.documents.pdf.segments import line_of
from engine.documents.pdf.text_layer import TextLayer
from engine.documents.pdf.vertical import Ready


@dataclass(frozen=True)
class Boxed:
    """Lines in a frame of their own, which are read together."""

    content: tuple[Line | PageTable | Boxed | Ready, ...]
    left: float
    top: float
    right: float
    bottom: float


Item = Line | PageTable | Boxed | Ready


def with_tables(layer: TextLayer, segments: Sequence[Line], rules: Rules) -> list[Item]:
    """Return segments with those in ruled areas replaced by a table or a frame."""
    items: list[Item] = list(segments)
    for grid in reversed(grids(rules)):
        within = [item for item in items if _lies_in(item, grid)]
        if not within:
            continue
        found = _table_or_frame(layer, grid, within)
        if found is not None:
            kept = {id(item) for item in within}
            at = next(i for i, item in enumerate(items) if id(item) in kept)
            items[at] = found
            items = [item for item in items if id(item) not in kept]
    return items


def _lies_in(item: Item, grid: Grid) -> bool:
    left, top, right, bottom = grid.box
    x, y = (item.left + item.right) / 2, (item.top + item.bottom) / 2
    return left < x < right and top < y < bottom


def _table_or_frame(layer: TextLayer, grid: Grid, within: Sequence[Item]) -> Item | None:
    """Return what a ruled area makes of what stands in it."""
    texts = [item for item in within if isinstance(item, Line)]
    if len(texts) == len(within) and len(grid.spans) > 1:
        cut = [part for line in texts for part in _cut_at(layer, line, grid)]
        table = ruled_table(grid, cut)
        # One row of cells is a shaded row of a table, whose other rows have no lines.
        is_row = len(grid.ys) == 2 and len(cut) == len(texts)
        if table is not None and not (table.is_layout or is_row) and len(table.cells) > 1:
            return table
    if len(grid.spans) == 1 and _has_several_rows(within):
        return Boxed(tuple(within), *grid.box)
    return None


def _has_several_rows(items: Sequence[Item]) -> bool:
    """Tell whether items stand below each other; rows of several cells in a box are a table's."""
    if max(item.top for item in items) <= min(item.bottom for item in items):
        return False
    rows = rows_of([item for item in items if isinstance(item, Line)])
    if any(len(row.segments) > 2 for row in rows):
        return False
    return sum(len(row.segments) > 1 for row in rows) <= 0.3 * len(rows)


def _cut_at(layer: TextLayer, line: Line, grid: Grid) -> list[Line]:
    """Cut a segment where it runs over the line between two cells."""
    if line.start < 0:
        return [line]
    y = (line.top + line.bottom) / 2
    edges = []
    for top, bottom, _, right in grid.spans:
        if grid.ys[top] <= y < grid.ys[bottom] and line.left < grid.xs[right] < line.right:
            edges.append(grid.xs[right])
    parts = []
    start = line.start
    for edge in sorted(edges):
        at = _first_beyond(layer, start, line.stop, edge)
        end = at
        while end > start and layer.text[end - 1].isspace():
            end -= 1
        if start < end < line.stop:
            parts.append(line_of(layer, start, end))
            start = at
    parts.append(line_of(layer, start, line.stop) if parts else line)
    return [part for part in parts if part.text]


def _first_beyond(layer: TextLayer, start: int, stop: int, edge: float) -> int:
    """Return the first character behind an edge; a word that runs over it stays whole."""
    text = layer.text
    at = start
    while at < stop:
        left, _, right, _ = layer.box(at)
        if (left + right) / 2 > edge and not text[at].isspace():
            break
        at += 1
    first = last = at
    while first > start and text[first - 1].isascii() and not text[first - 1].isspace():
        first -= 1
    while last < stop and text[last].isascii() and not text[last].isspace():
        last += 1
    if first == at or at == stop:
        return at
    # Where two cells touch, the second is drawn by itself and begins behind the edge.
    drawn = [
        i
        for i in range(first + 1, last)
        if layer.begins_drawing(i) and layer.box(i)[0] > edge - 1.0
    ]
    if drawn:
        return drawn[0]
    if layer.box(first)[0] + layer.box(last - 1)[2] > 2 * edge:
        return first
    while last < stop and text[last].isspace():
        last += 1
    return last
