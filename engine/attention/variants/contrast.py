"""Contrast attention, an experiment without training: a flatter map is subtracted.

    O = (P1 - lam P2) V / (1 - lam)      P2 = softmax(q k^T / (tau sqrt(D)))

Letters: D head dim, H query heads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.attention.variant import HookUse, Layer, Variant

if TYPE_CHECKING:
    from kernels.hook import LayerWeights

LAMBDA = 0.3
TEMPERATURE = 2.0


def _weights(layer: Layer) -> LayerWeights:
    import numpy as np

    return {"lam": np.full(layer.n_heads, LAMBDA, np.float32)}


VARIANT = Variant(
    name="contrast",
    title="Contrast attention (experimental)",
    help="A flatter attention map is subtracted, without any training.",
    place=90,
    hook=HookUse(traits={"": "contrast"}, weights=_weights, temperature=TEMPERATURE),
)
