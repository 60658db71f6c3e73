"""Line plots with intervals, as SVG text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 510, 300, 46, 120, 28, 36
COLOURS = ("#7a8594", "#2458a6", "#c2571a", "#2b8a57", "#8a3fa0", "#a08a1a", "#b03060")


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        name: In the legend.
        points: ``(x, y, low, high)``, by x.
    """

    name: str
    points: Sequence[tuple[float, float, float, float]]


def line_plot(title: str, x_title: str, lines: Sequence[Line]) -> str:
    """Return an SVG element; lines without a point are left out."""
    drawn = [(line, COLOURS[i % len(COLOURS)]) for i, line in enumerate(lines) if line.points]
    if not drawn:
        return ""
    every = [point for line, _ in drawn for point in line.points]
    scale = _Scale(every)
    parts = [_axes(title, x_title, scale, sorted({point[0] for point in every}))]
    for number, (line, colour) in enumerate(drawn):
        parts += _drawn(line, colour, scale)
        y = TOP + 14 + 16 * number
        parts.append(
            f'<rect x="{WIDTH - RIGHT + 10}" y="{y - 8}" width="10" height="10" fill="{colour}"/>'
            f'<text x="{WIDTH - RIGHT + 25}" y="{y + 1}">{escape(line.name)}</text>'
        )
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-size="11" fill="currentColor" role="img" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg>"
    )


class _Scale:
    def __init__(self, points: Sequence[tuple[float, float, float, float]]) -> None:
        self.left, self.right = min(p[0] for p in points), max(p[0] for p in points)
        self.bottom = min(0.0, *(p[2] for p in points))
        self.top = max(p[3] for p in points) or 1.0

    def x(self, value: float) -> float:
        share = (value - self.left) / ((self.right - self.left) or 1.0)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        share = (value - self.bottom) / ((self.top - self.bottom) or 1.0)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _axes(title: str, x_title: str, scale: _Scale, xs: Sequence[float]) -> str:
    step = max(1, len(xs) // 8)
    parts = [f'<text x="{LEFT}" y="16" font-size="13">{escape(title)}</text>']
    for x in xs[::step]:
        parts.append(
            f'<text x="{scale.x(x):.1f}" y="{HEIGHT - 20}" text-anchor="middle">{x:g}</text>'
        )
    for number in range(5):
        value = scale.bottom + (scale.top - scale.bottom) * number / 4
        y = scale.y(value)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" '
            'stroke="currentColor" stroke-opacity=".15"/>'
            f'<text x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{value:.2f}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{HEIGHT - 4}" text-anchor="middle">{escape(x_title)}</text>'
    )
    return "".join(parts)


def _drawn(line: Line, colour: str, scale: _Scale) -> list[str]:
    places = [
        (scale.x(x), scale.y(y), scale.y(low), scale.y(high)) for x, y, low, high in line.points
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in places)
    parts = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    for x, y, low, high in places:
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" stroke="{colour}"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>'
        )
    return parts
