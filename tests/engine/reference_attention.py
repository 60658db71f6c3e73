"""The attention variants as hooks of ``reference_forward``: the oracle for every other code.

Each function returns a hook. A layer without the variant's tensors runs baseline.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import erf

import numpy as np
from numpy.typing import NDArray
from reference_forward import (
    Array,
    AttentionHook,
    LayerState,
    attention_map,
    baseline,
    forward,
    mix,
)
from tiny_models import TinyModel

Tensors = Mapping[str, NDArray[np.float32]]


def _low_rank(tensors: Tensors, name: str, state: LayerState, scale: float) -> Array:
    """Return ``RoPE(scale x A^T B^T)``, ``[T, n, D]``."""
    a, b = (tensors[f"{name}.lora_{letter}"].astype(np.float64) for letter in "ab")
    flat = scale * (state.x @ a.T @ b.T)
    return state.rotate(flat.reshape(len(flat), -1, state.q.shape[2]))


def _subtract(state: LayerState, q2: Array, k2: Array, lam: Array, *, rescale: bool) -> Array:
    """Return ``(P1 V - lam P2 V) [/ (1 - lam)]``; lam ``[H]`` or ``[T, H]``."""
    first = mix(attention_map(state, state.q, state.k), state.v)
    second = mix(attention_map(state, q2, k2), state.v)
    weight = lam[..., None]
    return (first - weight * second) / ((1 - weight) if rescale else 1.0)


def difflora(tensors: Tensors, *, form: str, rescale: bool, scale: float) -> AttentionHook:
    """Paper: second queries and keys are low rank only; mirror: added to the model's own."""
    if form not in ("paper", "mirror"):
        raise ValueError(form)

    def hook(state: LayerState) -> Array:
        block = f"blk.{state.index}"
        if f"{block}.lambda" not in tensors:
            return baseline(state)
        q2 = _low_rank(tensors, f"{block}.attn_q2", state, scale)
        k2 = _low_rank(tensors, f"{block}.attn_k2", state, scale)
        if form == "mirror":
            q2, k2 = state.q + q2, state.k + k2
        lam = tensors[f"{block}.lambda"].astype(np.float64)
        return _subtract(state, q2, k2, lam, rescale=rescale)

    return hook


def diff_v2(tensors: Tensors, *, rescale: bool, scale: float) -> AttentionHook:
    """Second queries only; lambda is ``sigmoid(x w + b)``, one per token and head."""

    def hook(state: LayerState) -> Array:
        block = f"blk.{state.index}"
        if f"{block}.lambda.weight" not in tensors:
            return baseline(state)
        q2 = state.q + _low_rank(tensors, f"{block}.attn_q2", state, scale)
        weight = tensors[f"{block}.lambda.weight"].astype(np.float64)
        logit = state.x @ weight.T + tensors[f"{block}.lambda.bias"]
        return _subtract(state, q2, state.k, 1 / (1 + np.exp(-logit)), rescale=rescale)

    return hook


def temperature(u: Array, weight: Array, position: float) -> Array:
    """Return ``tanh(w . gelu(u)) + 1 + sigmoid(position) log(n)``, ``[T, n_heads]``.

    Args:
        u: ``[T, n_heads, D]``.
        weight: ``[n_heads, D]``.
        position: The trained scalar ``a``; n counts tokens from 1.
    """
    gelu = u * 0.5 * (1 + np.vectorize(erf)(u / np.sqrt(2)))
    per_token = np.tanh(np.einsum("thd,hd->th", gelu, weight))
    n = np.arange(1, len(u) + 1)[:, None]
    return per_token + 1 + np.log(n) / (1 + np.exp(-position))


def selective(tensors: Tensors) -> AttentionHook:
    """Queries and values scaled by their temperatures; keys unchanged."""

    def scaled(state: LayerState, part: str, u: Array, vectors: Array) -> Array:
        name = f"blk.{state.index}.tau_{part}"
        weight = tensors[f"{name}.weight"].astype(np.float64)
        tau = temperature(u, weight, float(tensors[f"{name}.position"][0]))
        return vectors * tau[..., None]

    def hook(state: LayerState) -> Array:
        if f"blk.{state.index}.tau_q.weight" not in tensors:
            return baseline(state)
        q = scaled(state, "q", state.q_flat, state.q)
        v = scaled(state, "v", state.v, state.v)
        return mix(attention_map(state, q, state.k), v)

    return hook


def contrast(lam: float = 0.3, tau: float = 2.0) -> AttentionHook:
    """The model's own map minus its smoothed self; no tensors."""

    def hook(state: LayerState) -> Array:
        lams = np.full(state.q.shape[1], lam)
        return _subtract(state, state.q / tau, state.k, lams, rescale=True)

    return hook


def adapter_hook(fields: Mapping[str, object], tensors: Tensors) -> AttentionHook:
    """Return the hook of an adapter, by its fields (see ``tiny_adapters``)."""
    variant, rescale = fields["variant"], bool(fields["rescale"])
    if variant == "lora":
        return baseline
    if variant == "selective":
        return selective(tensors)
    scale = float(fields["alpha2"]) / int(fields["rank2"])  # type: ignore[call-overload, arg-type]
    if variant == "difflora":
        return difflora(tensors, form=str(fields["form"]), rescale=rescale, scale=scale)
    if variant == "diff-v2":
        return diff_v2(tensors, rescale=rescale, scale=scale)
    raise ValueError(variant)


def adapted_forward(
    model: TinyModel, tokens: list[int], fields: Mapping[str, object], tensors: Tensors
) -> Array:
    """Return the logits of a model with an adapter, both branches, ``[T, n_vocab]``."""
    scale = float(fields["alpha"]) / int(fields["rank"])  # type: ignore[call-overload, arg-type]
    hook = adapter_hook(fields, tensors)
    return forward(model, tokens, attention=hook, positive=tensors, positive_scale=scale)
