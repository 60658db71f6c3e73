"""The llama architecture in torch, frozen, with a trained attention.

Numbers follow llama.cpp: interleaved rotary pairs, RMS norm, SiLU gate. What each variant
computes stands in :mod:`engine.workshop.training.variants` and, in NumPy, in the tests' reference.

Letters: B rows, T tokens, E model dim, H query heads, G key/value heads, D head dim.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from engine.workshop.training.batch import Batch
from engine.workshop.training.frozen import FrozenLinear
from engine.workshop.training.heads import (
    Heads,
    Shared,
    Tensors,
    low_rank,
    one_map,
    rotated,
    split,
)
from engine.workshop.training.parameters import AdapterParameters
from engine.workshop.training.recipe import AdapterRecipe
from engine.workshop.training.registry import TRAINERS
from engine.workshop.training.weights import BaseWeights, LayerWeights

_NOTHING = AdapterRecipe("lora")
"""Stands for the recipe of a model without an adapter; no layer has tensors of it."""


class _Frozen:
    """The products of one layer; see :class:`engine.workshop.training.weights.LayerWeights`."""

    def __init__(self, weights: LayerWeights, dtype: torch.dtype) -> None:
        self.attn_norm, self.ffn_norm = weights.attn_norm, weights.ffn_norm
        self.qkv = FrozenLinear(weights.qkv, dtype)
        self.output = FrozenLinear(weights.output, dtype)
        self.gate_up = FrozenLinear(weights.gate_up, dtype)
        self.down = FrozenLinear(weights.down, dtype)


class AdaptedModel:
    """A frozen base and an adapter in training.

    Args:
        base: Weights that stay as they are.
        adapter: Weights that learn; None runs the base alone.
        dtype: Of the factors of products with frozen matrices and with softmax maps. The
            residual stream, norms, softmax and the adapter are float32 in any case.
    """

    def __init__(
        self,
        base: BaseWeights,
        adapter: AdapterParameters | None = None,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        self.base = base
        self._dtype = dtype
        self._frozen = [_Frozen(weights, dtype) for weights in base.layers]
        self._head = FrozenLinear(base.head, dtype)
        self._recipe = adapter.recipe if adapter else _NOTHING
        self._attend = TRAINERS.get(adapter.recipe.variant).attend if adapter else one_map
        n_layers = base.shape.n_layers
        self._adapted = [adapter.of_layer(i) if adapter else {} for i in range(n_layers)]
        self.precision = str(dtype).removeprefix("torch.")

    def loss(self, batch: Batch) -> Tensor:
        """Return the summed cross-entropy of all answer tokens."""
        logits = self.logits(batch)
        return functional.cross_entropy(logits, batch.targets, reduction="sum")

    def logits(self, batch: Batch) -> Tensor:
        """Return the logits before each answer token, ``[N, n_vocab]``."""
        shared = self._shared(batch)
        hidden = functional.embedding(batch.tokens, self.base.embedding)
        last = len(self._frozen) - 1
        for index, (weights, adapted) in enumerate(zip(self._frozen, self._adapted, strict=True)):
            rows = batch.sources if index == last else None
            hidden = self._layer(hidden, weights, adapted, shared, rows)
        return self._head(_norm(hidden, self.base.output_norm, self.base.eps))

    def _shared(self, batch: Batch) -> Shared:
        angles = batch.positions[:, None, :, None].double() * self.base.inverse_frequencies
        rotation = torch.polar(torch.ones_like(angles), angles).to(torch.complex64)
        log_position = torch.log(batch.positions[:, None, :].float() + 1)
        return Shared(rotation, log_position, replace(batch.layout, dtype=self._dtype))

    def _layer(
        self,
        hidden: Tensor,
        weights: _Frozen,
        adapted: Tensors,
        shared: Shared,
        rows: Tensor | None,
    ) -> Tensor:
        """Return the residual stream after a layer; of the last one, only the rows asked for."""
        x = _norm(hidden, weights.attn_norm, self.base.eps)
        attend = self._attend if adapted else one_map
        heads = _Attention(self.base, weights, adapted, self._recipe, shared).of(x, attend)
        if rows is not None:
            heads, hidden = heads.flatten(0, 1)[rows], hidden.flatten(0, 1)[rows]
        out = weights.output(heads)
        if "attn_output.lora_a" in adapted:
            out = out + low_rank(heads, adapted, "attn_output", self._recipe.scale)
        hidden = hidden + out
        gate, up = weights.gate_up(_norm(hidden, weights.ffn_norm, self.base.eps)).chunk(2, dim=-1)
        return hidden + weights.down(functional.silu(gate) * up)


class _Attention:
    """Attention of one layer in one pass."""

    def __init__(
        self,
        base: BaseWeights,
        weights: _Frozen,
        adapted: Tensors,
        recipe: AdapterRecipe,
        shared: Shared,
    ) -> None:
        self._shape = base.shape
        self._weights = weights
        self._adapted = adapted
        self._recipe = recipe
        self._shared = shared

    def of(self, x: Tensor, attend: Callable[[Heads], Tensor]) -> Tensor:
        """Return the heads' outputs, ``[B, T, H D]``."""
        return attend(self._heads(x)).transpose(1, 2).flatten(2)

    def _heads(self, x: Tensor) -> Heads:
        shape, rotation = self._shape, self._shared.rotation
        projected = self._weights.qkv(x)
        parts = torch.split(projected, [shape.n_q, shape.n_kv, shape.n_kv], dim=-1)
        flat = [self._positive(x, y, f"attn_{part}") for y, part in zip(parts, "qkv", strict=True)]
        q, k, v = (split(y, shape.head_dim) for y in flat)
        return Heads(
            x=x,
            q=rotated(q, rotation),
            k=rotated(k, rotation),
            v=v,
            q_unturned=q,
            adapted=self._adapted,
            recipe=self._recipe,
            shared=self._shared,
        )

    def _positive(self, x: Tensor, projected: Tensor, part: str) -> Tensor:
        if f"{part}.lora_a" not in self._adapted:
            return projected
        return projected + low_rank(x, self._adapted, part, self._recipe.scale)


def _norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
    return functional.rms_norm(x, (x.shape[-1],), weight, eps)
