"""A prompt and the batches in which it is read: what decides how much of a cache can be kept.

The numbers that llama.cpp computes for a token depend on the batch that it is read in, in the
last bits. So a cache stands for a new prompt only as far as both have the same tokens *in the
same batches*; then keeping it is bit for bit a fresh start. Batches end where the parts of a
prompt do, and where they end depends on nothing that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MIN_PART = 64
"""Tokens of a batch that ends where a part does; a smaller part is read with the next one. Of 384
tokens, batches of 64 to 192 took 1.00 to 1.06 of the time of one batch, batches of 16 to 48 took
1.6 (one AVX-512 core, SmolLM2-135M and Qwen2.5-Coder-0.5B): llama.cpp has other kernels there."""


@dataclass(frozen=True)
class Reading:
    """A prompt or the beginning of one, divided.

    Attributes:
        tokens: Of the prompt.
        ends: Token behind each batch, ascending; the last one of a whole prompt is
            ``len(tokens)``.
    """

    tokens: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def shared_with(self, other: Reading) -> int:
        """Return how many tokens of this whole prompt another reading has in the same batches.

        The last batch of this prompt never counts: its last token has to be read for what
        follows it.
        """
        shared = 0
        for ours, theirs in zip(self.ends[:-1], other.ends, strict=False):
            if ours != theirs or self.tokens[shared:ours] != other.tokens[shared:ours]:
                break
            shared = ours
        return shared

    def until(self, n_tokens: int) -> Reading:
        """Return the batches within the first ``n_tokens``."""
        return Reading(self.tokens[:n_tokens], tuple(end for end in self.ends if end <= n_tokens))


def divide(tokens: Sequence[int], cuts: Sequence[int], n_batch: int) -> Reading:
    """Divide a prompt into batches.

    Args:
        tokens: Of the prompt, at least one.
        cuts: Where its parts begin, ascending; none reads whole batches.
        n_batch: Tokens of a batch, at most; a longer part takes several.
    """
    n_tokens, start = len(tokens), 0
    ends: list[int] = []
    for cut in (*(cut for cut in cuts if cut < n_tokens), n_tokens):
        while cut - start > n_batch:
            start += n_batch
            ends.append(start)
        if cut - start >= MIN_PART or (cut == n_tokens and cut > start):
            start = cut
            ends.append(start)
    return Reading(tuple(tokens), tuple(ends))
