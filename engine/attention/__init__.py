"""Which attention an answer runs with: asked-for is honoured or refused aloud."""

from __future__ import annotations

from typing import get_args

from engine.errors import AttentionUnavailable, PrefillUnavailable
from engine.records import AttentionMode, PrefillMode

ATTENTION_MODES: tuple[AttentionMode, ...] = get_args(AttentionMode)
PREFILL_MODES: tuple[PrefillMode, ...] = get_args(PrefillMode)


def check_available(attention: str, prefill: str) -> None:
    """Raise unless this version can run the two modes.

    Raises:
        AttentionUnavailable: ``attention`` is not ``baseline``.
        PrefillUnavailable: ``prefill`` is not ``dense``.
    """
    if attention != "baseline":
        raise AttentionUnavailable(mode=attention)
    if prefill != "dense":
        raise PrefillUnavailable(mode=prefill)
