"""Recipes: those that cannot train are refused, and all arms have the same size."""

from __future__ import annotations

import pytest
import torch

from engine.errors import RecipeUnusable
from engine.formats.model_shape import ModelShape
from engine.workshop.training.parameters import AdapterParameters
from engine.workshop.training.recipe import AdapterRecipe
from engine.workshop.training.registry import recipe_for

SMOLLM2 = ModelShape(
    architecture="llama",
    n_layers=30,
    n_embd=576,
    n_heads=9,
    n_kv_heads=3,
    head_dim=64,
    n_vocab=49152,
)


@pytest.mark.parametrize(
    "fields",
    [
        {"variant": "lora", "rank": 0},
        {"variant": "lora", "rescale": True},
        {"variant": "lora", "form": "mirror"},
        {"variant": "difflora", "rank2": 4},
        {"variant": "difflora", "form": "mirror"},
        {"variant": "diff-v2"},
        {"variant": "difflora", "form": "mirror", "rank2": 4, "rescale": True},
        {"variant": "difflora", "form": "mirror", "rank2": 4, "lambda_start": 1.0},
    ],
)
def test_a_recipe_that_cannot_train_is_refused(fields: dict) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        AdapterRecipe(**fields)


def count(recipe: AdapterRecipe) -> int:
    return sum(x.numel() for x in AdapterParameters(recipe, SMOLLM2, 0).tensors.values())


@pytest.mark.parametrize("variant", ["difflora", "diff-v2", "selective"])
@pytest.mark.parametrize("first_layer", [0, 15])
def test_all_arms_have_the_same_number_of_parameters(variant: str, first_layer: int) -> None:
    lora = count(recipe_for("lora", first_layer))
    found = count(recipe_for(variant, first_layer))
    assert found == pytest.approx(lora, rel=0.03)


def test_an_adapter_starts_as_the_base_model_and_depends_on_its_seed() -> None:
    recipe = recipe_for("difflora", 28)
    first, again, other = (AdapterParameters(recipe, SMOLLM2, seed).tensors for seed in (0, 0, 1))
    for name, tensor in first.items():
        assert torch.equal(tensor, again[name])
        if name.endswith("lora_b"):
            assert not tensor.any()
        elif name.endswith("lora_a"):
            assert not torch.equal(tensor, other[name])


def test_the_seed_means_the_same_positive_branch_in_every_variant() -> None:
    """Runs that are gone on with, and arms of one seed, must not depend on what a variant adds."""
    layer = SMOLLM2.n_layers - 1
    recipe = recipe_for("difflora", layer)
    plain = AdapterRecipe("lora", rank=recipe.rank, alpha=recipe.alpha, first_layer=layer)
    alone = AdapterParameters(plain, SMOLLM2, 5).tensors
    together = AdapterParameters(recipe, SMOLLM2, 5).tensors
    assert alone and all(torch.equal(tensor, together[name]) for name, tensor in alone.items())


def test_what_nothing_trains_is_refused_by_name() -> None:
    with pytest.raises(RecipeUnusable, match="nothing here trains contrast"):
        recipe_for("contrast", 0)
    with pytest.raises(ValueError, match="contrast has no weights to train"):
        AdapterRecipe("contrast")
