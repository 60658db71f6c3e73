"""Lines of a page with their places, and the paragraphs that they were wrapped from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from engine.documents.cleaning import CJK, unwrap

_MARKER = re.compile(
    r"^(?:[•‣◦▪■□◆◇●○・※▶►–—*\-]\s?(?=\S)|[(（]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3}"
    r"|[アイウエオカキクケコ])[.)）．、]\s?(?=\S)|[①-⑳]|第[\d０-９一二三四五六七八九十百]+[条章節項編])"
)
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_LINK_AT_END = re.compile(r"https?://\S*[./]$")
_FIRST_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Line:
    """One line of text; coordinates grow to the right and downwards, in any unit.

    Attributes:
        text: The line.
        left: Left edge of its first character.
        top: Top of its first character.
        right: Right edge of its last character.
        bottom: Bottom of its last character.
        height: Height of its type, where it begins.
        end_height: Height of its type where it ends; 0 if it is the same.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    height: float
    end_height: float = 0.0

    @property
    def character_width(self) -> float:
        """Mean advance of a character; at least a quarter of the height."""
        width = (self.right - self.left) / max(len(self.text), 1)
        return max(width, 0.25 * self.height)

    @property
    def is_cjk(self) -> bool:
        """Whether the line is set without spaces."""
        return len(_CJK_CHARACTER.findall(self.text)) > 0.3 * len(self.text)


def _same_row(above: Line, below: Line) -> bool:
    return abs(above.top - below.top) < 0.4 * above.height and below.left > above.left


def _first_word_fits(above: Line, below: Line, margin: float) -> bool:
    """Tell whether ``above`` had room for the first word of ``below``: the break was meant."""
    room = margin - above.right
    if below.is_cjk:
        # Line-breaking rules push up to two characters to the next line.
        return room > 3.2 * min(below.character_width, below.height)
    word = _FIRST_WORD.match(below.text)
    n_characters = len(word.group()) if word else 1
    return room > (n_characters + 1.5) * below.character_width


def _other_type_size(above: Line, below: Line) -> bool:
    """Tell whether no end of one line is as high as one of the other.

    A word in another font (code) at one end must not count as another size.
    """
    return all(
        abs(one - other) > 0.22 * max(one, other)
        for one in (above.height, above.end_height or above.height)
        for other in (below.height, below.end_height or below.height)
    )


def _ends_in_link(text: str) -> bool:
    """Web addresses are broken after any dot or slash, without a hyphen."""
    return bool(_LINK_AT_END.search(text))


class _Page:
    """What all decisions about one page share."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        gaps = [
            below.top - above.bottom
            for above, below in itertools.pairwise(lines)
            if below.top > above.top
        ]
        self.usual_gap = median(gaps) if gaps else 0.0

    def margin(self, line: Line) -> float:
        """Return the right edge of the column that a line stands in."""
        return max(
            other.right
            for other in self.lines
            if other is line or (other.left < line.right and other.right > line.left)
        )

    def ends_paragraph(self, above: Line, below: Line, *, above_is_first: bool) -> bool:
        """Tell whether a paragraph ends between two neighbouring lines."""
        height = max(above.height, below.height)
        if below.top < above.top - 0.5 * height:
            return True  # a new column, or something placed elsewhere
        if _other_type_size(above, below):
            return True  # headings, footnotes
        if below.top - above.bottom > self.usual_gap + 0.45 * height:
            return True
        if _MARKER.match(below.text):
            return True
        indent = below.left - above.left
        hangs = above_is_first and bool(_MARKER.match(above.text))
        if indent > 0.8 * height and not hangs:
            return True
        if indent < -0.8 * height and not above_is_first:
            return True
        margin = self.margin(above)
        goes_on = below.text[0].islower() and above.text[-1] not in ".!?:"
        if goes_on and above.right - above.left > 0.6 * (margin - above.left):
            return False  # ragged right: the next word was not allowed to stand alone
        return not _ends_in_link(above.text) and _first_word_fits(above, below, margin)


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Return the paragraphs of one page, de-wrapped; neighbours on a row stay on a line."""
    if not lines:
        return []
    if _is_vertical(lines):
        return ["".join(line.text.strip() for line in lines)]
    page = _Page(lines)
    found: list[list[str]] = [[lines[0].text]]
    for above, below in itertools.pairwise(lines):
        if _same_row(above, below):
            found[-1][-1] += " " + below.text
        elif page.ends_paragraph(above, below, above_is_first=len(found[-1]) == 1):
            found.append([below.text])
        else:
            found[-1].append(below.text)
    return [unwrap(group) for group in found]


def _is_vertical(lines: Sequence[Line]) -> bool:
    """Vertical Japanese arrives as one character per line."""
    short = sum(1 for line in lines if len(line.text.strip()) == 1)
    return len(lines) > 8 and short > 0.7 * len(lines) and sum(line.is_cjk for line in lines) > 4
