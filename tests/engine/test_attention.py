"""The attention switch: asked-for is honoured or refused aloud."""

from __future__ import annotations

import pytest

from engine.attention import ATTENTION_MODES, PREFILL_MODES, check_available
from engine.errors import AttentionUnavailable, PrefillUnavailable


def test_the_baseline_is_available() -> None:
    check_available("baseline", "dense")


@pytest.mark.parametrize("mode", [m for m in ATTENTION_MODES if m != "baseline"])
def test_other_attention_modes_are_refused_by_name(mode: str) -> None:
    with pytest.raises(AttentionUnavailable, match=mode):
        check_available(mode, "dense")


@pytest.mark.parametrize("mode", [m for m in PREFILL_MODES if m != "dense"])
def test_other_prefill_modes_are_refused_by_name(mode: str) -> None:
    with pytest.raises(PrefillUnavailable, match=mode):
        check_available("baseline", mode)
