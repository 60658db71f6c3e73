"""Properties that the reference variants must have whatever the weights are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from reference_attention import (
    adapted_forward,
    adapter_hook,
    contrast,
    diff_v2,
    difflora,
    selective,
)
from reference_forward import LayerState, baseline, forward
from tiny_adapters import random_adapter
from tiny_models import ARCHITECTURES, TinySpec, write_tiny_model

TOKENS = [5, 9, 200, 31, 31, 77, 8, 120, 64, 3, 17, 90]
SPEC = TinySpec()
VARIANTS = [
    ("lora", "", False),
    ("difflora", "paper", False),
    ("difflora", "mirror", True),
    ("diff-v2", "", False),
    ("diff-v2", "", True),
    ("selective", "", False),
]


@pytest.fixture
def state(tmp_path) -> LayerState:
    """One layer's attention inputs, taken from a real forward."""
    seen: list[LayerState] = []

    def keep(state: LayerState):
        seen.append(state)
        return baseline(state)

    forward(write_tiny_model(tmp_path / "state.gguf"), TOKENS, attention=keep)
    return seen[1]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize(("variant", "form", "rescale"), VARIANTS)
def test_an_adapter_changes_the_logits(tmp_path, architecture, variant, form, rescale):
    model = write_tiny_model(tmp_path / "a.gguf", architecture=architecture)
    fields, tensors = random_adapter(
        model.spec, variant, form=form, rescale=rescale, positive=("q", "v") * (variant == "lora")
    )
    before, after = forward(model, TOKENS), adapted_forward(model, TOKENS, fields, tensors)
    assert np.isfinite(after).all()
    assert np.abs(after - before).max() > 0.05 * before.std()
    unchanged = adapted_forward(model, TOKENS, fields, {})
    assert np.array_equal(unchanged, before)


@pytest.mark.parametrize("form", ["paper", "mirror"])
def test_lambda_zero_is_baseline(state, form):
    _, tensors = random_adapter(SPEC, "difflora", form=form)
    tensors = {n: np.zeros_like(t) if n.endswith("lambda") else t for n, t in tensors.items()}
    found = difflora(tensors, form=form, rescale=True, scale=1.5)(state)
    assert np.allclose(found, baseline(state), atol=1e-14)


def test_a_mirror_of_itself_cancels_at_lambda_one_and_rescales_to_baseline(state):
    _, tensors = random_adapter(SPEC, "difflora", strength=0.0)
    half = difflora(tensors, form="mirror", rescale=True, scale=1.5)(state)
    assert np.allclose(half, baseline(state), atol=1e-13)
    ones = {n: np.ones_like(t) if n.endswith("lambda") else t for n, t in tensors.items()}
    gone = difflora(ones, form="mirror", rescale=False, scale=1.5)(state)
    assert np.abs(gone).max() < 1e-13


def test_diff_v2_starts_exact_with_equal_queries_and_rescaling(state):
    _, tensors = random_adapter(SPEC, "diff-v2", strength=0.0)
    assert np.allclose(diff_v2(tensors, rescale=True, scale=1.0)(state), baseline(state))


def test_selective_at_its_identity_is_baseline(state):
    _, tensors = random_adapter(SPEC, "selective", strength=0.0)
    closed = {n: t - 40 if n.endswith("position") else t for n, t in tensors.items()}
    assert np.allclose(selective(closed)(state), baseline(state), atol=1e-12)


def test_contrast_without_lambda_or_without_smoothing_is_baseline(state):
    assert np.allclose(contrast(lam=0.0)(state), baseline(state), atol=1e-14)
    assert np.allclose(contrast(lam=0.3, tau=1.0)(state), baseline(state), atol=1e-13)
    assert not np.allclose(contrast()(state), baseline(state), atol=1e-3)


@pytest.mark.parametrize(("variant", "form", "rescale"), VARIANTS)
def test_later_tokens_do_not_reach_earlier_ones(state, variant, form, rescale):
    fields, tensors = random_adapter(SPEC, variant, form=form, rescale=rescale)
    whole = adapter_hook(fields, tensors)(state)
    changed = replace(state, v=np.concatenate([state.v[:-1], state.v[-1:] + 1]))
    assert np.allclose(adapter_hook(fields, tensors)(changed)[:-1], whole[:-1], atol=1e-14)
