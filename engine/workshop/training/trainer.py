"""What training must know of a variant.

Letters: E model dim, H query heads, G key/value heads, D head dim, r rank.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from engine.attention.registry import ATTENTION
from engine.formats.model_shape import ModelShape
from engine.workshop.training.heads import Heads
from engine.workshop.training.recipe import AdapterRecipe


@dataclass(frozen=True)
class Beginning:
    """What the initial tensors of a layer are made from.

    Attributes:
        recipe: What is trained.
        shape: Of the base model.
        random: Drawn from in order, so that a seed gives the same values everywhere.
    """

    recipe: AdapterRecipe
    shape: ModelShape
    random: torch.Generator

    def low_rank(
        self, part: str, n_in: int, n_out: int, rank: int, deviation: float = 0.0
    ) -> dict[str, Tensor]:
        """Return A, which keeps the size of its input, and B, zero unless told otherwise."""
        a = self._normal(rank, n_in, 1 / math.sqrt(n_in))
        b = self._normal(n_out, rank, deviation) if deviation else torch.zeros(n_out, rank)
        return {f"{part}.lora_a": a, f"{part}.lora_b": b}

    def second(self, part: str, n_out: int) -> dict[str, Tensor]:
        """Return a low-rank product of the second branch, as large as the recipe wants it."""
        recipe = self.recipe
        deviation = recipe.second_scale / (recipe.scale2 * math.sqrt(recipe.rank2))
        return self.low_rank(part, self.shape.n_embd, n_out, recipe.rank2, deviation)

    def _normal(self, n_rows: int, n_columns: int, deviation: float) -> Tensor:
        return torch.randn(n_rows, n_columns, generator=self.random) * deviation


@dataclass(frozen=True)
class Trainer:
    """How a variant is trained.

    Attributes:
        name: Of the variant in :data:`engine.attention.registry.ATTENTION`.
        recipe: Best known fields of its :class:`AdapterRecipe`, beside those of all variants.
        begin: Makes what the variant itself adds to a layer, by name in the layer.
        attend: Returns the outputs of all heads, ``[B, H, T, D]``.
        gates: Tensors of few numbers with a large effect: they learn at a rate of their own.
        limits: Largest magnitude of a tensor's values, kept after each step.
    """

    name: str
    recipe: Mapping[str, Any]
    begin: Callable[[Beginning], dict[str, Tensor]]
    attend: Callable[[Heads], Tensor]
    gates: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)

    @property
    def place(self) -> int:
        """Where lists show it: where they show the variant."""
        return ATTENTION.get(self.name).place
