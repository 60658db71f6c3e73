"""Queries, keys and values of one layer in one pass, and what variants make of them.

Letters: B rows, T tokens, E model dim, H query heads, G key/value heads, D head dim.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import torch
from torch import Tensor
from torch.nn import functional

from engine.workshop.training.maps import Layout, attend
from engine.workshop.training.recipe import AdapterRecipe

Tensors = dict[str, Tensor]


@dataclass(frozen=True)
class Shared:
    """What all layers of a pass use.

    Attributes:
        rotation: ``[B, 1, T, D / 2]`` complex, the turn of each pair.
        log_position: ``[B, 1, T]``, log of the position counted from 1.
        layout: Who sees whom.
    """

    rotation: Tensor
    log_position: Tensor
    layout: Layout


@dataclass(frozen=True)
class Heads:
    """What a layer attends with.

    Attributes:
        x: ``[B, T, E]``, input of the layer's attention.
        q: ``[B, H, T, D]``, rotated.
        k: ``[B, G, T, D]``, rotated.
        v: ``[B, G, T, D]``.
        q_unturned: Queries before rotation.
        adapted: The adapter's tensors of this layer, by name in it.
        recipe: Of the adapter.
        shared: What all layers use.
    """

    x: Tensor
    q: Tensor
    k: Tensor
    v: Tensor
    q_unturned: Tensor
    adapted: Tensors
    recipe: AdapterRecipe
    shared: Shared

    @property
    def scale(self) -> float:
        """``1 / sqrt(D)``."""
        return 1 / math.sqrt(self.q.shape[-1])

    @cached_property
    def scaled(self) -> Tensor:
        """Queries as :func:`engine.workshop.training.maps.attend` wants them."""
        return self.q / math.sqrt(self.q.shape[-1])

    def second(self, part: str, scale: float = 1.0) -> Tensor:
        """Return a low-rank product of the second branch as rotated heads."""
        low = low_rank(self.x, self.adapted, part, self.recipe.scale2 * scale)
        return rotated(split(low, self.q.shape[-1]), self.shared.rotation)

    def replaced(self, **changes: Tensor) -> Heads:
        """Return the same with other queries, keys or values."""
        return replace(self, **changes)  # type: ignore[arg-type]


def one_map(heads: Heads) -> Tensor:
    """Return ``P V``: the model's own attention, ``[B, H, T, D]``."""
    return attend(heads.shared.layout, heads.scaled, heads.k, heads.v)


def two_maps(heads: Heads, q2: Tensor, k2: Tensor, lam: Tensor) -> Tensor:
    """Return ``(P1 V - lam P2 V) [/ (1 - lam)]``, ``[B, H, T, D]``.

    Args:
        heads: Of the first map.
        q2: ``[B, H, T, D]``, scaled.
        k2: ``[B, G, T, D]``.
        lam: ``[B, H, T]``, or of sizes that expand to it.
    """
    q = heads.scaled
    second = (q2, k2, lam.expand(q.shape[:3]))
    out = attend(heads.shared.layout, q, heads.k, heads.v, second)
    return out / (1 - lam[..., None]) if heads.recipe.rescale else out


def low_rank(x: Tensor, adapted: Tensors, part: str, scale: float) -> Tensor:
    """Return ``scale x A^T B^T``."""
    return functional.linear(
        functional.linear(x, adapted[f"{part}.lora_a"]), adapted[f"{part}.lora_b"] * scale
    )


def split(flat: Tensor, head_dim: int) -> Tensor:
    """``[B, T, n D] -> [B, n, T, D]``."""
    return flat.reshape(*flat.shape[:2], -1, head_dim).transpose(1, 2)


def rotated(heads: Tensor, rotation: Tensor) -> Tensor:
    """Turn each pair of neighbouring numbers by its angle (interleaved RoPE)."""
    pairs = torch.view_as_complex(heads.reshape(*heads.shape[:3], -1, 2))
    return torch.view_as_real(pairs * rotation).flatten(-2)
