"""The variants that can be trained, by name, and the best known recipe of each."""

from __future__ import annotations

from typing import Any

from engine.attention.registry import Registry
from engine.errors import RecipeUnusable
from engine.workshop.training.recipe import AdapterRecipe
from engine.workshop.training.trainer import Trainer

TRAINERS = Registry(
    Trainer,
    "engine.workshop.training.variants",
    "TRAINER",
    lambda name: RecipeUnusable(detail=f"nothing here trains {name}"),
)
"""How each variant is trained."""

LORA_RANK = 16
"""Of plain LoRA. The other variants give up ranks here to pay for what they add."""


def recipe_for(variant: str, first_layer: int) -> AdapterRecipe:
    """Return the best known recipe of a variant; the lab notebook tells what it was compared with.

    All recipes have the same number of trained parameters (within 3 %).

    Args:
        variant: Which attention.
        first_layer: The adapter changes layers from here on.

    Raises:
        RecipeUnusable: Nothing here trains it.
    """
    shared: dict[str, Any] = {"rank": LORA_RANK, "alpha": 2.0 * LORA_RANK}
    changes = TRAINERS.get(variant).recipe
    return AdapterRecipe(variant, first_layer=first_layer, **{**shared, **changes})
