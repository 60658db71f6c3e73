"""Recipes by name, all with the same number of trained parameters (within 3 %)."""

from __future__ import annotations

from dataclasses import replace

from engine.training.recipe import AdapterRecipe, VariantName

LORA_RANK = 16
"""Of plain LoRA. The other variants give up ranks here to pay for what they add."""


def recipe_for(variant: VariantName, first_layer: int) -> AdapterRecipe:
    """Return the recipe of a variant that won; DECISIONS.md tells over which others.

    Args:
        variant: Which attention.
        first_layer: The adapter changes layers from here on.
    """
    lora = AdapterRecipe("lora", rank=LORA_RANK, alpha=2 * LORA_RANK, first_layer=first_layer)
    if variant == "difflora":
        return replace(lora, variant=variant, form="mirror", rank=10, alpha=20, rank2=12, alpha2=24)
    if variant == "diff-v2":
        return replace(lora, variant=variant, rank=11, alpha=22, rank2=12, alpha2=24)
    return replace(lora, variant=variant)
