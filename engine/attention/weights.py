"""Parts of layer weights that several variants share, as the hook wants them: transposed.

Letters: E model dim, H query heads, G key/value heads, D head dim, r rank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.attention.variant import Layer, Shape
from engine.records import AdapterInfo

if TYPE_CHECKING:
    from kernels.hook import F32, LayerWeights


def second_query_shapes(info: AdapterInfo) -> dict[str, Shape]:
    """Return the shapes of low-rank second queries."""
    n_q = info.n_heads * info.head_dim
    return {"attn_q2.lora_a": (info.rank2, info.n_embd), "attn_q2.lora_b": (n_q, info.rank2)}


def second_key_shapes(info: AdapterInfo) -> dict[str, Shape]:
    """Return the shapes of low-rank second keys."""
    n_kv = info.n_kv_heads * info.head_dim
    return {"attn_k2.lora_a": (info.rank2, info.n_embd), "attn_k2.lora_b": (n_kv, info.rank2)}


def second_queries(layer: Layer) -> LayerWeights:
    """Return ``q2_a [E, r]`` and ``q2_b [r, H D]``, ``alpha / r`` inside."""
    a, b = layer.tensors["attn_q2.lora_a"], layer.tensors["attn_q2.lora_b"]
    return {"q2_a": transposed(a), "q2_b": transposed(b * layer.scale2)}


def second_keys(layer: Layer) -> LayerWeights:
    """Return ``k2_a [E, r]`` and ``k2_b [r, G D]``, ``alpha / r`` inside."""
    a, b = layer.tensors["attn_k2.lora_a"], layer.tensors["attn_k2.lora_b"]
    return {"k2_a": transposed(a), "k2_b": transposed(b * layer.scale2)}


def transposed(matrix: F32) -> F32:
    """Return the transposed matrix in C order."""
    return matrix.T.copy(order="C")
