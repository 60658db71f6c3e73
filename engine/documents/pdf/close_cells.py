"""Cells that stand so close that only their alignment over several rows parts them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.documents.pdf.aligned_rows import Row, rows_of
from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.segments import joints, line_of
from engine.documents.pdf.text_layer import TextLayer

_NEAR = 1.5
"""Points by which the left edges of a column's cells may differ."""

_FEWEST = 3
_SHARE = 0.6
_MAX_ROWS = 200


def with_close_cells_cut(layer: TextLayer, lines: Sequence[Line]) -> list[Line]:
    """Return segments, those cut in which a cell of a column begins.

    A cell begins where the file draws anew, in most of the rows around at the same place.

    Args:
        layer: Where the characters are.
        lines: Segments of a page, in the order of the file.
    """
    cuts: dict[int, list[tuple[int, int]]] = {}
    for group in _groups(rows_of([line for line in lines if line.start >= 0])):
        for line, cut in _cuts(layer, group):
            cuts.setdefault(id(line), []).append(cut)
    found: list[Line] = []
    for line in lines:
        ends = [line.start, *(end for cut in sorted(cuts.get(id(line), ())) for end in cut)]
        if len(ends) == 1:
            found.append(line)
            continue
        pairs = zip(ends[::2], [*ends[1::2], line.stop], strict=True)
        found += [line_of(layer, start, stop) for start, stop in pairs]
    return [line for line in found if line.text]


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Return rows of several segments that follow each other."""
    groups: list[list[Row]] = [[]]
    for row in rows:
        if len(row.segments) < 2:
            groups.append([])
            continue
        group = groups[-1]
        if group and (row.top - group[-1].bottom > 3 * row.height or len(group) >= _MAX_ROWS):
            groups.append([])
        groups[-1].append(row)
    return [group for group in groups if len(group) >= _FEWEST]


def _cuts(layer: TextLayer, rows: Sequence[Row]) -> list[tuple[Line, tuple[int, int]]]:
    """Return the segments of neighbouring rows in which cells begin, with the blanks."""
    starts: list[tuple[float, int]] = []
    inner: list[tuple[float, Line, tuple[int, int]]] = []
    for number, row in enumerate(rows):
        for line in row.segments:
            starts.append((line.left, number))
            for blank in joints(layer, line):
                left = layer.box(blank[1])[0]
                starts.append((left, number))
                inner.append((left, line, blank))
    enough = max(_FEWEST, _SHARE * len(rows))
    return [
        (line, blank)
        for left, line, blank in inner
        if len({number for x, number in starts if abs(x - left) <= _NEAR}) >= enough
    ]
