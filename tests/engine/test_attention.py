"""What can be asked of attention."""

from __future__ import annotations

import pytest

from engine.attention.plans import needs_adapter
from engine.attention.registry import ATTENTION, PREFILLS
from engine.records import AttentionChoice


def test_the_default_is_the_ordinary_attention() -> None:
    assert AttentionChoice() == AttentionChoice("baseline", "dense", "auto", "")
    assert ATTENTION.names[0] == "baseline" and PREFILLS.names[0] == "dense"


@pytest.mark.parametrize("mode", ATTENTION.names)
def test_only_trained_modes_need_an_adapter(mode: str) -> None:
    trained = mode not in ("baseline", "contrast")
    assert needs_adapter(mode) == trained
