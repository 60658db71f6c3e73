"""Which attention an answer runs with: asked-for is honoured or refused aloud."""

from __future__ import annotations

from typing import get_args

from engine.records import AttentionMode, PrefillMode

ATTENTION_MODES: tuple[AttentionMode, ...] = get_args(AttentionMode)
PREFILL_MODES: tuple[PrefillMode, ...] = get_args(PrefillMode)
