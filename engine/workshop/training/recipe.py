"""What is trained: variant, form, ranks and initial values of an adapter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from engine.attention.registry import ATTENTION

PositivePart = Literal["attn_q", "attn_k", "attn_v", "attn_output"]

POSITIVE: tuple[PositivePart, ...] = ("attn_q", "attn_k", "attn_v", "attn_output")

MAX_LAMBDA = 0.95
"""Of a constant lambda: the output may be divided by ``1 - lam``, which must stay away from 0."""


@dataclass(frozen=True)
class AdapterRecipe:
    """An adapter before training.

    Attributes:
        variant: Which attention; one that has trained weights.
        form: Which of its forms; empty for a variant with one.
        rescale: Divide by ``1 - lambda``, where a variant has one.
        rank: Of the positive branch; 0 for none.
        alpha: Its products are multiplied with ``alpha / rank``.
        rank2: Of the second branch, where a variant has one.
        alpha2: Products of the second branch are multiplied with ``alpha2 / rank2``.
        positive: Projections with a positive branch.
        first_layer: The adapter changes layers from here on; those below stay untouched.
        lambda_start: Of a constant lambda; 0 is the gate, which opens by itself.
        lambda_bias: A lambda that follows the token starts at the sigmoid of this.
        per_head: One lambda per head; otherwise one per layer.
        second_scale: Size of the second branch's products at the start, relative to its
            input (queries of a usual model are near 1); 0 starts it at nothing.
    """

    variant: str
    form: str = ""
    rescale: bool = False
    rank: int = 8
    alpha: float = 16.0
    rank2: int = 0
    alpha2: float = 0.0
    positive: tuple[PositivePart, ...] = POSITIVE
    first_layer: int = 0
    lambda_start: float = 0.0
    lambda_bias: float = -4.0
    per_head: bool = True
    second_scale: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot train, before anybody waits for it.

        Raises:
            ValueError: The settings contradict each other, or all gradients of the second
                branch would be zero for ever.
        """
        layout = ATTENTION.get(self.variant).adapter
        if layout is None:
            raise ValueError(f"{self.variant} has no weights to train")
        if self.form not in layout.forms:
            forms = " or ".join(layout.forms) or "no form"
            raise ValueError(f"{self.variant} comes in {forms}, not in {self.form or 'no form'}")
        if layout.second_branch and self.rank2 < 1:
            raise ValueError(f"{self.variant} needs a second branch: rank2 of at least 1")
        if layout.own_shapes is None and not (self.rank and self.positive):
            raise ValueError(f"{self.variant} without a positive branch trains nothing")
        if self.rescale and not layout.rescales:
            raise ValueError(f"{self.variant} has nothing to rescale")
        if self.form and not -1 < self.lambda_start < MAX_LAMBDA:
            raise ValueError(f"lambda must start between -1 and {MAX_LAMBDA}")
        if self._is_dead:
            raise ValueError(
                "with lambda at 0 and a second branch at 0 no gradient reaches either: "
                "start one of them elsewhere"
            )

    @property
    def _is_dead(self) -> bool:
        """Whether lambda and the second branch hold each other at zero.

        d out / d lam is ``(P1 - P2) V`` when rescaled and ``-P2 V`` when not. The former is
        zero for equal maps; the latter is not, and opens the gate.
        """
        same = self.form == "mirror" and self.second_scale == 0
        return same and self.rescale and self.lambda_start == 0

    @property
    def scale(self) -> float:
        """Factor of the positive branch."""
        return self.alpha / self.rank if self.rank else 0.0

    @property
    def scale2(self) -> float:
        """Factor of the second branch."""
        return self.alpha2 / self.rank2 if self.rank2 else 0.0

    def as_record(self) -> dict[str, Any]:
        """Return the fields as JSON holds them."""
        return {**asdict(self), "positive": list(self.positive)}
