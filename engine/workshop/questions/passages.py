"""Passages as a prompt shows them: cut around what matters."""

from __future__ import annotations

import random
from collections.abc import Sequence

from engine.text import sentence_spans


def holds(text: str, answer: str) -> bool:
    """Tell whether a text holds an answer, whatever its case."""
    return answer.lower() in text.lower()


def window(text: str, answer: str, limit: int, rng: random.Random) -> str:
    """Return neighbouring sentences of a text, at most ``limit`` characters if it can be.

    Args:
        text: A passage.
        answer: What must be in it if the text holds it; empty for none.
        limit: Characters.
        rng: Decides how much stands before the answer.
    """
    if len(text) <= limit:
        return text
    spans = sentence_spans(text)
    first, last = _sentences_with(text, spans, answer)
    if not answer:
        first = last = rng.randrange(len(spans))
    while True:
        grown = []
        if first > 0 and spans[last][1] - spans[first - 1][0] <= limit:
            grown.append((first - 1, last))
        if last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= limit:
            grown.append((first, last + 1))
        if not grown:
            return text[spans[first][0] : spans[last][1]]
        first, last = rng.choice(grown)


def _sentences_with(text: str, spans: Sequence[tuple[int, int]], answer: str) -> tuple[int, int]:
    start = text.lower().find(answer.lower())
    end = start + len(answer)
    touched = [n for n, (a, b) in enumerate(spans) if a < end and start < b]
    return (touched[0], touched[-1]) if touched else (0, 0)
