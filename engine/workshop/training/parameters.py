"""The trained tensors of an adapter, named as in its file."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.formats.model_shape import ModelShape
from engine.workshop.training.recipe import MAX_LAMBDA, AdapterRecipe

LAMBDA_PARTS = ("lambda", "lambda.weight", "lambda.bias", "tau_q.position", "tau_v.position")
"""Few numbers with a large effect: they learn at a rate of their own."""


class AdapterParameters:
    """All trained tensors; the only ones of the model that require a gradient.

    Args:
        recipe: What to build.
        shape: Of the base model.
        seed: Of the initial values, which are the same on every device.
        device: Where they learn.

    Attributes:
        tensors: By name in the adapter file, e.g. ``blk.0.attn_q.lora_a``.
    """

    def __init__(
        self,
        recipe: AdapterRecipe,
        shape: ModelShape,
        seed: int,
        device: torch.device | str = "cpu",
    ) -> None:
        self.recipe = recipe
        self.shape = shape
        self.tensors: dict[str, Tensor] = {}
        self._random = torch.Generator().manual_seed(seed)
        for layer in range(recipe.first_layer, shape.n_layers):
            self._add_positive(layer)
            self._add_variant(layer)
        self.tensors = {name: tensor.to(device) for name, tensor in self.tensors.items()}
        for tensor in self.tensors.values():
            tensor.requires_grad_()

    def of_layer(self, layer: int) -> dict[str, Tensor]:
        """Return the tensors of a layer by name within it."""
        block = f"blk.{layer}."
        return {
            name.removeprefix(block): tensor
            for name, tensor in self.tensors.items()
            if name.startswith(block)
        }

    def groups(self) -> tuple[list[Tensor], list[Tensor]]:
        """Return the matrices, and what learns at lambda's rate."""
        matrices: list[Tensor] = []
        gates: list[Tensor] = []
        for name, tensor in self.tensors.items():
            part = name.split(".", 2)[2]
            (gates if part in LAMBDA_PARTS else matrices).append(tensor)
        return matrices, gates

    def clamp(self) -> None:
        """Keep lambda where the output can be rescaled; called after each step."""
        if self.recipe.variant != "difflora":
            return
        for name, tensor in self.tensors.items():
            if name.endswith(".lambda"):
                tensor.data.clamp_(-MAX_LAMBDA, MAX_LAMBDA)

    def load(self, values: Mapping[str, Tensor]) -> None:
        """Take values of the same names and shapes, in place.

        Raises:
            KeyError, ValueError: They are not those of this adapter.
        """
        if values.keys() != self.tensors.keys():
            raise KeyError("the tensors are not those of this adapter")
        for name, tensor in self.tensors.items():
            if values[name].shape != tensor.shape:
                raise ValueError(f"{name} has another shape")
            tensor.data.copy_(values[name])

    def exported(self) -> dict[str, NDArray[np.float32]]:
        """Return the tensors as the adapter file wants them."""
        n_heads = self.shape.n_heads
        arrays = {}
        for name, tensor in self.tensors.items():
            values = tensor.detach().float().cpu()
            if name.endswith(".lambda"):
                values = values.expand(n_heads)
            arrays[name] = np.ascontiguousarray(values.numpy())
        return arrays

    # --- initial values --------------------------------------------------------------

    def _normal(self, *size: int, deviation: float) -> Tensor:
        return torch.randn(*size, generator=self._random) * deviation

    def _add_low_rank(self, name: str, n_in: int, n_out: int, rank: int, deviation: float) -> None:
        """Add A, which keeps the size of its input, and B, zero unless told otherwise."""
        self.tensors[f"{name}.lora_a"] = self._normal(rank, n_in, deviation=1 / math.sqrt(n_in))
        b = self._normal(n_out, rank, deviation=deviation) if deviation else None
        self.tensors[f"{name}.lora_b"] = torch.zeros(n_out, rank) if b is None else b

    def _add_positive(self, layer: int) -> None:
        shape, rank = self.shape, self.recipe.rank
        sizes = {
            "attn_q": (shape.n_embd, shape.n_q),
            "attn_k": (shape.n_embd, shape.n_kv),
            "attn_v": (shape.n_embd, shape.n_kv),
            "attn_output": (shape.n_q, shape.n_embd),
        }
        for part in self.recipe.positive if rank else ():
            n_in, n_out = sizes[part]
            self._add_low_rank(f"blk.{layer}.{part}", n_in, n_out, rank, 0.0)

    def _add_variant(self, layer: int) -> None:
        recipe, shape, block = self.recipe, self.shape, f"blk.{layer}"
        if recipe.variant in ("difflora", "diff-v2"):
            deviation = recipe.second_scale / (recipe.scale2 * math.sqrt(recipe.rank2))
            second = {"attn_q2": shape.n_q, "attn_k2": shape.n_kv}
            for part, n_out in second.items():
                if part == "attn_q2" or recipe.variant == "difflora":
                    name = f"{block}.{part}"
                    self._add_low_rank(name, shape.n_embd, n_out, recipe.rank2, deviation)
        if recipe.variant == "difflora":
            n_lambda = shape.n_heads if recipe.per_head else 1
            self.tensors[f"{block}.lambda"] = torch.full((n_lambda,), recipe.lambda_start)
        elif recipe.variant == "diff-v2":
            weight = torch.zeros(shape.n_heads, shape.n_embd)
            bias = torch.full((shape.n_heads,), recipe.lambda_bias)
            self.tensors |= {f"{block}.lambda.weight": weight, f"{block}.lambda.bias": bias}
        elif recipe.variant == "selective":
            for part, n_heads in (("q", shape.n_heads), ("v", shape.n_kv_heads)):
                weight = torch.zeros(n_heads, shape.head_dim)
                self.tensors[f"{block}.tau_{part}.weight"] = weight
                self.tensors[f"{block}.tau_{part}.position"] = torch.full((1,), -8.0)
