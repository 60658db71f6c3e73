"""Float64 NumPy definitions: what every compiled kernel must agree with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def masked_softmax(scores: NDArray[np.float64], mask: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``softmax(scores + mask)`` over the last axis, in float64.

    Args:
        scores: ``[Tq, Tk]`` attention logits.
        mask: ``[Tq, Tk]`` additive mask, ``-inf`` where a key is not visible.

    Returns:
        ``[Tq, Tk]``; rows sum to 1, a row without a visible key is all zeros.
    """
    logits = scores.astype(np.float64) + mask.astype(np.float64)
    peak = logits.max(axis=-1, keepdims=True)
    weights = np.exp(logits - np.where(np.isneginf(peak), 0.0, peak))
    total = weights.sum(axis=-1, keepdims=True)
    out: NDArray[np.float64] = np.zeros_like(weights)
    np.divide(weights, total, out=out, where=total > 0)
    return out
