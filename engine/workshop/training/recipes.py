"""Recipes by name, all with the same number of trained parameters (within 3 %)."""

from __future__ import annotations

from typing import Any

from engine.workshop.training.recipe import AdapterRecipe, VariantName

LORA_RANK = 16
"""Of plain LoRA. The other variants give up ranks here to pay for what they add."""


def recipe_for(variant: VariantName, first_layer: int) -> AdapterRecipe:
    """Return the best known recipe of a variant; compared in docs/lab-notebook.md.

    Differential attention starts as the model's own: both maps are equal, and what is taken
    away is given back by the division (mirror form, rescaled).

    Args:
        variant: Which attention.
        first_layer: The adapter changes layers from here on.
    """
    fewer = {"rank": 12, "alpha": 24.0}
    changes: dict[VariantName, dict[str, Any]] = {
        "lora": {},
        "difflora": {
            **fewer,
            "form": "mirror",
            "rescale": True,
            "lambda_start": 0.3,
            "rank2": 8,
            "alpha2": 16.0,
        },
        "diff-v2": {**fewer, "rank2": 8, "alpha2": 16.0},
        "selective": {},
    }
    shared: dict[str, Any] = {"rank": LORA_RANK, "alpha": 2.0 * LORA_RANK}
    return AdapterRecipe(variant, first_layer=first_layer, **{**shared, **changes[variant]})
