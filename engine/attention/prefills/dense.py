"""Every token looks at every token before it, as in llama.cpp."""

from __future__ import annotations

from engine.attention.prefill import Prefill

PREFILL = Prefill(name="dense", title="Dense prefill", place=0)
