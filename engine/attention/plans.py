"""From what was asked for to what the hook in llama.cpp runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.attention.registry import ATTENTION, PREFILLS
from engine.attention.variant import Layer, Variant
from engine.records import Adapter, AttentionMode, Notice, PrefillMode

if TYPE_CHECKING:
    from kernels.hook import F32, HookPlan, LayerWeights, PrefillPlan

SUPPORTED_ARCHITECTURES = ("llama", "qwen2", "qwen3", "gemma3", "phi3")
"""Graphs that the hook was tested on; anything else runs llama.cpp's own attention."""


def unsupported(architecture: str) -> Notice | None:
    """Return why our kernels do not run a model; None if they should."""
    if architecture in SUPPORTED_ARCHITECTURES:
        return None
    return Notice("architecture-unsupported", {"architecture": architecture})


def is_plain(mode: AttentionMode, prefill: PrefillMode) -> bool:
    """Tell whether llama.cpp itself computes this.

    Raises:
        AttentionUnsupported: There is no such mode.
    """
    return ATTENTION.get(mode).is_plain and PREFILLS.get(prefill).is_plain


def needs_adapter(mode: AttentionMode) -> bool:
    """Tell whether a mode runs on trained weights.

    Raises:
        AttentionUnsupported: There is no such mode.
    """
    return ATTENTION.get(mode).needs_adapter


def not_in_llama(mode: AttentionMode, prefill: PrefillMode) -> Notice:
    """Return why llama.cpp itself cannot run what is not plain."""
    return Notice("not-in-llama-cpp", {"mode": mode, "prefill": prefill})


def prefill_plan(prefill: PrefillMode) -> PrefillPlan:
    """Return what the hook is told of a way to read prompts.

    Raises:
        AttentionUnsupported: There is no such way.
    """
    from kernels.hook import PrefillPlan

    plan = PREFILLS.get(prefill).plan
    return PrefillPlan() if plan is None else plan()


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
        mode: Attention map variant; a plain one is baseline here, llama.cpp adds its weights.
        prefill: How the prompt is read.
        adapter: Checked to fit; None for modes without.
        n_layers: Of the model.
        n_heads: H, of the model.
        n_threads: Threads of the kernel.
        latent: Keep second keys as a latent.

    Raises:
        AttentionUnsupported: There is no such mode.
    """
    from kernels.hook import HookPlan

    variant = ATTENTION.get(mode)
    plan = HookPlan(
        rescale=adapter is not None and adapter.info.rescale,
        latent=latent,
        prefill=prefill_plan(prefill),
        n_threads=n_threads,
        variant="baseline",
    )
    if variant.hook is None:
        return plan
    return replace(
        plan,
        variant=variant.hook.traits["" if adapter is None else adapter.info.form],
        temperature=variant.hook.temperature,
        layers=_layers(variant, adapter, n_layers, n_heads),
    )


def _layers(
    variant: Variant, adapter: Adapter | None, n_layers: int, n_heads: int
) -> dict[int, LayerWeights]:
    """Return the weights of the layers that do not run baseline."""
    if variant.hook is None:
        return {}
    if adapter is None:
        return {i: variant.hook.weights(Layer(n_heads)) for i in range(n_layers)}
    scale = adapter.info.scale2
    return {
        i: variant.hook.weights(Layer(n_heads, scale, layer_tensors(adapter, i)))
        for i in adapter.info.layers
    }


def layer_tensors(adapter: Adapter, index: int) -> dict[str, F32]:
    """Return the tensors of a layer by name within it."""
    block = f"blk.{index}."
    return {
        name.removeprefix(block): values
        for name, values in adapter.tensors.items()
        if name.startswith(block)
    }
