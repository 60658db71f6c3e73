"""The model's own attention over low-rank changes of its weights; llama.cpp adds them itself."""

from __future__ import annotations

from engine.attention.variant import AdapterLayout, Variant

VARIANT = Variant(
    name="lora",
    title="LoRA (baseline attention)",
    help="The model's own attention with trained changes of its weights.",
    place=40,
    adapter=AdapterLayout(not_folded=""),
)
