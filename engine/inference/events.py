"""What goes into and comes out of one generation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FinishReason = Literal["end", "length", "stop-string", "loop", "cancelled"]


@dataclass(frozen=True)
class Sampling:
    """How an answer is generated.

    Attributes:
        max_tokens: Upper bound for generated tokens.
        temperature: 0 is greedy.
        seed: Of the random numbers.
        top_p: See :class:`engine.inference.sampler.SamplerParameters`.
        min_p: Likewise.
        repeat_penalty: Likewise; 1.1 keeps a 135M model from circling most of the time.
        stop: Strings that end the answer.
    """

    max_tokens: int = 220
    temperature: float = 0.0
    seed: int = 0
    top_p: float = 0.9
    min_p: float = 0.05
    repeat_penalty: float = 1.1
    stop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prefilled:
    """Progress of reading the prompt, in tokens; reused tokens count as done."""

    n_done: int
    n_total: int


@dataclass(frozen=True)
class Piece:
    """Some text; complete characters, never half of one."""

    text: str


@dataclass(frozen=True)
class Generated:
    """Last event of :meth:`ChatModel.generate`.

    Attributes:
        text: All text that is worth keeping; when the model looped, without the loop.
        tokens: All tokens generated, the loop and the end token included.
        reason: What ended it.
        n_prompt: Tokens of the prompt.
        n_reused: Of these, tokens whose cache was still there.
        prefill_s: Time for the rest of the prompt.
        first_token_s: From the call to the first generated token; None if none was.
        decode_s: Time from the first token to the last.
    """

    text: str
    tokens: tuple[int, ...]
    reason: FinishReason
    n_prompt: int
    n_reused: int
    prefill_s: float
    first_token_s: float | None
    decode_s: float

    @property
    def prefill_tokens_per_second(self) -> float | None:
        """Prompt tokens read, over the time for it; None if none was."""
        n_read = self.n_prompt - self.n_reused
        return n_read / self.prefill_s if self.prefill_s > 0 and n_read else None

    @property
    def decode_tokens_per_second(self) -> float | None:
        """Tokens after the first, over the time for them; None if under two."""
        n_after = len(self.tokens) - 1
        return n_after / self.decode_s if n_after > 0 and self.decode_s > 0 else None


GenerateEvent = Prefilled | Piece | Generated
