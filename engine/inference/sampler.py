"""How the next token is chosen: llama.cpp's own sampler chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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


class Sampler:
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
