"""A sliding window, corrected by every 64th row read densely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.attention.prefill import Prefill

if TYPE_CHECKING:
    from kernels.hook import PrefillPlan


def _plan() -> PrefillPlan:
    from kernels.hook import PrefillPlan

    return PrefillPlan(window=True, correct=True, smoothing=0.1, min_tokens=3072)


PREFILL = Prefill(name="delta", title="Delta prefill", place=10, plan=_plan)
