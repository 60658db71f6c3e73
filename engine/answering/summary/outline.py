"""A document as a summary sees it: parts under headings, and in them lines worth telling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from engine.answering.composed import Source
from engine.answering.instructions import instructing
from engine.answering.summary.headings import Headings
from engine.answering.summary.noise import is_noise, looks_like_mail, repeated_lines, shown
from engine.languages import PROFILES, any_of
from engine.records import DocumentRef, Passage, RetrievedPassage
from engine.retrieval.sentences import sentences_of
from engine.text import is_cjk

if TYPE_CHECKING:
    from engine.catalogue import Catalogue

MOST_PASSAGES = 400
"""Of a longer document so many passages are read, spread evenly: about a second."""

LEAST_LINE = 16
LEAST_LINE_CJK = 7
"""Characters; shorter lines say nothing by themselves."""

MOST_JOINED = 230
MOST_JOINED_CJK = 90
"""Characters of sentences that are told as one."""

MOST_TABLE = 330
MOST_TABLE_CJK = 170
"""Characters of a table that is told as one."""

_RULES = tuple(profile.summaries for profile in PROFILES)
_SIGNATURE = re.compile(any_of(rules.signature for rules in _RULES))
_QUOTED = re.compile(any_of(rules.quoted for rules in _RULES))
_ROW = re.compile(r" \| |\t")
_ENDS = re.compile(r"[.!?。！？：:;；]['\"”’」』）)]*$")
_BULLET = re.compile(r"^\s*(?:[-*•・●○◆■▪‣]|[(（]?\d{1,2}[.)）．、]\s|\d+\.\d+)")
_LABELLED = re.compile(r"^[^\s:：]{1,24}(?: [^\s:：]+){0,3}[:：] ?\S")


@dataclass(frozen=True)
class Line:
    """A sentence or row of a document.

    Attributes:
        text: As it is shown, on one line.
        source: Where it stands.
        row: Whether it is a row of a table.
        part: Number of its part.
        at: Place among the document's lines.
        whole: Whether it begins and ends as a sentence does.
    """

    text: str
    source: Source
    row: bool
    part: int
    at: int
    whole: bool


@dataclass(frozen=True)
class Part:
    """What stands under one heading.

    Attributes:
        title: The heading; empty before the first.
        lines: In order.
    """

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Outline:
    """A document's parts.

    Attributes:
        document: Which.
        parts: Those that have lines, in order.
        n_passages: Passages of the document.
        n_read: Of these, how many were read.
    """

    document: DocumentRef
    parts: tuple[Part, ...]
    n_passages: int
    n_read: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in order."""
        return tuple(line for part in self.parts for line in part.lines)


def spread(values: Sequence[int], n: int) -> list[int]:
    """Return at most n values, spread evenly, the first and the last among them.

    >>> spread([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)
    [1, 5, 9]
    """
    if len(values) <= n:
        return list(values)
    if n < 2:
        return list(values[:n])
    return [values[round(at * (len(values) - 1) / (n - 1))] for at in range(n)]


def outline(
    catalogue: Catalogue,
    document: DocumentRef,
    most_passages: int = MOST_PASSAGES,
    *,
    joined: bool = True,
) -> Outline:
    """Read a document; a long one in passages that are spread evenly.

    Args:
        catalogue: Where it is stored.
        document: Which.
        most_passages: That are read.
        joined: Short sentences of one paragraph are one line, so that each says enough.
    """
    rows = catalogue.passages.ids_of_document(document.id)
    read = spread(rows, most_passages)
    stored = catalogue.passages.get(read)
    passages = [stored[row] for row in read if row in stored]
    parts = tuple(_parts(document, passages, joined))
    if joined:
        parts = tuple(Part(part.title, _with_small_tables(part.lines)) for part in parts)
    return Outline(document, parts, len(rows), len(passages))


def _parts(document: DocumentRef, passages: Sequence[Passage], joined: bool) -> Iterator[Part]:
    mail = document.media_type == "message/rfc822" or looks_like_mail(passages)
    repeated, headings = repeated_lines(passages), Headings(passages)
    title, number, at = "", 0, 0
    lines: list[Line] = []
    for passage in passages:
        if passage.location.kind == "part" and passage.location.name in ("header", "footer"):
            continue
        sentences = sentences_of(RetrievedPassage(0, passage, 0.0))
        told = instructing([each.text for each in sentences])
        for place, sentence in enumerate(sentences):
            text = shown(sentence.text)
            if mail and (_QUOTED.match(sentence.text) or _SIGNATURE.match(text)):
                if lines:
                    yield Part(title, tuple(lines))
                return
            if told[place] or is_noise(text, document, repeated, mail):
                continue
            if headings.points_elsewhere(text, passage):
                continue
            if headings.holds(sentence, passage, sentences[place + 1 : place + 2]):
                if lines:
                    yield Part(title, tuple(lines))
                    number, lines = number + 1, []
                title = text.rstrip(":：")
                continue
            shouted = text.isupper() and not any(character.isdigit() for character in text)
            if shouted or _is_short(text):
                continue
            source = Source(passage, sentence.start, sentence.end)
            row = passage.location.kind == "sheet" or bool(_ROW.search(text))
            whole = row or passage.location.kind == "slide" or _is_whole(text)
            line = Line(text, source, row, number, at, whole)
            if joined and lines and _goes_on(lines[-1], line):
                lines[-1] = _both(lines[-1], line)
                continue
            lines.append(line)
            at += 1
    if lines:
        yield Part(title, tuple(lines))


def _goes_on(before: Line, line: Line) -> bool:
    """Tell whether two short sentences stand in one paragraph, right behind each other."""
    one, other = before.source, line.source
    if before.row or line.row or one.passage.id != other.passage.id:
        return False
    start = one.passage.start
    between = one.passage.text[one.end - start : other.start - start]
    most = MOST_JOINED_CJK if any(map(is_cjk, line.text)) else MOST_JOINED
    return not between.strip() and "\n" not in between and len(before.text + line.text) <= most


def _with_small_tables(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with each table that is small enough as one: a row of it says too little."""
    made: list[Line] = []
    for passage, some in groupby(lines, lambda line: line.source.passage.id if line.row else -1):
        rows = list(some)
        text = " / ".join(row.text for row in rows)
        most = MOST_TABLE_CJK if any(map(is_cjk, text)) else MOST_TABLE
        sheet = rows[0].source.passage.location.kind == "sheet"
        if passage < 0 or sheet or len(rows) == 1 or len(text) > most:
            made += rows
            continue
        whole = Source(rows[0].source.passage, rows[0].source.start, rows[-1].source.end)
        made.append(replace(rows[0], text=text, source=whole))
    return tuple(made)


def _both(before: Line, line: Line) -> Line:
    source = Source(before.source.passage, before.source.start, line.source.end)
    whole = before.whole and line.whole
    return replace(before, text=shown(source.quote), source=source, whole=whole)


def _is_whole(text: str) -> bool:
    """Tell whether a line says something by itself: a sentence, an item, a label with its value."""
    if text[:1].islower():
        return False
    return bool(_ENDS.search(text) or _BULLET.match(text) or _LABELLED.match(text))


def _is_short(text: str) -> bool:
    least = LEAST_LINE_CJK if any(map(is_cjk, text)) else LEAST_LINE
    return sum(character.isalnum() for character in text) < least
