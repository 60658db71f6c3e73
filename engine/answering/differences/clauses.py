"""A text as clauses: numbered paragraphs, list items, rows of tables, each with its offsets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.languages import PROFILES, any_of
from engine.text import is_cjk, normalise, sentence_spans
from engine.text.sentences import SENTENCE_STOPS

Span = tuple[int, int]
"""Half-open offsets into a document's text."""

_RULES = tuple(profile.versions for profile in PROFILES)
_HISTORY = re.compile(any_of(rules.history for rules in _RULES))
_EDITION = re.compile(any_of(rules.edition for rules in _RULES))
_LINE = re.compile(r"[^\n]+")
_PAGE = re.compile(rf"{any_of(rules.page for rules in _RULES)}|-+ ?\d+ ?-+", re.I)
_NUMBER = re.compile(
    rf"(?P<number>{any_of(rules.clause for rules in _RULES)}"
    r"|§ ?\d+(?:\.\d+)*|\d{1,2}(?:\.\d{1,2})+\.?(?=\s)"
    r"|\d{1,2}[.)．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])[\s　:：．]*"
)
_BULLET = re.compile(r"(?:[>\s]*[-*・•●○◆■]\s+|・)")
_TITLE_BEHIND = re.compile(r"[(（](?P<title>[^()（）]{1,30})[)）]\s*")
_LABEL = re.compile(r"(?P<label>[^|:：。.]{1,40}?)(?:(?<!\d):(?!//)\s*|:\s+|：\s*)(?P<value>\S.*)")
_MAX_HEADING = 70
_WRAPPED, _WRAPPED_CJK = 55, 30
_N_TITLE_LINES = 6


@dataclass(frozen=True)
class Sentence:
    """A sentence of a clause.

    Attributes:
        text: In comparable form.
        shown: As printed.
        spans: Where it stands; more than one if a page ends within it.
    """

    text: str
    shown: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a row.

    Attributes:
        label: What its column is called, in comparable form.
        name: The same as printed.
        value: In comparable form.
        shown: The same as printed.
        span: Of label and value as they are stored.
    """

    label: str
    name: str
    value: str
    shown: str
    span: Span


@dataclass(frozen=True)
class Clause:
    """One statement of a document.

    Attributes:
        text: In comparable form, without its number.
        heading: The heading above it as printed, without its number.
        number: Its own number, or that of its heading; empty without one.
        sentences: Its parts.
        cells: Of a row of a table, or the one of a labelled line; empty for running text.
    """

    text: str
    heading: str
    number: str
    sentences: tuple[Sentence, ...]
    cells: tuple[Cell, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands."""
        return tuple(span for sentence in self.sentences for span in sentence.spans)


@dataclass(frozen=True)
class _Line:
    text: str
    pieces: tuple[tuple[int, str], ...]


def clauses_of(text: str, limit: int) -> tuple[Clause, ...]:
    """Cut a document's text; titles, page lines and lists of earlier changes are left out.

    Args:
        text: As it is stored.
        limit: Most clauses; the rest of the text is left out.
    """
    found: list[Clause] = []
    heading = number = ""
    in_history = False
    lines = _joined(_lines(text))
    for at, line in enumerate(lines):
        following = lines[at + 1].text if at + 1 < len(lines) else ""
        own, start = _numbered(line.text)
        rest = line.text[start:]
        title = _TITLE_BEHIND.match(rest) if own.startswith("第") else None
        if _is_heading(line.text, own, rest, following):
            heading, number = (title["title"] if title else rest.strip("# ").strip()), own
            in_history = bool(_HISTORY.search(normalise(heading)))
            continue
        if in_history or (at < _N_TITLE_LINES and _is_title(line.text, bool(found))):
            continue
        if title:
            heading, number, start = title["title"], own, start + title.end()
        cells = _cells(line)
        sentences = _sentences(line, 0 if cells else start)
        if sentences:
            joined = " ".join(sentence.text for sentence in sentences)
            found.append(Clause(joined, heading, own or number, sentences, cells))
        if len(found) >= limit:
            break
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are no page's header or footer."""
    every = [(match.start(), match.group()) for match in _LINE.finditer(text)]
    first_of_page = {m.end() for m in re.finditer(r"\n\n+|\A", text)}
    folded = [re.sub(r"\d+", "0", normalise(line)) for _, line in every]
    often = Counter(folded)
    for (start, line), form in zip(every, folded, strict=True):
        plain = line.strip()
        if not plain or _PAGE.fullmatch(plain):
            continue
        short = len(plain) < _MAX_HEADING and not plain.endswith(SENTENCE_STOPS)
        headers = short and often[form] > 1 and start in first_of_page and "|" not in plain
        if headers and not _NUMBER.match(plain) and not plain.startswith("#"):
            continue
        yield start, line


def _joined(lines: Iterator[tuple[int, str]]) -> list[_Line]:
    """Put together what was broken for width, or by the end of a page."""
    found: list[_Line] = []
    for start, raw in lines:
        line = raw.strip()
        at = start + raw.index(line[0])
        if found and _goes_on(found[-1].pieces[-1][1], line):
            last = found[-1]
            space = "" if is_cjk(line[0]) else " "
            found[-1] = _Line(f"{last.text}{space}{line}", (*last.pieces, (at, line)))
        else:
            found.append(_Line(line, ((at, line),)))
    return found


def _goes_on(before: str, line: str) -> bool:
    ends = before.endswith((*SENTENCE_STOPS, ":", "：", ";", "；"))
    if ends or " | " in before or " | " in line or before.startswith("#") or _LABEL.match(line):
        return False
    if _BULLET.match(line) or _NUMBER.match(line):
        return False
    if is_cjk(before[-1]):
        return len(before) >= _WRAPPED_CJK and is_cjk(line[0])
    return len(before) >= _WRAPPED and (
        line[0].islower() or line[0] in "(0123456789" or before[-1] == ","
    )


def _numbered(line: str) -> tuple[str, int]:
    """Return the number of a line and where its text begins."""
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet else 0
    found = _NUMBER.match(line, start)
    return (found["number"].rstrip(".)．"), found.end()) if found else ("", start)


def _is_heading(line: str, number: str, rest: str, following: str) -> bool:
    if line.startswith("#"):
        return True
    if len(line) > _MAX_HEADING or line.endswith(SENTENCE_STOPS) or " | " in line or not following:
        return False
    if not rest.strip() or _LABEL.fullmatch(line):
        return bool(number) and not rest.strip()
    if number.startswith("第"):
        return bool(re.fullmatch(r"[(（]?[^。]{1,30}[)）]?", rest))
    cjk = any(map(is_cjk, rest))
    short = len(rest) <= 20 if cjk else len(rest.split()) <= 7
    if number:
        return short and "." not in number
    if _BULLET.match(line) or (any(map(str.isdigit, line)) and " | " not in following):
        return False
    longer = len(following) > 1.3 * len(line) or " | " in following
    return short and (longer or bool(_NUMBER.match(following)) or bool(_BULLET.match(following)))


def _is_title(line: str, begun: bool) -> bool:
    """Tell whether a line of the beginning only says what the document is."""
    if line.endswith(SENTENCE_STOPS) or _LABEL.fullmatch(line) or " | " in line:
        return False
    return not begun or bool(_EDITION.search(normalise(line)))


def _cells(line: _Line) -> tuple[Cell, ...]:
    if len(line.pieces) > 1:
        return ()
    start, text = line.pieces[0]
    bullet = _BULLET.match(text)
    if " | " not in text:
        found = _LABEL.fullmatch(text, bullet.end() if bullet else 0)
        if found is None or len(sentence_spans(text)) > 1:
            return ()
    cells: list[Cell] = []
    at = bullet.end() if bullet else 0
    for part in text[at:].split(" | "):
        match = _LABEL.match(part.strip())
        label, value = (match["label"], match["value"]) if match else ("", part)
        span = (start + at, start + at + len(part.rstrip()))
        if value.strip():
            cells.append(
                Cell(normalise(label), label.strip(), normalise(value), value.strip(), span)
            )
        at += len(part) + 3
    return tuple(cells)


def _sentences(line: _Line, start: int) -> tuple[Sentence, ...]:
    whole = " | " in line.text
    spans = [(start, len(line.text))] if whole else sentence_spans(line.text[start:])
    offset = 0 if whole else start
    return tuple(
        Sentence(
            normalise(shown := line.text[offset + first : offset + last]),
            shown,
            tuple(_stored(line.pieces, line.text, offset + first, offset + last)),
        )
        for first, last in spans
    )


def _stored(
    pieces: Sequence[tuple[int, str]], joined: str, first: int, last: int
) -> Iterator[Span]:
    """Yield where a part of a joined line is stored."""
    at = 0
    for start, piece in pieces:
        at = joined.index(piece, at)
        low, high = max(first, at), min(last, at + len(piece))
        if low < high:
            yield start + low - at, start + high - at
        at += len(piece)
