"""The llama architecture in torch, frozen, with a trained attention.

Numbers follow llama.cpp: interleaved rotary pairs, RMS norm, SiLU gate. What each variant
computes stands in :mod:`engine.attention.plans` and, in NumPy, in the tests' reference.

Letters: B rows, T tokens, E model dim, H query heads, G key/value heads, D head dim.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from engine.workshop.training.batch import Batch
from engine.workshop.training.frozen import FrozenLinear
from engine.workshop.training.maps import Layout, attend
from engine.workshop.training.parameters import AdapterParameters
from engine.workshop.training.recipe import AdapterRecipe
from engine.workshop.training.weights import BaseWeights, LayerWeights

Tensors = dict[str, Tensor]


@dataclass(frozen=True)
class _Shared:
    """What all layers of a pass use.

    Attributes:
        rotation: ``[B, 1, T, D / 2]`` complex, the turn of each pair.
        log_position: ``[B, 1, T]``, log of the position counted from 1.
        layout: Who sees whom.
    """

    rotation: Tensor
    log_position: Tensor
    layout: Layout


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
        self._recipe = adapter.recipe if adapter else None
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

    def _shared(self, batch: Batch) -> _Shared:
        angles = batch.positions[:, None, :, None].double() * self.base.inverse_frequencies
        rotation = torch.polar(torch.ones_like(angles), angles).to(torch.complex64)
        log_position = torch.log(batch.positions[:, None, :].float() + 1)
        return _Shared(rotation, log_position, replace(batch.layout, dtype=self._dtype))

    def _layer(
        self,
        hidden: Tensor,
        weights: _Frozen,
        adapted: Tensors,
        shared: _Shared,
        rows: Tensor | None,
    ) -> Tensor:
        """Return the residual stream after a layer; of the last one, only the rows asked for."""
        x = _norm(hidden, weights.attn_norm, self.base.eps)
        heads = _Attention(self.base, weights, adapted, self._recipe, shared).of(x)
        if rows is not None:
            heads, hidden = heads.flatten(0, 1)[rows], hidden.flatten(0, 1)[rows]
        out = weights.output(heads)
        if "attn_output.lora_a" in adapted and self._recipe is not None:
            out = out + _low_rank(heads, adapted, "attn_output", self._recipe.scale)
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
        recipe: AdapterRecipe | None,
        shared: _Shared,
    ) -> None:
        self._shape = base.shape
        self._weights = weights
        self._adapted = adapted
        self._recipe = recipe
        self._shared = shared

    def of(self, x: Tensor) -> Tensor:
        """Return the heads' outputs, ``[B, T, H D]``."""
        shape = self._shape
        projected = self._weights.qkv(x)
        parts = torch.split(projected, [shape.n_q, shape.n_kv, shape.n_kv], dim=-1)
        flat = [self._positive(x, y, f"attn_{part}") for y, part in zip(parts, "qkv", strict=True)]
        q_flat, k_flat, v = (self._heads(y) for y in flat)
        q, k = self._rotated(q_flat), self._rotated(k_flat)
        variant = self._recipe.variant if self._recipe and self._adapted else "lora"
        if variant == "selective":
            q = q * self._temperature(q_flat, "tau_q")
            v = v * self._temperature(v, "tau_v")
        scaled = q / math.sqrt(shape.head_dim)
        if variant in ("difflora", "diff-v2"):
            out = self._subtracted(x, scaled, k, v)
        else:
            out = attend(self._shared.layout, scaled, k, v)
        return out.transpose(1, 2).flatten(2)

    def _positive(self, x: Tensor, projected: Tensor, part: str) -> Tensor:
        if f"{part}.lora_a" not in self._adapted or self._recipe is None:
            return projected
        return projected + _low_rank(x, self._adapted, part, self._recipe.scale)

    def _heads(self, flat: Tensor) -> Tensor:
        """``[B, T, n D] -> [B, n, T, D]``."""
        return flat.reshape(*flat.shape[:2], -1, self._shape.head_dim).transpose(1, 2)

    def _rotated(self, heads: Tensor) -> Tensor:
        """Turn each pair of neighbouring numbers by its angle (interleaved RoPE)."""
        pairs = torch.view_as_complex(heads.reshape(*heads.shape[:3], -1, 2))
        return torch.view_as_real(pairs * self._shared.rotation).flatten(-2)

    def _second(self, x: Tensor, part: str, scale: float) -> Tensor:
        if self._recipe is None:
            raise RuntimeError("a second branch belongs to an adapter")
        low = _low_rank(x, self._adapted, part, self._recipe.scale2 * scale)
        return self._rotated(self._heads(low))

    def _subtracted(self, x: Tensor, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Return ``(P1 V - lam P2 V) [/ (1 - lam)]``; q is scaled."""
        recipe = self._recipe
        if recipe is None:
            raise RuntimeError("a second branch belongs to an adapter")
        q2 = self._second(x, "attn_q2", 1 / math.sqrt(self._shape.head_dim))
        k2 = k if recipe.variant == "diff-v2" else self._second(x, "attn_k2", 1.0)
        if recipe.form != "paper":
            q2 = q + q2
            k2 = k2 if recipe.variant == "diff-v2" else k + k2
        lam = self._lambda(x)
        out = attend(self._shared.layout, q, k, v, (q2, k2, lam.expand(q.shape[:3])))
        return out / (1 - lam[..., None]) if recipe.rescale else out

    def _lambda(self, x: Tensor) -> Tensor:
        """Return ``[1, H or 1, 1]`` (difflora) or ``[B, H, T]`` (diff-v2)."""
        if "lambda" in self._adapted:
            return self._adapted["lambda"][None, :, None]
        weight, bias = self._adapted["lambda.weight"], self._adapted["lambda.bias"]
        return torch.sigmoid(functional.linear(x, weight, bias)).transpose(1, 2)

    def _temperature(self, u: Tensor, name: str) -> Tensor:
        """Return ``tanh(w . gelu(u)) + 1 + sigmoid(a) log n``, ``[B, n_heads, T, 1]``."""
        weight, position = self._adapted[f"{name}.weight"], self._adapted[f"{name}.position"]
        features = (functional.gelu(u) * weight[None, :, None, :]).sum(dim=-1)
        by_position = torch.sigmoid(position) * self._shared.log_position
        return (torch.tanh(features) + 1 + by_position)[..., None]


def _low_rank(x: Tensor, adapted: Tensors, part: str, scale: float) -> Tensor:
    """Return ``scale x A^T B^T``."""
    return functional.linear(
        functional.linear(x, adapted[f"{part}.lora_a"]), adapted[f"{part}.lora_b"] * scale
    )


def _norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
    return functional.rms_norm(x, (x.shape[-1],), weight, eps)
