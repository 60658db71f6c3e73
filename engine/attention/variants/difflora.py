"""Differential attention with a low-rank second branch and one lambda a head.

    O = (P1 - lam P2) V [/ (1 - lam)]      P = softmax(q k^T / sqrt(D))

Second queries and keys are low-rank products of the layer's input (``paper``), or these added
to the model's own (``mirror``: with zero products both maps are the same).

Letters: H query heads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.attention.variant import AdapterLayout, HookUse, Layer, Shape, Variant
from engine.attention.weights import (
    second_key_shapes,
    second_keys,
    second_queries,
    second_query_shapes,
)
from engine.records import AdapterInfo

if TYPE_CHECKING:
    from kernels.hook import LayerWeights


def _own_shapes(info: AdapterInfo) -> dict[str, Shape]:
    return {**second_query_shapes(info), **second_key_shapes(info), "lambda": (info.n_heads,)}


def _weights(layer: Layer) -> LayerWeights:
    return {**second_queries(layer), **second_keys(layer), "lam": layer.tensors["lambda"]}


VARIANT = Variant(
    name="difflora",
    title="DiffLoRA attention",
    help="A trained second attention map is subtracted from the first.",
    place=10,
    adapter=AdapterLayout(
        own_shapes=_own_shapes,
        not_folded="",
        forms=("mirror", "paper"),
        rescales=True,
        second_branch=True,
        doubles=True,
    ),
    hook=HookUse(traits={"mirror": "mirror", "paper": "paper"}, weights=_weights, keeps_keys=True),
)
