"""How the next token is chosen: greedily by ourselves, otherwise by llama.cpp's sampler chain."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.inference.llama import LlamaContext, LlamaModel, library


@dataclass(frozen=True)
class SamplerParameters:
    """How the next token is chosen.

    Attributes:
        temperature: 0 takes the likeliest token.
        top_p: Smallest set of tokens with this much probability; 1 keeps all.
        min_p: Drop tokens less likely than this part of the likeliest; 0 keeps all.
        repeat_penalty: Divides the logits of tokens generated lately; 1 is off. Tokens of
            the prompt are not punished: the answer must be free to quote its evidence.
        repeat_window: How many generated tokens "lately" means.
        seed: Of the random numbers; irrelevant at temperature 0.
    """

    temperature: float = 0.0
    top_p: float = 0.9
    min_p: float = 0.05
    repeat_penalty: float = 1.1
    repeat_window: int = 64
    seed: int = 0


class Sampler(Protocol):
    """Chooses tokens one after another."""

    def sample(self, context: LlamaContext) -> int:
        """Choose the token after the last one computed, and remember it."""

    def close(self) -> None:
        """Free what C holds. Safe to call twice."""


def open_sampler(model: LlamaModel, parameters: SamplerParameters) -> Sampler:
    """Return what chooses tokens in this way; it must be closed."""
    if parameters.temperature <= 0:
        return GreedySampler(parameters)
    return ChainSampler(model, parameters)


class GreedySampler:
    """The likeliest token, as llama.cpp's chain chooses it, bit for bit.

    The chain looks every entry of the vocabulary up in a table of recent tokens, a millisecond
    a token with 152,000 entries; here only the recent tokens are looked at.
    """

    def __init__(self, parameters: SamplerParameters) -> None:
        self._penalty = np.float32(parameters.repeat_penalty)
        self._recent: deque[int] = deque(maxlen=parameters.repeat_window)

    def sample(self, context: LlamaContext) -> int:
        """Choose the token after the last one computed, and remember it."""
        token = self.choose(context.logits_view())
        self._recent.append(token)
        return token

    def choose(self, logits: NDArray[np.float32]) -> int:
        """Return the first of the largest logits, those of recent tokens punished.

        Args:
            logits: ``[n_vocabulary]``; changed meanwhile, and put back.
        """
        if self._penalty == 1 or not self._recent:
            return int(logits.argmax())
        recent = np.fromiter(set(self._recent), np.intp)
        kept = logits[recent]
        logits[recent] = np.where(kept <= 0, kept * self._penalty, kept / self._penalty)
        best = int(logits.argmax())
        logits[recent] = kept
        return best

    def close(self) -> None:
        """Do nothing: C holds nothing."""


class ChainSampler:
    """llama.cpp's own sampler chain: penalties, then cut, then choose."""

    def __init__(self, model: LlamaModel, parameters: SamplerParameters) -> None:
        lib = self._lib = library()
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        steps = [
            lib.llama_sampler_init_penalties(
                model.n_vocabulary,
                parameters.repeat_window,
                parameters.repeat_penalty,
                0.0,
                0.0,
            )
        ]
        if parameters.temperature <= 0:
            steps.append(lib.llama_sampler_init_greedy())
        else:
            steps += [
                lib.llama_sampler_init_top_p(parameters.top_p, 1),
                lib.llama_sampler_init_min_p(parameters.min_p, 1),
                lib.llama_sampler_init_temp(parameters.temperature),
                lib.llama_sampler_init_dist(parameters.seed & 0xFFFFFFFF),
            ]
        for step in steps:
            lib.llama_sampler_chain_add(chain, step)  # the chain owns its steps
        self.pointer: Any = chain

    def sample(self, context: LlamaContext) -> int:
        """Choose the token after the last one computed, and remember it."""
        return int(self._lib.llama_sampler_sample(self.pointer, context.pointer, -1))

    def close(self) -> None:
        """Free the chain."""
        if self.pointer:
            self._lib.llama_sampler_free(self.pointer)
            self.pointer = None
