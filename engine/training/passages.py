"""Passages as a prompt shows them: cut around what matters, with the best sentences found."""

from __future__ import annotations

import random
from collections.abc import Sequence

from engine.retrieval.terms import held_tokens, query_tokens, rarity, stem
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


def key_sentences(question: str, texts: Sequence[str], n: int) -> list[tuple[int, str]]:
    """Return ``(1-based passage, sentence)`` of the sentences that share most with a question.

    A stand-in for :func:`engine.retrieval.find_extracts` without the embedding model: rare
    words count more.
    """
    sentences = [
        (number, text[start:end])
        for number, text in enumerate(texts, start=1)
        for start, end in sentence_spans(text)
    ]
    tokens = list(dict.fromkeys(stem(token) for token in query_tokens(question)))
    holdings = [held_tokens(tokens, sentence) for _, sentence in sentences]
    weights = rarity(tokens, holdings)
    scores = [sum(weights[token] for token in held) for held in holdings]
    ranked = sorted(range(len(sentences)), key=lambda index: (-scores[index], index))
    return [sentences[index] for index in ranked[:n]]
