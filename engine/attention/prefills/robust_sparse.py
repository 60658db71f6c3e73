"""Blocks chosen by pooled scores.

Centroids and correction are no part of it: each made it miss more facts in long prompts than it
brought back (see the lab notebook).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.attention.prefill import Prefill

if TYPE_CHECKING:
    from kernels.hook import PrefillPlan


def _plan() -> PrefillPlan:
    from kernels.hook import PrefillPlan

    return PrefillPlan(select=True, mass=0.95, local_blocks=2, min_tokens=2048)


PREFILL = Prefill(name="robust-sparse", title="Robust sparse prefill", place=20, plan=_plan)
