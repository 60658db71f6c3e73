"""From what was asked for to what the hook in llama.cpp runs.

Letters: E model dim, H query heads, G key/value heads, D head dim, r rank.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from engine.records import AttentionMode, PrefillMode
from kernels.hook import F32, HookPlan, LayerWeights, PrefillPlan, Variant

if TYPE_CHECKING:
    from engine.records import Adapter

SUPPORTED_ARCHITECTURES = ("llama", "qwen2", "qwen3", "gemma3", "phi3")
"""Graphs that the hook was tested on; anything else runs llama.cpp's own attention."""


def unsupported(architecture: str) -> str:
    """Return why our kernels do not run a model; empty if they should."""
    if architecture in SUPPORTED_ARCHITECTURES:
        return ""
    return f"models of the architecture {architecture} are not supported by our kernels"


def is_plain(mode: AttentionMode, prefill: PrefillMode) -> bool:
    """Tell whether llama.cpp itself computes this."""
    return mode in ("baseline", "lora") and prefill == "dense"


def not_in_llama(mode: AttentionMode, prefill: PrefillMode) -> str:
    """Return why llama.cpp itself cannot run what is not plain."""
    return f"llama.cpp itself computes only baseline attention, not {mode} with {prefill} prefill"


CONTRAST_LAMBDA = 0.3
CONTRAST_TEMPERATURE = 2.0

PREFILL_PLANS: Mapping[PrefillMode, PrefillPlan] = {
    "dense": PrefillPlan(),
    "delta": PrefillPlan(window=True, correct=True, smoothing=0.1, min_tokens=3072),
    "robust-sparse": PrefillPlan(select=True, mass=0.95, local_blocks=2, min_tokens=2048),
}
"""Shorter prompts are read densely whatever was asked: there is less than a tenth to save.

Centroids and correction are no part of ``robust-sparse``: each made it miss more facts in long
prompts than it brought back (docs/decisions/0027-long-prompts.md).
"""


def build_plan(
    mode: AttentionMode,
    prefill: PrefillMode,
    adapter: Adapter | None,
    *,
    n_layers: int,
    n_heads: int,
    n_threads: int,
    latent: bool,
) -> HookPlan:
    """Return the plan of a mode.

    Args:
        mode: Attention map variant; ``lora`` is baseline here, its weights are llama.cpp's.
        prefill: How the prompt is read.
        adapter: Checked to fit; None for modes without.
        n_layers: Of the model.
        n_heads: H, of the model.
        n_threads: Threads of the kernel.
        latent: Keep second keys as a latent.
    """
    variant: Variant = "baseline"
    layers: dict[int, LayerWeights] = {}
    if mode == "contrast":
        variant = "contrast"
        lam = np.full(n_heads, CONTRAST_LAMBDA, np.float32)
        layers = {i: LayerWeights(lam=lam) for i in range(n_layers)}
    elif adapter is not None and mode != "lora":
        variant = _variant(mode, adapter)
        layers = {i: _layer(adapter, i) for i in range(n_layers)}
    return HookPlan(
        variant=variant,
        layers=layers,
        rescale=adapter is not None and adapter.info.rescale,
        temperature=CONTRAST_TEMPERATURE,
        latent=latent,
        prefill=PREFILL_PLANS[prefill],
        n_threads=n_threads,
    )


def _variant(mode: AttentionMode, adapter: Adapter) -> Variant:
    if mode == "difflora":
        return "paper" if adapter.info.form == "paper" else "mirror"
    return "shared" if mode == "diff-v2" else "selective"


def _layer(adapter: Adapter, index: int) -> LayerWeights:
    """Return one layer's weights as the hook wants them: transposed, ``alpha / rank`` inside."""
    tensors, block = adapter.tensors, f"blk.{index}"
    weights, scale = LayerWeights(), np.float32(adapter.info.scale2)
    if f"{block}.attn_q2.lora_a" in tensors:
        weights["q2_a"] = _transposed(tensors[f"{block}.attn_q2.lora_a"])
        weights["q2_b"] = _transposed(tensors[f"{block}.attn_q2.lora_b"] * scale)
    if f"{block}.attn_k2.lora_a" in tensors:
        weights["k2_a"] = _transposed(tensors[f"{block}.attn_k2.lora_a"])
        weights["k2_b"] = _transposed(tensors[f"{block}.attn_k2.lora_b"] * scale)
    if f"{block}.lambda" in tensors:
        weights["lam"] = tensors[f"{block}.lambda"]
    if f"{block}.lambda.weight" in tensors:
        weights["lam_weight"] = _transposed(tensors[f"{block}.lambda.weight"])
        weights["lam_bias"] = tensors[f"{block}.lambda.bias"]
    if f"{block}.tau_q.weight" in tensors:
        weights["tau_q"] = tensors[f"{block}.tau_q.weight"]
        weights["tau_v"] = tensors[f"{block}.tau_v.weight"]
        weights["tau_q_gain"] = _sigmoid(tensors[f"{block}.tau_q.position"])
        weights["tau_v_gain"] = _sigmoid(tensors[f"{block}.tau_v.position"])
    return weights


def _transposed(array: F32) -> F32:
    return np.ascontiguousarray(array.T, np.float32)


def _sigmoid(value: F32) -> float:
    return 1.0 / (1.0 + math.exp(-float(value[0])))
