"""The Python face of the compiled functions: shapes and types are checked here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels import _native


def masked_softmax(scores: NDArray[np.float32], mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``softmax(scores + mask)`` over the last axis; accumulated in float64.

    Args:
        scores: ``[Tq, Tk]`` float32 attention logits.
        mask: ``[Tq, Tk]`` float32, added; ``-inf`` where a key is not visible::

                        key 0    1    2
            query 0  [   0  -inf -inf ]
            query 1  [   0    0  -inf ]

    Returns:
        A new ``[Tq, Tk]`` float32 array, owned by the caller. A row that sees no key is
        all zeros.

    Raises:
        ValueError: The arrays are not two-dimensional, or their shapes differ.
        TypeError: They are not float32.
    """
    if scores.ndim != 2 or scores.shape != mask.shape:
        raise ValueError(f"scores {scores.shape} and mask {mask.shape} must be equal [Tq, Tk]")
    if scores.dtype != np.float32 or mask.dtype != np.float32:
        raise TypeError(f"scores ({scores.dtype}) and mask ({mask.dtype}) must be float32")
    out = np.empty(scores.shape, dtype=np.float32)
    _native.masked_softmax(np.ascontiguousarray(scores), np.ascontiguousarray(mask), out)
    return out
