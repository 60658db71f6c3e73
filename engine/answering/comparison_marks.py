"""What to mark in the text of an answer: words that the other one lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from engine.records import Answer
from engine.text import language_of
from engine.text.difference import Span, differences

_MARKER = re.compile(r"\s*\[(?:\d{1,3}|\?)\]")


def marked_texts(first: Answer, second: Answer) -> tuple[Markup, Markup]:
    """Return both generated texts as HTML, with ``<mark>`` around what only one of them has.

    Citation markers are not compared.
    """
    texts = (first.generated, second.generated)
    bare = [_bare(text) for text in texts]
    if not all(texts):
        return escape(texts[0]), escape(texts[1])
    spans = differences(bare[0][0], bare[1][0], language_of(first.question))
    return (
        _marked(texts[0], bare[0][1], spans[0]),
        _marked(texts[1], bare[1][1], spans[1]),
    )


def _bare(text: str) -> tuple[str, list[int]]:
    """Return the text without markers, and where each of its characters stands."""
    kept: list[int] = []
    at = 0
    for match in _MARKER.finditer(text):
        kept += range(at, match.start())
        at = match.end()
    kept += range(at, len(text))
    return "".join(text[index] for index in kept), kept


def _marked(text: str, origins: list[int], spans: list[Span]) -> Markup:
    parts: list[Markup] = []
    at = 0
    for span in spans:
        for start, end in _runs(span, origins):
            low, high = origins[start], origins[end - 1] + 1
            parts += [escape(text[at:low]), Markup("<mark>{}</mark>").format(text[low:high])]
            at = high
    return Markup("").join([*parts, escape(text[at:])])


def _runs(span: Span, origins: list[int]) -> Iterator[Span]:
    """Cut a span where a citation marker stood in it."""
    start, end = span
    for index in range(start + 1, end):
        if origins[index] != origins[index - 1] + 1:
            yield start, index
            start = index
    yield start, end
