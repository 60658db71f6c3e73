"""Weights of a ranking, fitted so that sentences that answer come first.

Of the sentences ``i`` of a question with features ``x_i`` the first quotation is ``i`` with
probability ``softmax(w . x)_i``. The weights are the most likely ones for "it is one of those that
answer", under normal priors around what is known beforehand: what the program knew without any
question. A hundred questions alone would not tell features apart that are rare in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIOR: Mapping[str, float] = {
    "inside": 3.0,
    "similarity": 3.0,
    "form": 2.0,
    "value": 1.0,
    "named": 2.0,
    "label_answered": 1.5,
    "unit": 1.0,
    "period": 1.0,
    "counted": 1.5,
    "stranger": -1.5,
    "subject": -2.5,
    "mail_head": -4.0,
    "fragment": -1.0,
    "tiny": -0.5,
}
"""Weights that are expected; others are expected to be 0."""

PENALTY = 1.0
"""Weight of the squared distance from what is expected, in questions."""

_N_STEPS = 2000
_RATE = 0.05


@dataclass(frozen=True)
class RankedCase:
    """One question.

    Attributes:
        features: ``[n_sentences]`` maps by name.
        answers: Which of them answer; at least one.
        weight: How much it counts.
    """

    features: tuple[Mapping[str, float], ...]
    answers: tuple[bool, ...]
    weight: float = 1.0


def fitted_weights(cases: Sequence[RankedCase], names: Sequence[str]) -> dict[str, float]:
    """Return the weight of each feature, by gradient ascent (Adam)."""
    rows = np.array([[f[n] for n in names] for case in cases for f in case.features])
    counts = [len(case.features) for case in cases]
    starts = np.cumsum([0, *counts[:-1]])
    of_case = np.repeat(np.arange(len(cases)), counts)
    right = np.array([float(a) for case in cases for a in case.answers])
    weight = np.array([case.weight for case in cases])
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    w = prior.copy()
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, _N_STEPS + 1):
        likely = _softmax(rows @ w, starts, of_case)
        answering = likely * right
        known = answering / np.maximum(np.add.reduceat(answering, starts), 1e-12)[of_case]
        slope = PENALTY * (w - prior) - ((known - likely) * weight[of_case]) @ rows
        slope /= weight.sum()
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        w -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(value), 4) for name, value in zip(names, w, strict=True)}


def _softmax(scores: Floats, starts: NDArray[np.int64], of_case: NDArray[np.int64]) -> Floats:
    shifted = np.exp(scores - np.maximum.reduceat(scores, starts)[of_case])
    total: Floats = np.add.reduceat(shifted, starts)
    return np.asarray(shifted / total[of_case])
