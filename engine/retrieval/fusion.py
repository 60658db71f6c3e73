"""Reciprocal rank fusion of rankings whose scores cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]], weights: Sequence[float], k: float
) -> list[tuple[int, float]]:
    """Fuse rankings of ids: ``score(id) = sum_i weights[i] / (k + rank_i(id))``.

    Args:
        rankings: Ids, best first; an id absent from a ranking adds nothing there.
        weights: One per ranking.
        k: Larger values flatten the lead of the first ranks (Cormack et al., 2009: 60).

    Returns:
        ``(id, score)`` best first; ties keep the order in which ids were first seen, so
        the result is reproducible.
    """
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + weight / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
