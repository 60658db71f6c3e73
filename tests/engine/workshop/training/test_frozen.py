"""Products with frozen matrices, rounded or not."""

from __future__ import annotations

import pytest
import torch
from tiny_models import TinyModel

from engine.workshop.training.batch import Example, collate, lay_out
from engine.workshop.training.frozen import FrozenLinear, dtype_of, fastest_dtype
from engine.workshop.training.model import AdaptedModel
from engine.workshop.training.parameters import AdapterParameters
from engine.workshop.training.recipe import AdapterRecipe
from engine.workshop.training.weights import load_base

DIFFERENTIAL = AdapterRecipe(
    "difflora", form="mirror", rescale=True, rank=4, rank2=4, alpha2=8.0, lambda_start=0.3
)


def product(dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the product of fixed factors, and the gradient of the sum of its squares."""
    random = torch.Generator().manual_seed(0)
    x = torch.randn(5, 7, 96, generator=random, requires_grad=True)
    y = FrozenLinear(torch.randn(33, 96, generator=random), dtype)(x)
    y.square().sum().backward()
    assert x.grad is not None
    return y.detach(), x.grad


def test_single_precision_is_the_plain_product() -> None:
    random = torch.Generator().manual_seed(1)
    x, weight = torch.randn(4, 8, generator=random), torch.randn(6, 8, generator=random)
    assert torch.equal(FrozenLinear(weight)(x), x @ weight.T)


def test_rounding_stays_within_that_of_its_factors() -> None:
    for exact, rounded in zip(product(torch.float32), product(torch.bfloat16), strict=True):
        assert rounded.dtype == torch.float32
        error = (rounded - exact).std() / exact.std()
        assert 0 < error < 2**-7


def test_a_setting_means_what_it_says() -> None:
    assert dtype_of("float32") == torch.float32
    assert dtype_of("bfloat16") == torch.bfloat16
    assert dtype_of("auto") == fastest_dtype() in (torch.float32, torch.bfloat16)


@pytest.mark.parametrize("recipe", [AdapterRecipe("lora", rank=4), DIFFERENTIAL])
def test_an_adapter_learns_in_the_same_direction(tiny: TinyModel, recipe: AdapterRecipe) -> None:
    base = load_base(tiny.path, "tiny")
    tokens = torch.randint(3, 250, (40,), generator=torch.Generator().manual_seed(2)).tolist()
    batch = collate([lay_out([Example(tuple(tokens[:20]), tuple(tokens[20:]))])])
    gradients = []
    for dtype in (torch.float32, torch.bfloat16):
        adapter = AdapterParameters(recipe, base.shape, seed=0)
        random = torch.Generator().manual_seed(3)
        for name, tensor in adapter.tensors.items():
            if name.endswith("lora_b"):  # zero at the start, which would hide A's gradient
                tensor.data.normal_(std=0.05, generator=random)
        model = AdaptedModel(base, adapter, dtype)
        model.loss(batch).backward()
        gradients.append(torch.cat([t.grad.flatten() for t in adapter.tensors.values()]))  # type: ignore[union-attr]
    exact, rounded = gradients
    assert not torch.equal(exact, rounded)
    assert float(torch.cosine_similarity(exact, rounded, dim=0)) > 0.995
