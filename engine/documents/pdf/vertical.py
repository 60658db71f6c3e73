"""Vertical Japanese: columns from the right, each from the top; small kana beside them.

PDFium gives each character as a line of its own. Seen with the page turned, such columns are
lines like any others: tiers become columns, indents stay indents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from engine.documents.pdf.page_lines import Line, paragraphs
from engine.documents.pdf.reading_order import regions

_MIN_CHARACTERS = 12
_MIN_STACK = 3
_MAX_ABREAST = 3
"""Figures and brackets that stand side by side within a column."""

_RUBY = 0.68
"""Small kana are at most this high, relative to the text that they explain."""


@dataclass(frozen=True)
class Ready:
    """Lines that are in order and made into paragraphs already.

    Attributes:
        lines: The paragraphs.
        left: Left edge of all.
        top: Upper edge.
        right: Right edge.
        bottom: Lower edge.
    """

    lines: tuple[Line, ...]
    left: float
    top: float
    right: float
    bottom: float


def _follows(above: Line, below: Line) -> bool:
    size = max(above.height, below.height)
    apart = (above.left + above.right - below.left - below.right) / 2
    return (
        abs(apart) < 0.35 * size
        and abs(above.height - below.height) < 0.3 * size
        and 0.5 * size < below.top - above.top < 2.2 * size
    )


def _stacks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return what stands below each other in the order of the file, in pieces of one column."""
    stacks: list[list[Line]] = []
    for line in lines:
        short = len(line.text) <= _MAX_ABREAST and line.right - line.left < 2 * line.height
        if short and stacks and stacks[-1] and _follows(stacks[-1][-1], line):
            stacks[-1].append(line)
        elif short:
            stacks.append([line])
        elif stacks and stacks[-1]:
            stacks.append([])
    return [stack for stack in stacks if stack]


def vertical_text(lines: Sequence[Line], width: float) -> tuple[Ready | None, list[Line]]:
    """Return the vertical text of a page, and the lines that are not part of it.

    Args:
        lines: All lines of the page, in the order of the file.
        width: Width of the page, in points.
    """
    if sum(1 for line in lines if len(line.text) == 1) < _MIN_CHARACTERS:
        return None, list(lines)
    stacks = _stacks(lines)
    long = [stack for stack in stacks if len(stack) >= _MIN_STACK]
    held = [line for stack in long for line in stack]
    n_cjk = sum(line.is_cjk for line in held)
    if len(held) < _MIN_CHARACTERS or n_cjk < 0.6 * len(held):
        return None, list(lines)
    left, right = min(line.left for line in held), max(line.right for line in held)
    top, bottom = min(line.top for line in held), max(line.bottom for line in held)
    size = median(line.height for line in held)
    kept = {id(line) for line in held}
    for stack in stacks:
        # The last characters of a paragraph are too few to tell by themselves.
        inside = all(
            left - 3 * size < line.left < right + 3 * size and top - size < line.top < bottom
            for line in stack
        )
        if inside and len(stack) < _MIN_STACK and all(line.is_cjk for line in stack):
            long.append(stack)
            kept |= {id(line) for line in stack}
    order = {id(line): i for i, line in enumerate(lines)}
    long.sort(key=lambda stack: order[id(stack[0])])
    ready = Ready(tuple(_paragraphs(long, size, width)), left, top, right, bottom)
    return ready, [line for line in lines if id(line) not in kept]


def _turned(stack: Sequence[Line], text: str, width: float) -> Line:
    """Return a column as a line of the page turned by a quarter to the left."""
    first, last = stack[0], stack[-1]
    size = median(line.height for line in stack)
    return Line(
        text,
        first.top,
        width - max(line.right for line in stack),
        last.bottom,
        width - min(line.left for line in stack),
        size,
        size,
        first.start,
        last.stop,
    )


def _paragraphs(stacks: Sequence[list[Line]], size: float, width: float) -> list[Line]:
    small = [s for s in stacks if median(line.height for line in s) < _RUBY * size]
    bases = [s for s in stacks if not any(s is other for other in small)]
    texts = [[line.text for line in stack] for stack in bases]
    alone = []
    for stack in small:
        if not _explain(stack, bases, texts):
            alone.append(stack)
    turned = [
        _turned(stack, "".join(text), width) for stack, text in zip(bases, texts, strict=True)
    ]
    turned += [_turned(stack, "".join(line.text for line in stack), width) for stack in alone]
    found = []
    for region in regions(turned, fewest=2):
        in_order = sorted(region, key=lambda line: line.top)
        for paragraph in paragraphs(in_order):
            found.append(
                replace(in_order[0], text=paragraph.text, stop=in_order[-1].stop, whole=True)
            )
    return found


def _explain(
    ruby: Sequence[Line], bases: Sequence[Sequence[Line]], texts: Sequence[list[str]]
) -> bool:
    """Write small kana in brackets behind the characters that they stand beside."""
    edge = min(line.left for line in ruby)
    top, bottom = ruby[0].top, ruby[-1].bottom
    for base, text in zip(bases, texts, strict=True):
        right = max(line.right for line in base)
        if not -0.6 * base[0].height < edge - right < 0.6 * base[0].height:
            continue
        beside = [i for i, line in enumerate(base) if top < (line.top + line.bottom) / 2 < bottom]
        if beside:
            text[beside[-1]] += "(" + "".join(line.text for line in ruby) + ")"
            return True
    return False
