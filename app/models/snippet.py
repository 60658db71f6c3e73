"""The part of a passage, or of a document, that is worth showing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.answer_pieces import merge_spans

_SNIPPET_LENGTH = 260
_BEFORE = 60
_CONTEXT_LENGTH = 8_000
"""Characters before and after a passage in the viewer: enough to read on, cheap to lay out."""

ELLIPSIS = "… "


@dataclass(frozen=True)
class Snippet:
    """A shortened text with marked spans.

    Attributes:
        text: What to show.
        quotes: Half-open offsets into ``text`` to highlight.
        body: Half-open offsets of the passage itself; what lies outside is context.
    """

    text: str
    quotes: tuple[tuple[int, int], ...]
    body: tuple[int, int] = (0, 0)


def _clip(
    spans: Sequence[tuple[int, int]], start: int, end: int, shift: int
) -> tuple[tuple[int, int], ...]:
    kept = [(max(s, start), min(e, end)) for s, e in spans if s < end and e > start]
    return tuple((s - start + shift, e - start + shift) for s, e in merge_spans(kept))


def snippet_of(text: str, quotes: Sequence[tuple[int, int]]) -> Snippet:
    """Shorten a passage to a few lines around its first quote."""
    first = min((start for start, _ in quotes), default=0)
    start = max(0, first - _BEFORE) if first > _BEFORE else 0
    while start and text[start - 1] not in " \n。、":
        start -= 1
    end = min(len(text), start + _SNIPPET_LENGTH)
    lead = ELLIPSIS if start else ""
    tail = " …" if end < len(text) else ""
    body, places = _collapsed(text[start:end])
    spans = [
        (places[s] + len(lead), places[e] + len(lead)) for s, e in _clip(quotes, start, end, 0)
    ]
    return Snippet(lead + body + tail, tuple(spans))


def _collapsed(text: str) -> tuple[str, list[int]]:
    """Return the text with runs of white space as one space, and the new place of each offset."""
    kept: list[str] = []
    places: list[int] = []
    for character in text:
        places.append(len(kept))
        if not character.isspace():
            kept.append(character)
        elif kept and kept[-1] != " ":
            kept.append(" ")
    places.append(len(kept))
    return "".join(kept), places


def context_of(
    document_text: str, start: int, end: int, quotes: Sequence[tuple[int, int]]
) -> Snippet:
    """Cut the surroundings of a passage out of its document."""
    first = max(0, start - _CONTEXT_LENGTH)
    last = min(len(document_text), end + _CONTEXT_LENGTH)
    lead = ELLIPSIS if first else ""
    tail = " …" if last < len(document_text) else ""
    shift = len(lead) - first
    return Snippet(
        lead + document_text[first:last] + tail,
        _clip(quotes, first, last, len(lead)),
        (start + shift, end + shift),
    )
