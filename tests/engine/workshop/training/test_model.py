"""The torch model computes what the float64 reference computes, in every variant."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hooked_model import VARIANTS
from reference_attention import adapted_forward
from tiny_adapters import random_adapter
from tiny_models import TinyModel

from engine.workshop.training.batch import Example, collate, lay_out
from engine.workshop.training.model import AdaptedModel
from engine.workshop.training.parameters import AdapterParameters
from engine.workshop.training.recipe import POSITIVE, AdapterRecipe
from engine.workshop.training.weights import load_base

ALL = {**VARIANTS, "lora": {"variant": "lora"}}
TOKENS = [5, 70, 33, 200, 12, 12, 90, 41, 7, 150, 3, 66]


def adapted(tiny: TinyModel, name: str, first_layer: int = 0) -> tuple[AdaptedModel, dict, dict]:
    """Return the torch model, and fields and tensors of the random adapter in it."""
    base = load_base(tiny.path, "tiny")
    parameters, fields, kept = random_parameters(tiny, name, first_layer)
    return AdaptedModel(base, parameters), fields, kept


def random_parameters(
    tiny: TinyModel, name: str, first_layer: int
) -> tuple[AdapterParameters, dict, dict]:
    spec, options = tiny.spec, ALL[name]
    fields, tensors = random_adapter(spec, **options, positive=("q", "k", "v", "output"))  # type: ignore[arg-type]
    kept = {k: v for k, v in tensors.items() if int(k.split(".")[1]) >= first_layer}
    recipe = AdapterRecipe(
        variant=fields["variant"],  # type: ignore[arg-type]
        form=fields["form"],  # type: ignore[arg-type]
        rescale=bool(fields["rescale"]),
        rank=fields["rank"],  # type: ignore[arg-type]
        alpha=fields["alpha"],  # type: ignore[arg-type]
        rank2=fields["rank2"],  # type: ignore[arg-type]
        alpha2=fields["alpha2"],  # type: ignore[arg-type]
        positive=POSITIVE,
        first_layer=first_layer,
        second_scale=0.1,
    )
    base = load_base(tiny.path, "tiny")
    parameters = AdapterParameters(recipe, base.shape, 0)
    parameters.load({key: torch.from_numpy(value) for key, value in kept.items()})
    return parameters, fields, kept


def logits(model: AdaptedModel, tokens: list[int]) -> np.ndarray:
    """Return the logits after every token but the last."""
    row = lay_out([Example((tokens[0],), tuple(tokens[1:]))])
    with torch.no_grad():
        return model.logits(collate([row])).numpy()


@pytest.mark.parametrize("name", ALL)
def test_the_logits_are_those_of_the_reference(tiny: TinyModel, name: str) -> None:
    model, fields, tensors = adapted(tiny, name)
    expected = adapted_forward(tiny, TOKENS, fields, tensors)[:-1]
    np.testing.assert_allclose(logits(model, TOKENS), expected, rtol=0, atol=2e-4)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_nothing_stays_behind_on_the_cpu(tiny: TinyModel, name: str, dtype: torch.dtype) -> None:
    """Torch's ``meta`` device refuses products with tensors of another device, as cards do."""
    on_cpu, _, _ = random_parameters(tiny, name, 0)
    base = load_base(tiny.path, "tiny").to("meta")
    parameters = AdapterParameters(on_cpu.recipe, base.shape, 0, "meta")
    rows = [
        lay_out([Example((5, 70), (33, 200))]),
        lay_out([Example(tuple(TOKENS[:8]), (1, 2)), Example(tuple(TOKENS[:8]), (3,))]),
    ]
    loss = AdaptedModel(base, parameters, dtype).loss(collate(rows, "meta"))
    loss.backward()
    assert loss.device.type == "meta"
    assert all(x.grad is not None and x.grad.is_meta for x in parameters.tensors.values())


def test_without_an_adapter_they_are_the_base_models(tiny: TinyModel) -> None:
    fields, _ = random_adapter(tiny.spec, "lora")
    expected = adapted_forward(tiny, TOKENS, fields, {})[:-1]
    found = logits(AdaptedModel(load_base(tiny.path, "tiny")), TOKENS)
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-4)


@pytest.mark.parametrize("name", ["mirror", "diff-v2", "selective"])
def test_questions_that_share_a_row_do_not_see_each_other(tiny: TinyModel, name: str) -> None:
    model, _, _ = adapted(tiny, name)
    beginning = TOKENS[:6]
    rests = [[90, 41, 7], [150, 3, 66, 8, 9], [1, 2]]
    packed = lay_out([Example((*beginning, *rest[:1]), tuple(rest[1:])) for rest in rests])
    with torch.no_grad():
        together = model.logits(collate([packed])).numpy()
    alone = [logits(model, beginning + rest)[len(beginning) :] for rest in rests]
    np.testing.assert_allclose(together, np.concatenate(alone), rtol=0, atol=1e-4)


def test_padding_changes_nothing(tiny: TinyModel) -> None:
    model, _, _ = adapted(tiny, "mirror")
    short = lay_out([Example((5, 70), (33, 200))])
    long = lay_out([Example(tuple(TOKENS[:8]), tuple(TOKENS[8:]))])
    with torch.no_grad():
        both = model.logits(collate([short, long]))
        alone = model.logits(collate([short]))
    torch.testing.assert_close(both[: len(alone)], alone, rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", ALL)
def test_every_tensor_of_an_adapter_gets_a_gradient(tiny: TinyModel, name: str) -> None:
    parameters, _, tensors = random_parameters(tiny, name, 0)
    model = AdaptedModel(load_base(tiny.path, "tiny"), parameters)
    model.loss(collate([lay_out([Example(tuple(TOKENS[:5]), tuple(TOKENS[5:]))])])).backward()
    assert parameters.tensors.keys() == tensors.keys()
    for key, tensor in parameters.tensors.items():
        assert tensor.grad is not None and bool((tensor.grad != 0).any()), key
