"""Selective attention: queries and values are scaled by temperatures of their own.

    tau(u) = tanh(w . gelu(u)) + 1 + sigmoid(a) log n      n: position, counted from 1

Letters: H query heads, G key/value heads, D head dim.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.attention.variant import AdapterLayout, HookUse, Layer, Shape, Variant
from engine.records import AdapterInfo

if TYPE_CHECKING:
    from kernels.hook import F32, LayerWeights


def _own_shapes(info: AdapterInfo) -> dict[str, Shape]:
    return {
        "tau_q.weight": (info.n_heads, info.head_dim),
        "tau_q.position": (1,),
        "tau_v.weight": (info.n_kv_heads, info.head_dim),
        "tau_v.position": (1,),
    }


def _weights(layer: Layer) -> LayerWeights:
    return {
        "tau_q": layer.tensors["tau_q.weight"],
        "tau_v": layer.tensors["tau_v.weight"],
        "tau_q_gain": _sigmoid(layer.tensors["tau_q.position"]),
        "tau_v_gain": _sigmoid(layer.tensors["tau_v.position"]),
    }


def _sigmoid(value: F32) -> float:
    return 1.0 / (1.0 + math.exp(-float(value[0])))


VARIANT = Variant(
    name="selective",
    title="Selective attention",
    help="Queries and values are scaled by what they hold and where they stand.",
    place=30,
    adapter=AdapterLayout(
        own_shapes=_own_shapes, not_folded="its temperatures differ from token to token"
    ),
    hook=HookUse(traits={"": "selective"}, weights=_weights),
)
