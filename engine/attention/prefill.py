"""What the program must know of a way to read prompts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kernels.hook import PrefillPlan


@dataclass(frozen=True)
class Prefill:
    """One way to read a prompt.

    Attributes:
        name: What users and stored answers call it.
        title: English name in lists; the window translates those it knows.
        place: Where lists show it: lower comes first.
        plan: Makes what the hook is told, when it is needed; None if llama.cpp itself reads so.
            Prompts shorter than its ``min_tokens`` are read densely whatever was asked: there is
            less than a tenth to save.
    """

    name: str
    title: str
    place: int
    plan: Callable[[], PrefillPlan] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether llama.cpp itself reads so."""
        return self.plan is None
