"""From labelled questions to the numbers by which likeness tells their kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.embedding import Embedder
from engine.questions.learnt import LearntKinds
from engine.records import QUESTION_KINDS
from engine.workshop.recognition.labelled import LabelledQuestion

PENALTY = 5.0
"""Weight of the squared coefficients of scaled vectors, in questions. From 1 to 60 the share that
is right differs by two in a hundred, and by chance."""

_N_STEPS, _RATE, _MOMENTUM = 600, 0.05, 0.9
_DIGITS = 4


def fit_kinds(
    questions: Sequence[LabelledQuestion], embedder: Embedder, fitted: Mapping[str, str]
) -> LearntKinds:
    """Fit a multinomial logistic regression over the vectors of questions.

    Small talk is left to its rules: what is wrongly taken for it would not be looked up.

    Args:
        questions: Labelled; those of the ``held`` half are left out.
        embedder: Makes the vectors.
        fitted: What the file says of itself.
    """
    ours = [each for each in questions if each.kind != "talk" and each.split != "held"]
    kinds = [kind for kind in QUESTION_KINDS if any(each.kind == kind for each in ours)]
    vectors = np.array([embedder.embed_query(each.text) for each in ours], dtype=np.float64)
    labels = np.array([kinds.index(each.kind) for each in ours])
    bias, weights = _descend(vectors, np.eye(len(kinds))[labels])
    return LearntKinds(
        fitted=dict(fitted),
        embedder=embedder.name,
        bias={kind: round(float(bias[at]), _DIGITS) for at, kind in enumerate(kinds)},
        weights={
            kind: tuple(round(float(n), _DIGITS) for n in weights[:, at])
            for at, kind in enumerate(kinds)
        },
    )


def _descend(
    vectors: NDArray[np.float64], wanted: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return bias ``[k]`` and weights ``[d, k]`` for vectors ``[n, d]`` and labels ``[n, k]``."""
    centre, scale = vectors.mean(axis=0), 1 / np.sqrt(vectors.var(axis=0).mean() + 1e-12)
    x = np.c_[np.ones(len(vectors)), (vectors - centre) * scale]
    found = np.zeros((x.shape[1], wanted.shape[1]))
    speed = np.zeros_like(found)
    for _ in range(_N_STEPS):
        odds = x @ found
        chances = np.exp(odds - odds.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slope = x.T @ (chances - wanted) / len(x)
        slope[1:] += PENALTY / len(x) * found[1:]
        speed = _MOMENTUM * speed + slope
        found -= _RATE * speed
    weights = found[1:] * scale
    return found[0] - centre @ weights, weights
