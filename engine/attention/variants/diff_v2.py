"""Differential attention, second version: twice the queries over the model's own keys.

    O = (P1 - lam P2) V [/ (1 - lam)]      lam = sigmoid(x W + b), per token and head

Letters: E model dim, H query heads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.attention.variant import AdapterLayout, HookUse, Layer, Shape, Variant
from engine.attention.weights import second_queries, second_query_shapes, transposed
from engine.records import AdapterInfo

if TYPE_CHECKING:
    from kernels.hook import LayerWeights


def _own_shapes(info: AdapterInfo) -> dict[str, Shape]:
    gate = {"lambda.weight": (info.n_heads, info.n_embd), "lambda.bias": (info.n_heads,)}
    return {**second_query_shapes(info), **gate}


def _weights(layer: Layer) -> LayerWeights:
    return {
        **second_queries(layer),
        "lam_weight": transposed(layer.tensors["lambda.weight"]),
        "lam_bias": layer.tensors["lambda.bias"],
    }


VARIANT = Variant(
    name="diff-v2",
    title="Differential v2 attention",
    help="A second attention map is subtracted, more or less of it from token to token.",
    place=20,
    adapter=AdapterLayout(
        own_shapes=_own_shapes,
        not_folded="its lambda differs from token to token",
        rescales=True,
        second_branch=True,
    ),
    hook=HookUse(traits={"": "shared"}, weights=_weights),
)
