"""Line plots with intervals, as SVG text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from engine.templates import render

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 510, 300, 46, 120, 28, 36
COLOURS = ("#7a8594", "#2458a6", "#c2571a", "#2b8a57", "#8a3fa0", "#a08a1a", "#b03060")
N_LEVELS = 5
"""Horizontal lines of a plot."""


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        name: In the legend.
        points: ``(x, y, low, high)``, by x.
    """

    name: str
    points: Sequence[tuple[float, float, float, float]]


def line_plot(title: str, x_title: str, lines: Sequence[Line]) -> Markup:
    """Return an SVG element; lines without a point are left out, and so is an empty plot."""
    drawn = [(line, COLOURS[i % len(COLOURS)]) for i, line in enumerate(lines) if line.points]
    if not drawn:
        return Markup("")
    scale = _Scale([point for line, _ in drawn for point in line.points])
    return render(
        "line_plot.svg.jinja",
        title=title,
        x_title=x_title,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        x_ticks=scale.x_ticks(),
        y_ticks=scale.y_ticks(),
        lines=[_placed(line, colour, scale) for line, colour in drawn],
    )


def _placed(line: Line, colour: str, scale: _Scale) -> dict[str, Any]:
    places = [
        {"x": scale.x(x), "y": scale.y(y), "low": scale.y(low), "high": scale.y(high)}
        for x, y, low, high in line.points
    ]
    return {"name": line.name, "colour": colour, "places": places}


class _Scale:
    def __init__(self, points: Sequence[tuple[float, float, float, float]]) -> None:
        self._xs = sorted({p[0] for p in points})
        self.bottom = min(0.0, *(p[2] for p in points))
        self.top = max(p[3] for p in points) or 1.0

    def x(self, value: float) -> float:
        share = (value - self._xs[0]) / ((self._xs[-1] - self._xs[0]) or 1.0)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        share = (value - self.bottom) / ((self.top - self.bottom) or 1.0)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def x_ticks(self) -> list[dict[str, float]]:
        """Return some eight of the places that have a point."""
        step = max(1, len(self._xs) // 8)
        return [{"value": value, "at": self.x(value)} for value in self._xs[::step]]

    def y_ticks(self) -> list[dict[str, float]]:
        """Return evenly spaced levels."""
        height = self.top - self.bottom
        levels = [self.bottom + height * n / (N_LEVELS - 1) for n in range(N_LEVELS)]
        return [{"value": value, "at": self.y(value)} for value in levels]
