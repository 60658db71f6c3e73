"""Cuts an answer's generated text into what the window draws: text, chips, marked sentences."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.records import Citation, Extract

_MARKER = re.compile(r"\[(\d{1,4})\]")
_SPACED_MARKER = re.compile(r"\s*\[\d{1,4}\]")

_UNSUPPORTED_MARK = re.compile(r"\s*\[\?\]")


@dataclass(frozen=True)
class Piece:
    """A run of text drawn in one way.

    Attributes:
        text: What to draw; empty for a chip.
        number: Passage number of a chip; 0 for text.
        unsupported: True if no passage supports the sentence it belongs to.
        different: True if the other answer of a comparison does not have it.
    """

    text: str = ""
    number: int = 0
    unsupported: bool = False
    different: bool = False


def unsupported_spans(text: str, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Return the offsets of the sentences of ``text`` that no passage supports.

    Markers do not count: they may stand before or after a sentence's full stop.
    """
    bare, origins = _without_markers(text)
    spans: list[tuple[int, int]] = []
    for citation in citations:
        sentence = _without_markers(citation.sentence)[0].strip()
        leads = citation.verified or citation.number  # a translation leads to what it is of
        at = -1 if leads or not sentence else bare.find(sentence)
        if at >= 0:
            spans.append((origins[at], origins[at + len(sentence) - 1] + 1))
    return spans


def _without_markers(text: str) -> tuple[str, list[int]]:
    """Return the text without markers and where each of its characters came from."""
    kept: list[int] = []
    position = 0
    for match in _SPACED_MARKER.finditer(text):
        kept += range(position, match.start())
        position = match.end()
    kept += range(position, len(text))
    return "".join(text[index] for index in kept), kept


def bare_text(text: str) -> str:
    """Return a generated text without markers: what two answers are compared by."""
    return _without_markers(_UNSUPPORTED_MARK.sub("", text))[0]


def pieces_of(
    text: str,
    citations: Sequence[Citation] = (),
    n_passages: int = 999,
    *,
    different: Sequence[tuple[int, int]] = (),
) -> list[Piece]:
    """Cut a text with ``[n]`` markers into pieces, in order.

    A marker that names no passage stays plain text: it leads nowhere. The engine's mark of
    an unsupported sentence is left out: a dotted line says the same.

    Args:
        text: The generated text.
        citations: Its citations.
        n_passages: Highest number that leads somewhere.
        different: Half-open offsets into ``bare_text(text)`` that the other answer lacks.
    """
    text = _UNSUPPORTED_MARK.sub("", text)
    unsupported = unsupported_spans(text, citations)
    marked = _with_markers(text, different)
    pieces: list[Piece] = []
    position = 0
    for match in _MARKER.finditer(text):
        number = int(match.group(1))
        if not 1 <= number <= n_passages:
            continue
        pieces += _text_pieces(text, position, match.start(), unsupported, marked)
        pieces.append(Piece(number=number))
        position = match.end()
    pieces += _text_pieces(text, position, len(text), unsupported, marked)
    return pieces


def _with_markers(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of the bare text as spans of the text with its markers."""
    _, origins = _without_markers(text)
    return [(origins[start], origins[end - 1] + 1) for start, end in spans if start < end]


def _text_pieces(
    text: str,
    start: int,
    end: int,
    unsupported: list[tuple[int, int]],
    different: list[tuple[int, int]],
) -> list[Piece]:
    spans = [*unsupported, *different]
    cuts = sorted({start, end, *(cut for span in spans for cut in span if start < cut < end)})
    return [
        Piece(
            text[left:right],
            unsupported=_lies_in(left, right, unsupported),
            different=_lies_in(left, right, different),
        )
        for left, right in itertools.pairwise(cuts)
    ]


def _lies_in(left: int, right: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= left and right <= last for first, last in spans)


def quotes_of(
    extracts: Sequence[Extract], citations: Sequence[Citation] = ()
) -> dict[int, list[tuple[int, int]]]:
    """Return the cited spans by passage number, as offsets into the documents' texts."""
    found: dict[int, list[tuple[int, int]]] = {}
    for extract in extracts:
        found.setdefault(extract.number, []).append((extract.start, extract.end))
    for citation in citations:
        if citation.number and citation.end > citation.start:
            spans = found.setdefault(citation.number, [])
            if (citation.start, citation.end) not in spans:
                spans.append((citation.start, citation.end))
    return found


def merge_spans(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that touch or overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
