"""Ruled lines of a page: thin strokes, thin filled boxes, edges of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from engine.documents.pdf.pdfium import Box
from engine.documents.pdf.text_layer import Matrix

_MAX_OBJECTS = 20_000
"""Drawings of a map or a chart are not searched for tables to their last stroke."""

_MAX_SEGMENTS = 400
_THIN = 2.6
_SHORTEST = 5.0
_NEAR = 2.0
"""Points by which the ends of strokes that meet may miss each other."""


@dataclass(frozen=True)
class Rule:
    """A straight line along one axis.

    Attributes:
        at: Its place across: y of a horizontal line, x of a vertical one.
        start: Where it begins along.
        stop: Where it ends along.
    """

    at: float
    start: float
    stop: float


@dataclass(frozen=True)
class Rules:
    """The ruled lines of a page, joined where they touch, sorted by place.

    Attributes:
        horizontal: Lines from left to right.
        vertical: Lines from top to bottom.
        shades: Filled boxes: left, top, right, bottom.
    """

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    shades: tuple[Box, ...] = ()

    def is_shaded(self, box: Box) -> bool:
        """Tell whether the middle of a box is filled."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(s[0] < x < s[2] and s[1] < y < s[3] for s in self.shades)


def page_rules(page: Any, shown: Matrix) -> Rules:
    """Return the ruled lines of an open page.

    Args:
        page: The page.
        shown: Map from page space to where text is placed.
    """
    from pypdfium2 import raw

    collected = _Collector(raw, shown)
    n_objects = raw.FPDFPage_CountObjects(page)
    objects = (raw.FPDFPage_GetObject(page, i) for i in range(min(n_objects, _MAX_OBJECTS)))
    collected.add(objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), depth=0)
    return Rules(joined(collected.horizontal), joined(collected.vertical), tuple(collected.shades))


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the map that applies ``inner`` first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


class _Collector:
    """Takes the axis-parallel strokes out of page objects."""

    def __init__(self, raw: Any, shown: Matrix) -> None:
        from ctypes import byref, c_float, c_int, c_uint

        self._raw = raw
        self._shown = shown
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.shades: list[Box] = []
        self._n_left = _MAX_OBJECTS
        self._x, self._y = c_float(), c_float()
        self._x_ref, self._y_ref = byref(self._x), byref(self._y)
        self._mode, self._stroke = c_int(), c_int()
        self._colour = [c_uint() for _ in range(4)]
        self._fs_matrix = raw.FS_MATRIX()

    def add(self, objects: Iterator[Any], outer: Matrix, *, depth: int) -> None:
        """Take the strokes of objects and of the forms among them."""
        raw = self._raw
        for item in objects:
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._n_left -= 1
                self._add_path(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 4:
                n_inner = raw.FPDFFormObj_CountObjects(item)
                inner = (raw.FPDFFormObj_GetObject(item, i) for i in range(n_inner))
                self.add(inner, _times(self._matrix(item), outer), depth=depth + 1)
            if self._n_left <= 0:
                return

    def _matrix(self, item: Any) -> Matrix:
        from ctypes import byref

        m = self._fs_matrix
        if not self._raw.FPDFPageObj_GetMatrix(item, byref(m)):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def _paints(self, item: Any) -> tuple[bool, bool]:
        """Return whether a path is stroked, and whether it is filled with a visible colour."""
        from ctypes import byref

        raw = self._raw
        if not raw.FPDFPath_GetDrawMode(item, byref(self._mode), byref(self._stroke)):
            return False, False
        stroked, filled = bool(self._stroke.value), bool(self._mode.value)
        if filled:
            red, green, blue, alpha = (byref(part) for part in self._colour)
            if raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
                values = [part.value for part in self._colour]
                filled = values[3] > 0 and min(values[:3]) < 250
        return stroked, filled

    def _add_path(self, item: Any, outer: Matrix) -> None:
        stroked, filled = self._paints(item)
        if not (stroked or filled):
            return
        n_segments = min(self._raw.FPDFPath_CountSegments(item), _MAX_SEGMENTS)
        matrix = _times(_times(self._matrix(item), outer), self._shown)
        for points in self._polygons(item, n_segments, matrix):
            if filled and not stroked:
                self._add_box(points)
            else:
                for start, end in pairwise(points):
                    self._add_stroke(start, end)
                if filled and len(points) <= 6:
                    xs, ys = [x for x, _ in points], [y for _, y in points]
                    self.shades.append((min(xs), min(ys), max(xs), max(ys)))

    def _polygons(
        self, item: Any, n_segments: int, matrix: Matrix
    ) -> Iterator[list[tuple[float, float]]]:
        raw = self._raw
        a, b, c, d, e, f = matrix
        points: list[tuple[float, float]] = []
        for i in range(n_segments):
            segment = raw.FPDFPath_GetPathSegment(item, i)
            kind = raw.FPDFPathSegment_GetType(segment)
            if not raw.FPDFPathSegment_GetPoint(segment, self._x_ref, self._y_ref):
                continue
            x, y = self._x.value, self._y.value
            point = a * x + c * y + e, b * x + d * y + f
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = [point]
            elif kind == raw.FPDF_SEGMENT_LINETO:
                points.append(point)
            else:
                points = [point]  # a curve is no rule, and what follows it starts anew
            if raw.FPDFPathSegment_GetClose(segment) and points:
                points.append(points[0])
        if len(points) > 1:
            yield points

    def _add_stroke(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        (x0, y0), (x1, y1) = start, end
        if abs(y1 - y0) <= 0.6 and abs(x1 - x0) >= _SHORTEST:
            self.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 0.6 and abs(y1 - y0) >= _SHORTEST:
            self.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def _add_box(self, points: Sequence[tuple[float, float]]) -> None:
        """Take a thin filled box as a rule, and the edges of a shaded cell as four."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if bottom - top <= _THIN:
            if right - left >= _SHORTEST:
                self.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= _THIN:
            if bottom - top >= _SHORTEST:
                self.vertical.append(Rule((left + right) / 2, top, bottom))
        elif len(points) <= 6 and all(
            min(abs(x - left), abs(x - right)) < 1 and min(abs(y - top), abs(y - bottom)) < 1
            for x, y in points
        ):
            self.shades.append((left, top, right, bottom))
            self.horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
            self.vertical += [Rule(left, top, bottom), Rule(right, top, bottom)]


def joined(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return rules with those united that lie on one line and touch."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    found = []
    for line in lines:
        at = sum(rule.at for rule in line) / len(line)
        in_order = sorted(line, key=lambda rule: rule.start)
        start, stop = in_order[0].start, in_order[0].stop
        for rule in in_order[1:]:
            if rule.start > stop + _NEAR:
                found.append(Rule(at, start, stop))
                start = rule.start
                stop = rule.stop
            stop = max(stop, rule.stop)
        found.append(Rule(at, start, stop))
    return tuple(found)
