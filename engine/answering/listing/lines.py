"""A document's stored text as lines of a kind, with exact offsets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engine.records import Passage
from engine.text import is_cjk, normalise
from engine.text.sentences import SENTENCE_STOPS

LineKind = Literal["heading", "row", "item", "text"]

_LINE = re.compile(r"[^\n]+")
_ROW = re.compile(r" \| ")
_QUOTE = re.compile(r"^(?:\s*>)+\s?")
_BULLET = re.compile(
    r"\s*(?:[-*+•●○◆■▪–・☐☒]\s?|(?=[（(]?\d)[（(]?(?P<n>\d{1,3})[.)）．、](?:\s+|(?!\d)))(?=\S)"
)
_CLAUSE = re.compile(r"\s*\d{1,3}(?:[.．]\d{1,3})+[.．]?\s+(?=\S)")
"""Number of a paragraph of several parts: 3.2."""

_JA_CLAUSE = re.compile(r"\s*(?:第\d{1,3}[条項号]|指摘\d{1,2})\s*")
_CLAUSE_TITLE = re.compile(r"^[（(【][^（）()]+[)）】]$")
_CLOSED = (*SENTENCE_STOPS, ";", "；", "、", ",", "，")
_CLOSED_SENTENCE = (".", "。", ";", "；")
_COLONS = (":", "：")
_MAX_TITLE = 120
_MAX_HEADING = 70
_MAX_HEADING_CJK = 32
_DIGITS = re.compile(r"\d+")
_NO_TITLE = re.compile(r"^(?:→|http)|: |：|\S\s{3,}\S")
_CONTINUES = re.compile(r"(?:\s{2,}\S|\s*[a-z(])")


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        passage: Where it stands.
        start: Offset into the document's text.
        end: Offset past the last character.
        text: What it says, without its bullet or number.
        kind: What it is in the document.
        number: Its number in a numbered list; 0 for none.
        bare: Whether it carries no mark.
    """

    passage: Passage
    start: int
    end: int
    text: str
    kind: LineKind
    number: int = 0
    bare: bool = True

    @property
    def printed(self) -> str:
        """The line as it stands in the document."""
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]


def lines_of(passages: Sequence[Passage]) -> list[Line]:
    """Return the lines of passages of one document, in reading order; what overlaps once."""
    found: list[Line] = []
    seen = -1
    for passage in passages:
        for match in _LINE.finditer(passage.text):
            start, end = passage.start + match.start(), passage.start + match.end()
            if start >= seen and match.group().strip():
                found.append(_line(passage, start, end, match.group()))
                seen = end
    return _with_headings(_without_running(found))


def _line(passage: Passage, start: int, end: int, printed: str) -> Line:
    text = _QUOTE.sub("", printed)
    if _ROW.search(text):
        return Line(passage, start, end, text.strip(), "row")
    clause = _CLAUSE.match(text)
    if (
        clause
        and len(text) <= _MAX_TITLE
        and not text.rstrip().endswith((*_CLOSED_SENTENCE, *_COLONS))
    ):
        return Line(passage, start, end, text[clause.end() :].strip(), "heading", bare=False)
    for pattern in (_CLAUSE, _JA_CLAUSE, _BULLET):
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            number = int(match.groupdict().get("n") or 0)
            return Line(
                passage, start, end, text[match.end() :].strip(), "item", number, bare=False
            )
    return Line(passage, start, end, text.strip(), "text")


def _without_running(lines: list[Line]) -> list[Line]:
    """Leave out what stands on many pages: headers, footers, page numbers."""

    def key(line: Line) -> str:
        return _DIGITS.sub("0", normalise(line.text))

    pages = [line for line in lines if line.passage.location.kind in ("page", "slide")]
    counts = Counter(key(line) for line in pages if line.kind == "text")
    return [
        line
        for line in lines
        if not (line.kind == "text" and counts[key(line)] > 1 and len(line.text) < _MAX_HEADING)
        and not (
            line.passage.location.kind == "part"
            and line.passage.location.name in ("header", "footer")
            and line.passage.document.media_type != "message/rfc822"
        )
    ]


def _with_headings(lines: list[Line]) -> list[Line]:
    """Tell headings from text and items, each by what stands around it."""
    found: list[Line] = []
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        before = lines[at - 1] if at else None
        if line.kind == "row" or after is None or not _short(line.text):
            found.append(line)
        elif line.kind == "item" and _CLAUSE_TITLE.match(line.text):
            found.append(replace(line, kind="heading", text=line.text.strip("（）()【】 ")))
        elif line.kind == "item":
            lone = line.number and (
                not _neighbours(line, before, after) or _ends_run(line, before, after)
            )
            found.append(replace(line, kind="heading") if lone else line)
        elif _titles(line, before, after):
            found.append(replace(line, kind="heading"))
        else:
            found.append(line)
    return found


def _short(text: str) -> bool:
    if text.endswith(_CLOSED) or text.endswith((":", "：")):
        return False
    cjk = any(map(is_cjk, text))
    return len(text) <= (_MAX_HEADING_CJK if cjk else _MAX_HEADING)


def _neighbours(line: Line, before: Line | None, after: Line) -> bool:
    """Tell whether the next number or the one before stands beside a numbered line."""
    follows = after.kind == "item" and after.number == line.number + 1
    led = before is not None and before.kind == "item" and before.number == line.number - 1
    return follows or led


def _ends_run(line: Line, before: Line | None, after: Line) -> bool:
    """Tell whether a number goes on with those of headings, not with the sentences above it."""
    goes_on = after.kind == "item" and after.number == line.number + 1
    return not goes_on and before is not None and before.text.endswith(_CLOSED)


def _titles(line: Line, before: Line | None, after: Line) -> bool:
    """Tell whether a short line without a mark names what follows."""
    place = line.passage.location
    if place.kind == "slide" and (before is None or before.passage.location.first != place.first):
        return True
    if line.printed.startswith(("    ", "\u3000\u3000")):
        return False
    trail = normalise(f"{line.passage.context} {line.passage.document.title}")
    if normalise(line.text) in trail:
        return True
    if _NO_TITLE.search(line.text):
        return False
    if _CONTINUES.match(after.text) and after.kind == "text":
        return False
    alone = before is None or before.text.endswith(_CLOSED) or before.kind != "text"
    return after.kind in ("row", "item") or (alone and not _short(after.text))
