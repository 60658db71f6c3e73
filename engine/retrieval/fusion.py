"""Fusion of two rankings by how near and how well covered each passage is.

``score(p) = similarity(p) + WORDS_WEIGHT * spread * words(p)`` with ``words`` in [0, 1]: the
passage's BM25 as a share of the best, and its rank, both times the share of the question's words
that the best hits cover at all. ``spread`` is the yardstick of the model's cosines, so that the
rest is the same for any model. A passage in another language than the question cannot hold its
words; that it does not is no evidence against it, so it gets a part of them for nothing
(:data:`UNKNOWN_WORDS`): less than a passage in the question's language with its words, more than
one that shares nothing but "2025" with it.

It took the place of reciprocal rank fusion, which sees no distances: where lexical search knows
nothing its noise counted as much as the nearest vector (``docs/decisions/0051-across-languages.md``
has both figures).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Ranking = Sequence[tuple[int, float]]

WORDS_WEIGHT = 0.6
"""Of a passage with all words against one with none, in units of the model's spread."""

UNKNOWN_WORDS = 0.2
"""What a passage in another language gets for words that it cannot hold."""

FULL_COVERAGE = 0.8
"""From this share of the question's words on, the lexical ranking is trusted fully."""

_RANK_SHARE = 0.5
"""Half of ``words`` is the share of the best BM25, half falls with the rank: scores of equal
passages differ by their length."""

_RANK_SCALE = 3.0

_SPREAD_SHARE = 0.8
"""The distance of the candidates of one question is mostly more than the yardstick of the model."""

_LEAST_SPREAD = 0.01


@dataclass(frozen=True)
class Evidence:
    """What both retrievers say of some passages.

    Attributes:
        lexical: ``(id, BM25)``, best first.
        similarity: Cosine of each passage that has a vector.
        coverage: Share of the question's words, weighted by rarity, that the best hits hold.
        other_language: Passages in another language than the question.
        named: How well the name of its document fits the question; 1 counts as much as all words.
        spread: How far the model puts near and far passages apart; None if unknown.
    """

    lexical: Ranking
    similarity: Mapping[int, float]
    coverage: float
    other_language: Collection[int] = field(default_factory=frozenset)
    named: Mapping[int, float] = field(default_factory=dict)
    spread: float | None = None


def fuse(evidence: Evidence) -> list[tuple[int, float]]:
    """Return ``(id, score)`` of all passages, best first.

    A passage without a vector (yet) counts as being as far as the farthest that has one. Ties
    keep the order in which ids came, lexical hits first, so that the result is reproducible.
    """
    words = words_confidence(evidence.lexical, evidence.coverage)
    ids = list(dict.fromkeys((*words, *evidence.similarity, *evidence.named)))
    farthest = min(evidence.similarity.values(), default=0.0)
    weight = WORDS_WEIGHT * (evidence.spread or spread_of(evidence.similarity.values()))
    scores: list[tuple[int, float]] = []
    for item in ids:
        held = words.get(item, 0.0)
        if item in evidence.other_language:
            held = max(held, UNKNOWN_WORDS)
        held += evidence.named.get(item, 0.0)
        scores.append((item, evidence.similarity.get(item, farthest) + weight * held))
    return sorted(scores, key=lambda pair: -pair[1])


def words_confidence(hits: Ranking, coverage: float) -> dict[int, float]:
    """Return ``words`` of each lexical hit.

    Args:
        hits: ``(id, BM25)``, best first.
        coverage: Of the best hits.
    """
    if not hits or hits[0][1] <= 0:
        return {item: 0.0 for item, _ in hits}
    trust = min(1.0, coverage / FULL_COVERAGE)
    found: dict[int, float] = {}
    for place, (item, score) in enumerate(hits):
        by_rank = _RANK_SCALE / (_RANK_SCALE + place)
        share = max(0.0, score / hits[0][1])
        found[item] = trust * ((1 - _RANK_SHARE) * share + _RANK_SHARE * by_rank)
    return found


def spread_of(similarities: Collection[float]) -> float:
    """Return a yardstick for the cosines of a model that nobody measured, from candidates."""
    if not similarities:
        return 1.0
    return max(_LEAST_SPREAD, _SPREAD_SHARE * (max(similarities) - min(similarities)))
