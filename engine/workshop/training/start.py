"""Training that begins with the values of an adapter there is, to give it more practice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.adapters.file import load_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.attention.registry import ATTENTION
from engine.errors import AdapterMismatch, RecipeUnusable
from engine.formats.atomic_files import sha256_of
from engine.records import ModelFile
from engine.workshop.training.recipe import AdapterRecipe

_SAME = ("variant", "form", "rescale", "rank", "alpha", "rank2", "alpha2")


def start_values(path: Path, recipe: AdapterRecipe, model: ModelFile) -> dict[str, Tensor]:
    """Return the tensors of an adapter that training may go on with.

    Raises:
        AdapterDamaged: It cannot be read.
        AdapterMismatch: It was trained for another model.
        RecipeUnusable: It is no adapter of this recipe.
    """
    adapter = load_adapter(path)
    info = adapter.info
    if info.base_fingerprint != model_fingerprint(model.path):
        raise AdapterMismatch(adapter=info.name, base=info.base_name, model=model.name)
    layout = ATTENTION.get(recipe.variant).adapter
    second = layout is not None and layout.second_branch
    own = layout is not None and layout.own_shapes is not None
    asked = _SAME if second else _SAME[:5]
    differing = [name for name in asked if getattr(info, name) != getattr(recipe, name)]
    if own and info.layers != tuple(range(recipe.first_layer, info.n_layers)):
        differing.append("layers")
    if set(info.positive) != set(recipe.positive if recipe.rank else ()):
        differing.append("projections")
    if second and not recipe.per_head:
        differing.append("lambda per layer")  # files hold one per head
    if differing:
        named = ", ".join(differing)
        raise RecipeUnusable(detail=f"the adapter {info.name} to start from differs in: {named}")
    return {name: torch.from_numpy(values).float() for name, values in adapter.tensors.items()}


def described_start(path: Path) -> dict[str, Any]:
    """Return what a record says of the adapter that a run began with."""
    info = load_adapter(path).info
    n_tokens = info.training.get("n_tokens", 0)
    return {"name": info.name, "sha256": sha256_of(path), "n_tokens": n_tokens}
