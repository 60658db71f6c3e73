"""Which attention an answer runs with: asked-for is honoured or refused aloud."""

from __future__ import annotations

from engine.records import AttentionMode, PrefillMode

ATTENTION_MODES: tuple[AttentionMode, ...] = (
    "baseline",
    "lora",
    "difflora",
    "diff-v2",
    "selective",
    "contrast",
)
PREFILL_MODES: tuple[PrefillMode, ...] = ("dense", "delta", "robust-sparse")


def needs_adapter(mode: AttentionMode) -> bool:
    """Tell whether a mode runs on trained weights."""
    return mode in ("lora", "difflora", "diff-v2", "selective")
