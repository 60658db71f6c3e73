"""Which attention was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from engine.records import AttentionMode, KernelChoice, PrefillMode


@dataclass(frozen=True)
class AttentionChoice:
    """What a user can ask of attention; honoured or refused aloud.

    Attributes:
        mode: Attention map variant.
        prefill: How the prompt is read.
        kernel: Who computes it; ``auto`` is our CPU kernel where the model is supported,
            else llama.cpp (for ``baseline``).
        adapter: Name of the adapter; empty takes the first that fits mode and model.
    """

    mode: AttentionMode = "baseline"
    prefill: PrefillMode = "dense"
    kernel: KernelChoice = "auto"
    adapter: str = ""

    @property
    def needs_adapter(self) -> bool:
        """Whether the mode runs on trained weights."""
        return self.mode in ("lora", "difflora", "diff-v2", "selective")
