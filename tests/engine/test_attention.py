"""What can be asked of attention."""

from __future__ import annotations

import pytest

from engine.attention import ATTENTION_MODES, PREFILL_MODES, needs_adapter
from engine.records import AttentionChoice


def test_the_default_is_the_ordinary_attention() -> None:
    assert AttentionChoice() == AttentionChoice("baseline", "dense", "auto", "")
    assert ATTENTION_MODES[0] == "baseline" and PREFILL_MODES[0] == "dense"


@pytest.mark.parametrize("mode", ATTENTION_MODES)
def test_only_trained_modes_need_an_adapter(mode: str) -> None:
    trained = mode not in ("baseline", "contrast")
    assert needs_adapter(mode) == trained
