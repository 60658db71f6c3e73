"""Lines of a text layer, cut wherever the blank between two words is wider than a space.

Where two columns or the cells of a table stand on one base line, PDFium gives one line. Whether
a wide blank really parts two things is decided later, from the page as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.pdfium import Box
from engine.documents.pdf.raised import shown_with_marks
from engine.documents.pdf.text_layer import SOFT_HYPHENS, TextLayer

_LINE = re.compile(rf"[^\r\n{SOFT_HYPHENS}]+[{SOFT_HYPHENS}]?")
_BLANKS = re.compile(r"\s+")

WIDE = 0.8
"""A blank this many times as wide as the type is high may part columns; spaces of justified
text rarely reach it."""

_LETTER = 0.52
"""Mean advance of a letter, relative to the height, where a line does not tell a smaller one."""

_NARROW_LETTER = 0.4
"""The same of a word of narrow letters."""


_STRIDE = 12
"""Characters after which a blank is looked at, where one line after the other is tried."""


_FEW_BLANKS = 4
"""So many blanks of a line are all looked at."""

_CELL_LINES = 9
"""Lines of a table that may follow each other without a wide blank: cells of several lines."""

ASLANT = 2

_HEAD_LINES = 3
"""The same where one blank alone may be that of a running head."""

_NEAR_LINES = 6
_MOST_STRETCHED = 4.0
"""Blank of a stretched line, in heights of the type."""

_FARTHEST = 1e6

_TRIED = (0, 2, 3)
"""Which of five lines are looked at."""


@dataclass(frozen=True)
class SourceLine:
    """One line as PDFium gives it, cut at its wide blanks.

    Attributes:
        segments: From left to right; together they hold all of the line.
        turn: 1 for a line that runs down the page, -1 for one that runs up, :data:`ASLANT` for
            one that runs across it, as watermarks do; 0 for others.
        stacked: It runs down with its characters upright, as vertical Japanese does.
    """

    segments: tuple[Line, ...]
    turn: int = 0
    stacked: bool = False


def joints(layer: TextLayer, line: Line) -> list[tuple[int, int]]:
    """Return the blanks of a line behind which the file draws in another step.

    They may part cells that stand closer than words with a wide blank between.
    """
    found = []
    before = layer.step_of(line.start)
    for blank in _BLANKS.finditer(layer.text, line.start, line.stop):
        step = layer.step_of(blank.end())
        if step != before:
            found.append(blank.span())
        before = step
    return found


def _cuts(
    layer: TextLayer, start: int, stop: int, first_box: Box, last_box: Box, stride: int
) -> list[tuple[int, int]]:
    """Return the blanks, as half-open ranges, at which a line is cut.

    With a stride only some blanks are looked at, and what is returned tells no more than that
    there seem to be wide ones.
    """
    cuts = []
    text, origin = layer.text, layer.origins()
    height = max(first_box[3] - first_box[1], 1.0)
    letter = min((last_box[2] - first_box[0]) / (stop - start), _LETTER * height)
    slack = WIDE * height
    if not stride:
        letter, slack = min(letter, _NARROW_LETTER * height), 0.5 * slack
    first, (x, y) = start, origin(start)
    for blank in _BLANKS.finditer(text, start, stop):
        end, following = blank.span()
        if end - first < stride:
            continue
        next_x, next_y = origin(following)
        moved = next_x < x or abs(next_y - y) > 0.6 * height
        # Only where a word takes more room than its letters need is the blank measured.
        if moved or next_x - x > letter * (following - first) + slack:
            if stride:
                return [(end, following)]
            blank_width = layer.box(following)[0] - layer.box(end - 1)[2]
            if moved or blank_width > WIDE * height:
                cuts.append((end, following))
        first, x, y = following, next_x, next_y
    return cuts


def on_page(place: float) -> float:
    """Return a place in points; 0 for what no page can hold, or is no number."""
    return place if -_FARTHEST < place < _FARTHEST else 0.0


def line_of(layer: TextLayer, start: int, stop: int, boxes: tuple[Box, Box] | None = None) -> Line:
    """Return the line that a range of characters without blanks at its ends makes.

    Args:
        layer: Where the characters are.
        start: Offset of the first.
        stop: Offset past the last.
        boxes: Of the first and last character, where they are known.
    """
    (left, top, first_right, first_bottom), (last_left, last_top, right, bottom) = boxes or (
        layer.box(start),
        layer.box(stop - 1),
    )
    size, last_size = max(first_bottom - top, 1.0), max(bottom - last_top, 1.0)
    low, high = on_page(min(left, last_left)), on_page(max(right, first_right))
    top, bottom = on_page(min(top, last_top)), on_page(max(bottom, first_bottom))
    size, last_size = max(on_page(size), 1.0), max(on_page(last_size), 1.0)
    shown = shown_with_marks(layer, start, stop, max(size, last_size))
    return Line(shown, low, top, high, bottom, size, last_size, start, stop)


@dataclass
class _Range:
    """The characters of a line, and where it has been looked for wide blanks."""

    start: int
    stop: int
    boxes: tuple[Box, Box]
    turn: int
    cuts: list[tuple[int, int]] | None = None

    def seems_wide(self, layer: TextLayer) -> bool:
        """Tell whether there may be wide blanks, by some of the blanks."""
        n_blanks = layer.text.count(" ", self.start, self.stop)
        if self.stop - self.start < 3 * _STRIDE or n_blanks < _FEW_BLANKS:
            return self.measure(layer)
        return not self.turn and bool(_cuts(layer, self.start, self.stop, *self.boxes, _STRIDE))

    def measure(self, layer: TextLayer) -> bool:
        """Look for wide blanks; tell whether there are any."""
        if self.cuts is None:
            self.cuts = [] if self.turn else _cuts(layer, self.start, self.stop, *self.boxes, 0)
        return bool(self.cuts)


def _ranges(layer: TextLayer) -> list[_Range]:
    found = []
    text = layer.text
    for match in _LINE.finditer(text):
        shown = match.group().strip()
        if not shown:
            continue
        start = match.start() + match.group().index(shown[0])
        stop = start + len(shown)
        boxes = layer.box(start), layer.box(stop - 1)
        turn = _turn(*boxes) if stop - start > 2 else 0
        if turn == ASLANT and layer.is_upright(start):
            turn = 0
        found.append(_Range(start, stop, boxes, turn))
    return found


def _measure(layer: TextLayer, ranges: Sequence[_Range]) -> None:
    """Look for wide blanks in some lines, and on from where there are some.

    What such blanks part stands on several lines. Of two lines in a row, and of every second
    one in a table whose cells have two lines each, at least one is looked at.
    """
    for position in range(len(ranges)):
        if position % 5 not in _TRIED:
            continue
        line = ranges[position]
        if line.seems_wide(layer) and line.measure(layer):
            for step in (-1, 1):
                _measure_on(layer, ranges, position, step)


def _measure_on(layer: TextLayer, ranges: Sequence[_Range], position: int, step: int) -> None:
    """Look for wide blanks in the lines behind or before one, until several have none."""
    n_without = 0
    at = position + step
    limit = _CELL_LINES if len(ranges[position].cuts or ()) > 1 else _HEAD_LINES
    while 0 <= at < len(ranges) and n_without < limit:
        if ranges[at].cuts is None:
            n_without = 0 if ranges[at].measure(layer) else n_without + 1
        elif ranges[at].cuts:
            return
        else:
            n_without += 1
        at += step


def _join_stretched(layer: TextLayer, ranges: Sequence[_Range]) -> None:
    """Take back the cuts of lines that are stretched to the width of a narrow column.

    All their blanks are wide and alike, and lines close by without wide blanks have both edges
    where they have them.
    """
    for position, line in enumerate(ranges):
        if not line.cuts:
            continue
        near = ranges[max(0, position - _NEAR_LINES) : position + _NEAR_LINES + 1]
        if any(not other.cuts and _same_edges(line, other) for other in near) and _is_stretched(
            layer, line
        ):
            line.cuts = []


def _same_edges(one: _Range, other: _Range) -> bool:
    (left, _, _, _), (_, _, right, _) = one.boxes
    (other_left, _, _, _), (_, _, other_right, _) = other.boxes
    return abs(left - other_left) < 2 and abs(right - other_right) < 2


def _is_stretched(layer: TextLayer, line: _Range) -> bool:
    height = line.boxes[0][3] - line.boxes[0][1]
    blanks = [m.span() for m in _BLANKS.finditer(layer.text, line.start, line.stop)]
    widths = [layer.box(following)[0] - layer.box(end - 1)[2] for end, following in blanks]
    return max(widths) < _MOST_STRETCHED * height and max(widths) < 1.5 * min(widths)


def source_lines(layer: TextLayer) -> list[SourceLine]:
    """Return the lines of a page in the order in which the file draws them."""
    ranges = _ranges(layer)
    _measure(layer, ranges)
    _join_stretched(layer, ranges)
    found = []
    for line in ranges:
        if not line.cuts:
            segments = [line_of(layer, line.start, line.stop, line.boxes)]
        else:
            ends = [line.start, *(place for cut in line.cuts for place in cut), line.stop]
            pairs = zip(ends[::2], ends[1::2], strict=True)
            segments = [line_of(layer, first, last) for first, last in pairs]
        kept = tuple(segment for segment in segments if segment.text)
        if kept:
            stacked = line.turn == 1 and layer.is_upright(line.start)
            found.append(SourceLine(kept, line.turn, stacked))
    return found


def _turn(first: Box, last: Box) -> int:
    """Return which way a line runs, by the boxes of its first and last characters."""
    across = abs(first[0] + first[2] - last[0] - last[2]) / 2
    down = (last[1] + last[3] - first[1] - first[3]) / 2
    if abs(down) < max(first[3] - first[1], 1.0) or abs(down) < 0.2 * across:
        return 0
    if abs(down) < 2 * across:
        return ASLANT
    return 1 if down > 0 else -1
