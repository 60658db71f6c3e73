"""Our greedy choice against llama.cpp's own chain: the same token, always."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from engine.inference.llama import ContextParameters, LlamaContext, LlamaModel
from engine.inference.sampler import (
    ChainSampler,
    GreedySampler,
    SamplerParameters,
    open_sampler,
)

GREEDY = SamplerParameters()


class Pair:
    """Both samplers over one context, which stands behind the same tokens for both."""

    def __init__(self, model: LlamaModel, context: LlamaContext, parameters: SamplerParameters):
        self.context = context
        self.ours, self.theirs = GreedySampler(parameters), ChainSampler(model, parameters)

    def sample(self) -> int:
        before = self.context.logits()
        token = self.ours.sample(self.context)
        assert np.array_equal(self.context.logits(), before)  # put back
        assert token == self.theirs.sample(self.context)
        return token

    def close(self) -> None:
        self.theirs.close()


@pytest.fixture
def opened(tiny_model) -> Iterator[tuple[LlamaModel, LlamaContext]]:
    model = LlamaModel(tiny_model.path, "tiny")
    context = LlamaContext(model, ContextParameters(512, 64, 1))
    context.decode([5, 6, 7], 0)
    yield model, context
    context.close()
    model.close()


@pytest.mark.parametrize("penalty", [1.0, 1.1, 1.5, 3.0, 0.7])
def test_it_writes_what_the_chain_writes(opened, penalty):
    model, context = opened
    pair = Pair(model, context, replace(GREEDY, repeat_penalty=penalty, repeat_window=16))
    for position in range(3, 120):
        context.decode([pair.sample()], position)
    pair.close()


@pytest.mark.parametrize("centre", [-5.0, 0.0, 5.0])
def test_it_agrees_where_logits_are_equal_negative_positive_or_zero(opened, centre):
    """The chain reads the same buffer, so any logits can be put there."""
    model, context = opened
    random = np.random.default_rng(11)
    pair = Pair(model, context, replace(GREEDY, repeat_penalty=1.1, repeat_window=64))
    view = context.logits_view()
    chosen: list[int] = []
    for _ in range(300):
        # A few values in many places, and recent tokens that are level with them when punished.
        view[:] = centre - 2
        view[random.integers(0, len(view), 4)] = centre + random.integers(0, 2, 4)
        for recent in chosen[-8:]:
            level = np.float32(centre + random.integers(0, 2))
            view[recent] = level * np.float32(1.1) if level > 0 else level / np.float32(1.1)
        chosen.append(pair.sample())
    assert len(set(chosen)) > 20
    pair.close()


def test_a_punished_token_that_ties_gives_way_by_its_place(opened):
    model, context = opened
    view = context.logits_view()
    view[:] = -50
    pair = Pair(model, context, replace(GREEDY, repeat_penalty=2.0))
    view[40] = 8
    assert pair.sample() == 40
    view[30] = view[50] = 4  # as much as token 40 after its punishment
    assert pair.sample() == 30
    view[:] = -50
    view[40] = -2  # twice as far below zero, but still above the others
    assert pair.sample() == 40
    view[41] = -4
    view[30] = -2
    assert pair.sample() == 30  # -4 by its punishment: the same as 41 and 40, and the first
    pair.close()


def test_only_the_window_is_remembered(opened):
    model, context = opened
    view = context.logits_view()
    pair = Pair(model, context, replace(GREEDY, repeat_penalty=2.0, repeat_window=2))
    view[:] = -1
    view[10], view[11], view[12] = 10, 9, 8
    assert [pair.sample() for _ in range(6)] == [10, 11, 12, 10, 11, 12]
    pair.close()


def test_the_chain_stays_where_chance_decides(opened):
    model, _ = opened
    for temperature, kind in ((0.0, GreedySampler), (-1.0, GreedySampler), (0.7, ChainSampler)):
        sampler = open_sampler(model, replace(GREEDY, temperature=temperature))
        assert isinstance(sampler, kind)
        sampler.close()
        sampler.close()
