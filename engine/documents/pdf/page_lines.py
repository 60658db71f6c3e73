"""Lines of a page with their places, and the paragraphs that they were wrapped from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from engine.documents.cleaning import CJK, unwrap
from engine.records import TableRow

_MARKER = re.compile(
    r"^(?:[•‣◦▪■□◆◇●○・※▶►–—*\-]\s?(?=\S)|[(（]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3}"
    r"|[アイウエオカキクケコ])[.)）．、]\s?(?=\S)|[①-⑳]|第[\d０-９一二三四五六七八九十百]+[条章節項編])"
)
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_LINK_AT_END = re.compile(r"https?://\S*[./]$")
_BROKEN = re.compile(r"[^\W_][-\u2010]$")
_ENDS = ".!?:。．！？：」』)）"
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
        start: Offset of its first character in the text layer; -1 if it is not from there.
        stop: Offset past its last character.
        region: Number of the column or other part of the page that it stands in.
        whole: It is a paragraph of its own: a row of a table, vertical text.
        row: Its cells, if it is a row of a table whose columns have names.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    height: float
    end_height: float = 0.0
    start: int = -1
    stop: int = -1
    region: int = 0
    whole: bool = False
    row: TableRow | None = None

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
            if other is line
            or (
                other.region == line.region
                and other.left < line.right
                and other.right > line.left
                and not other.whole
            )
        )

    def _goes_on_in_next_column(self, above: Line, below: Line) -> bool:
        """Tell whether a sentence is cut by the end of a column."""
        if _other_type_size(above, below) or _MARKER.match(below.text):
            return False
        if above.text[-1] in _ENDS or above.right < self.margin(above) - 2 * above.height:
            return False
        return below.text[0].islower() or (above.is_cjk and below.is_cjk)

    def ends_paragraph(self, above: Line, below: Line, *, above_is_first: bool) -> bool:
        """Tell whether a paragraph ends between two neighbouring lines."""
        height = max(above.height, below.height)
        if below.top < above.top - 0.5 * height:
            # A new column, or something placed elsewhere.
            return above.region == below.region or not self._goes_on_in_next_column(above, below)
        if _other_type_size(above, below):
            return True  # headings, footnotes
        if below.top - above.bottom > self.usual_gap + 0.45 * height:
            return True
        if _MARKER.match(below.text):
            return True
        if _BROKEN.search(above.text) and below.text[0].isalnum():
            return False
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


def is_marker(text: str) -> bool:
    """Tell whether a text is nothing but the mark or number of an item of a list."""
    match = _MARKER.match(text + " x")
    return match is not None and match.end() >= len(text)


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together, joined.

    Attributes:
        text: The paragraph on one line.
        whole: It stays together: a row of a table.
        row: Its cells, as long as the text is that of the line.
    """

    text: str
    whole: bool = False
    row: TableRow | None = None


def paragraphs(
    lines: Sequence[Line], unwrap: Callable[[list[str]], str] = unwrap
) -> list[Paragraph]:
    """Return the paragraphs of one page, de-wrapped; neighbours on a row stay on a line.

    Args:
        lines: The lines in reading order.
        unwrap: Joins the lines of one paragraph.
    """
    if not lines:
        return []
    if _is_vertical(lines):
        return [Paragraph("".join(line.text.strip() for line in lines))]
    page = _Page(lines)
    found: list[list[str]] = [[lines[0].text]]
    begins = [lines[0]]
    for above, below in itertools.pairwise(lines):
        if not (above.whole or below.whole):
            if _same_row(above, below):
                found[-1][-1] += " " + below.text
                continue
            if not page.ends_paragraph(above, below, above_is_first=len(found[-1]) == 1):
                found[-1].append(below.text)
                continue
        found.append([below.text])
        begins.append(below)
    return [_paragraph(unwrap(group), line) for group, line in zip(found, begins, strict=True)]


def _paragraph(text: str, line: Line) -> Paragraph:
    return Paragraph(text, line.whole, line.row if text == line.text else None)


def _is_vertical(lines: Sequence[Line]) -> bool:
    """Vertical Japanese arrives as one character per line."""
    short = sum(1 for line in lines if len(line.text.strip()) == 1)
    return len(lines) > 8 and short > 0.7 * len(lines) and sum(line.is_cjk for line in lines) > 4
