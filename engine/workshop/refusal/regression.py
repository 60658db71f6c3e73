"""A small logistic regression, fitted by Newton's method, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.votes import wilson
from engine.retrieval.refusal import Regression

Floats = NDArray[np.float64]

PENALTY = 5.0
"""Weight of the squared coefficients (of standardised features), in cases."""

_N_STEPS = 60


@dataclass(frozen=True)
class Rates:
    """How well answered and unanswered cases are told apart.

    Attributes:
        n_answerable: Cases with an answer.
        n_unanswerable: Cases without one.
        auc: Area under the ROC.
        refused: Share of the unanswerable that is refused.
        wrongly_refused: Share of the answerable that is.
        intervals: 95 % Wilson intervals of both shares, in that order.
    """

    n_answerable: int
    n_unanswerable: int
    auc: float
    refused: float
    wrongly_refused: float
    intervals: tuple[tuple[float, float], tuple[float, float]]


def fit(
    names: Sequence[str],
    rows: Sequence[Mapping[str, float]],
    answerable: Sequence[bool],
    weights: Sequence[float],
) -> Regression:
    """Fit a regression; its borders are at 0.

    Args:
        names: Features to look at.
        rows: Features of each case.
        answerable: Whether it is answered.
        weights: How much each case counts, 1 on average.
    """
    x = np.array([[row[name] for name in names] for row in rows], dtype=np.float64)
    y, w = np.array(answerable, dtype=np.float64), np.array(weights, dtype=np.float64)
    centre = np.average(x, axis=0, weights=w)
    scale = np.sqrt(np.average((x - centre) ** 2, axis=0, weights=w)) + 1e-6
    found = _newton(np.c_[np.ones(len(x)), (x - centre) / scale], y, w)
    slopes = found[1:] / scale
    bias = float(found[0] - slopes @ centre)
    return Regression(bias, dict(zip(names, map(float, slopes), strict=True)), 0.0, 0.0, 0.0)


def _newton(x: Floats, y: Floats, w: Floats) -> Floats:
    found = np.zeros(x.shape[1])
    penalty = PENALTY * np.eye(x.shape[1])
    penalty[0, 0] = 0.0
    for _ in range(_N_STEPS):
        p = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (w * (p - y)) + penalty @ found
        curve = (x * (w * p * (1 - p))[:, None]).T @ x + penalty
        step = np.linalg.solve(curve, slope)
        found -= step
        if float(np.abs(step).max()) < 1e-9:
            break
    return found


def balanced(groups: Sequence[tuple[str, bool]]) -> list[float]:
    """Return weights by which each source counts the same, and so do both its halves."""
    counts = {group: groups.count(group) for group in set(groups)}
    each = len(groups) / len(counts)
    return [each / counts[group] for group in groups]


def threshold(log_odds: Sequence[float], share: float) -> float:
    """Return the least of some log odds below which about this share of them lies."""
    ascending = sorted(log_odds)
    return float(ascending[min(int(share * len(ascending)), len(ascending) - 1)])


def rates(log_odds: Sequence[float], refused: Sequence[bool], answerable: Sequence[bool]) -> Rates:
    """Return how well decisions and log odds tell cases apart."""
    scores, truth = np.array(log_odds), np.array(answerable, dtype=bool)
    decided = np.array(refused, dtype=bool)
    good, bad = scores[truth], scores[~truth]
    above = (good[:, None] > bad[None]).sum() + 0.5 * (good[:, None] == bad[None]).sum()
    n_right, n_wrong = int(decided[~truth].sum()), int(decided[truth].sum())
    return Rates(
        len(good),
        len(bad),
        float(above / max(1, len(good) * len(bad))),
        n_right / max(1, len(bad)),
        n_wrong / max(1, len(good)),
        (_interval(n_right, len(bad)), _interval(n_wrong, len(good))),
    )


def _interval(n: int, of: int) -> tuple[float, float]:
    return wilson(n, of) or (0.0, 1.0)
