"""Raised and lowered figures: 10^6 is no 106, and 250 with note 2 is not 2502."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.documents.pdf.text_layer import TextLayer
from engine.documents.raised import beside

_FIGURES = re.compile(r"\d+")
_RAISED = 0.15
"""Share of the height by which the base line of an exponent or a note's number is higher."""

_NARROW = 0.25
"""Width of a blank, relative to the height, that is none before a raised figure."""

_SMALLER = 0.92


def _rise(layer: TextLayer, offset: int, base_line: float, height: float) -> int:
    """Return 1 for a raised character, -1 for a lowered one, 0 for others."""
    rise = (base_line - layer.origin(offset)[1]) / height
    if abs(rise) < _RAISED:
        return 0
    _, top, _, bottom = layer.box(offset)
    if bottom - top > _SMALLER * height:
        return 0
    return 1 if rise > 0 else -1


def shown_with_marks(layer: TextLayer, start: int, stop: int, height: float) -> str:
    """Return a range as text, raised and lowered figures told from what stands before them.

    Args:
        layer: Where the characters are.
        start: Offset of the first.
        stop: Offset past the last.
        height: Of the type of the line.
    """
    text = layer.text
    plain = layer.shown(start, stop)
    small = _SMALLER * height
    odd = []
    for match in _FIGURES.finditer(text, start, stop):
        _, first_top, _, first_bottom = layer.box(match.start())
        _, last_top, _, last_bottom = layer.box(match.end() - 1)
        if min(first_bottom - first_top, last_bottom - last_top) < small:
            odd.append(match.span())
    return _with_marks(layer, odd, start, stop, height) if odd else plain


def _with_marks(
    layer: TextLayer, runs: Sequence[tuple[int, int]], start: int, stop: int, height: float
) -> str:
    text = layer.text
    base_line = _base_line(layer, start, stop, height)
    parts: list[str] = []
    done = start
    for first, last in runs:
        rises = [_rise(layer, i, base_line, height) for i in range(first, last)]
        if not any(rises):
            continue
        cut = first + next(i for i, rise in enumerate(rises) if rise)
        end = next((i for i in range(cut, last) if not rises[i - first]), last)
        figures = text[cut:end]
        before = text[done:cut]
        bare = before.rstrip()
        if bare != before and bare:
            # PDFium takes the step up or down for a blank.
            blank = layer.box(cut)[0] - layer.box(done + len(bare) - 1)[2]
            before = bare if blank < _NARROW * height else before
        if before[-1:] in ("-", "\u2212", "\u2013") and _rise(layer, cut - 1, base_line, height):
            before, figures = before[:-1], before[-1] + figures
        parts += [
            before,
            beside("".join(parts)[-40:] + before, figures, raised=rises[cut - first] > 0),
        ]
        done = end
    return layer.shown_text("".join(parts) + text[done:stop])


def _base_line(layer: TextLayer, start: int, stop: int, height: float) -> float:
    """Return where the full-sized characters of a line stand."""
    first = layer.box(start)
    at = start if first[3] - first[1] > _SMALLER * height else stop - 1
    return layer.origin(at)[1]
