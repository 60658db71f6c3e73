"""Ranking metrics and bootstrap intervals."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

RANKING_METRICS = ("recall@1", "recall@5", "recall@10", "ndcg@10", "mrr@10")

N_RESAMPLES = 2000
"""Enough for the second digit of a percentile interval; takes milliseconds."""


def ranking_metrics(ranked: Sequence[object], gold: Collection[object]) -> dict[str, float]:
    """Return the metrics of one question.

    ``recall@k``: share of the gold items among the first k. ``ndcg@10``: binary gains,
    discount ``1 / log2(1 + rank)``, over the best possible ranking. ``mrr@10``: one over
    the rank of the first gold item, 0 beyond ten.

    Args:
        ranked: Distinct items, best first.
        gold: Items that answer; at least one.
    """
    hits = [item in gold for item in ranked[:10]]
    n_gold = len(set(gold))
    gain = sum(1 / math.log2(1 + rank) for rank, hit in enumerate(hits, start=1) if hit)
    ideal = sum(1 / math.log2(1 + rank) for rank in range(1, min(n_gold, 10) + 1))
    first = next((rank for rank, hit in enumerate(hits, start=1) if hit), None)
    return {
        "recall@1": sum(hits[:1]) / n_gold,
        "recall@5": sum(hits[:5]) / n_gold,
        "recall@10": sum(hits) / n_gold,
        "ndcg@10": gain / ideal,
        "mrr@10": 1 / first if first else 0.0,
    }


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean; 0 of nothing."""
    return float(np.mean(values)) if len(values) else 0.0


def bootstrap_interval(values: Sequence[float], *, seed: int = 0) -> tuple[float, float]:
    """Return the 95 % percentile-bootstrap interval of the mean (Efron, 1979).

    The questions are resampled with replacement; the same seed gives the same interval.
    """
    if not len(values):
        return (0.0, 0.0)
    data = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, data.size, (N_RESAMPLES, data.size))
    low, high = np.percentile(data[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
