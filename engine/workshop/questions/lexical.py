"""Nearest passages by words (BM25), in memory: where hard distractors come from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from engine.retrieval.terms import query_tokens
from engine.text import content_tokens
from engine.text.stems import stem

K1, B = 1.2, 0.75
"""Of the catalogue's full-text table (SQLite's own values)."""


class LexicalIndex:
    """BM25 over passages, by the same words that retrieval matches.

    Args:
        passages: Distinct texts.
    """

    def __init__(self, passages: Sequence[str]) -> None:
        self.passages = tuple(passages)
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths: list[int] = []
        for number, text in enumerate(self.passages):
            counts = Counter(stem(token) for token in content_tokens(text))
            self._lengths.append(sum(counts.values()))
            for token, count in counts.items():
                self._postings[token].append((number, count))
        self._mean_length = sum(self._lengths) / max(1, len(self._lengths))

    def nearest(self, question: str, n: int, without: Collection[str] = ()) -> list[str]:
        """Return up to n passages that share words with a question, best first."""
        scores: dict[int, float] = defaultdict(float)
        for token in dict.fromkeys(stem(token) for token in query_tokens(question)):
            found = self._postings.get(token, [])
            rarity = math.log(1 + (len(self.passages) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                length = 1 - B + B * self._lengths[number] / self._mean_length
                scores[number] += rarity * count * (K1 + 1) / (count + K1 * length)
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        texts = (self.passages[number] for number in ranked)
        return [text for text in texts if text not in without][:n]
