"""Which attention: what can be asked for, and what really ran."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.records.notices import Notice

AttentionMode = str
"""Name of an attention variant. :mod:`engine.attention.registry` knows those there are; a stored
answer may name one that this program does not have."""

PrefillMode = str
"""Name of a way to read prompts, likewise."""

KernelChoice = Literal["auto", "llama.cpp", "cpu", "opencl"]
"""Who computes attention; ``llama.cpp`` is its own code, untouched (``baseline`` only)."""


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


@dataclass(frozen=True)
class AttentionUse:
    """Which attention an answer really ran with.

    Attributes:
        mode: Attention map variant.
        prefill: Prefill variant that was asked for.
        kernel: What computed it: ``llama.cpp`` or one of our backends.
        device: Device name as the backend reports it.
        adapter: Name of the adapter file; empty if the mode needs none.
        notes: What switched itself off, and why.
    """

    mode: AttentionMode
    prefill: PrefillMode
    kernel: str
    device: str
    adapter: str = ""
    notes: tuple[Notice, ...] = ()
