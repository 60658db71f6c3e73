"""The trained tensors of an adapter, named as in its file."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.formats.model_shape import ModelShape
from engine.workshop.training.recipe import AdapterRecipe
from engine.workshop.training.registry import TRAINERS
from engine.workshop.training.trainer import Beginning


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
        self._trainer = TRAINERS.get(recipe.variant)
        beginning = Beginning(recipe, shape, torch.Generator().manual_seed(seed))
        for layer in range(recipe.first_layer, shape.n_layers):
            # In this order: a seed must go on meaning the same values.
            parts = {**_positive(beginning), **self._trainer.begin(beginning)}
            for part, tensor in parts.items():
                self.tensors[f"blk.{layer}.{part}"] = tensor
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
            (gates if part in self._trainer.gates else matrices).append(tensor)
        return matrices, gates

    def clamp(self) -> None:
        """Keep values within the limits of the variant; called after each step."""
        limits = self._trainer.limits
        for name, tensor in self.tensors.items():
            part = name.split(".", 2)[2]
            if part in limits:
                tensor.data.clamp_(-limits[part], limits[part])

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


def _positive(beginning: Beginning) -> dict[str, Tensor]:
    """Return the low-rank changes of the model's own projections of a layer."""
    shape, recipe = beginning.shape, beginning.recipe
    sizes = {
        "attn_q": (shape.n_embd, shape.n_q),
        "attn_k": (shape.n_embd, shape.n_kv),
        "attn_v": (shape.n_embd, shape.n_kv),
        "attn_output": (shape.n_q, shape.n_embd),
    }
    tensors: dict[str, Tensor] = {}
    for part in recipe.positive if recipe.rank else ():
        tensors |= beginning.low_rank(part, *sizes[part], recipe.rank)
    return tensors
