"""A yes-or-no question to the model about the prompt that it has just read.

It stands in the stead of the prompt's end (the turn's end marker and the like), so the prompt
itself is not read again: the question and that end are, some twenty tokens in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

YES = ("Yes", " Yes", "yes", " yes", "YES")
NO = ("No", " No", "no", " no", "NO")


class Reader(Protocol):
    """What asking needs of a context."""

    def decode(self, tokens: Sequence[int], position: int) -> None:
        """Compute tokens that stand from a position on."""

    def forget_from(self, position: int) -> bool:
        """Drop what stands from a position on; False if that cannot be done."""

    def logits(self, row: int = -1) -> NDArray[np.float32]:
        """Return the logits of the last token, ``[n_vocabulary]``."""


@dataclass(frozen=True)
class Probe:
    """What is asked, in tokens.

    Attributes:
        n_kept: Tokens of the prompt that stay before the question.
        tokens: The question and the end of the prompt.
        yes: First tokens that say yes.
        no: First tokens that say no.
    """

    n_kept: int
    tokens: tuple[int, ...]
    yes: tuple[int, ...]
    no: tuple[int, ...]


@dataclass(frozen=True)
class Probed:
    """What the model thinks of the prompt, before its first word.

    Attributes:
        margin: Log odds of yes against no.
        entropy: Of the first token of its answer, in nats.
        likeliest: Probability of the likeliest first token.
    """

    margin: float
    entropy: float
    likeliest: float


def ask(context: Reader, prompt: Sequence[int], probe: Probe) -> Probed | None:
    """Ask; afterwards the cache holds the prompt, and the logits are those behind it.

    Args:
        context: Has just read the whole prompt.
        prompt: Its tokens; ``probe.n_kept`` of them stay.
        probe: The question.

    Returns:
        None if this model's cache cannot drop its end: then nothing was asked.
    """
    log_p = _log_softmax(context.logits())
    if not context.forget_from(probe.n_kept):
        return None
    context.decode(probe.tokens, probe.n_kept)
    asked = _log_softmax(context.logits())
    margin = _log_sum(asked[list(probe.yes)]) - _log_sum(asked[list(probe.no)])
    context.forget_from(probe.n_kept)
    context.decode(prompt[probe.n_kept :], probe.n_kept)
    entropy = -float((np.exp(log_p) * log_p).sum())
    return Probed(margin, entropy, float(np.exp(log_p.max())))


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    exact = logits.astype(np.float64)
    return np.asarray(exact - _log_sum(exact))


def _log_sum(values: NDArray[np.float64]) -> float:
    most = float(values.max())
    return most + float(np.log(np.exp(values - most).sum()))
