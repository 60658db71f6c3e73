"""Speed and perplexity of one model file."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.cancel import CancelToken
from engine.inference.chat_model import N_BATCH
from engine.inference.cores import all_cores
from engine.inference.llama import ContextParameters, LlamaContext, LlamaModel

WINDOW = 512
"""Tokens per perplexity window: as long as the evidence part of a short prompt."""

SKIPPED = 64
"""The first tokens of a window are guessed from too little context to tell anything."""


@dataclass(frozen=True)
class Speed:
    """Measured once, in tokens per second."""

    prefill_tokens_per_second: float
    decode_tokens_per_second: float


def measure_speeds(
    path: Path,
    text: str,
    *,
    n_prompt: int,
    threads: Sequence[int],
    n_decode: int = 16,
    cancel: CancelToken | None = None,
) -> dict[int, Speed]:
    """Load a model; with each number of threads read a prompt of ``text`` and decode a little.

    Args:
        path: The model.
        text: Repeated where it is too short.
        n_prompt: Tokens of the prompt.
        threads: How many threads, in the order in which they are tried.
        n_decode: Tokens decoded behind the prompt.
        cancel: Stops within a fraction of a batch.

    Raises:
        Cancelled: It was stopped.
    """
    model = LlamaModel(path, path.name)
    context = LlamaContext(model, ContextParameters(n_prompt + n_decode, N_BATCH, max(threads)))
    try:
        context.stop_on(cancel or CancelToken())
        tokens = _repeat(model.tokenise(text, special=False), n_prompt + n_decode)
        context.decode(tokens[:N_BATCH], 0)  # pages the weights in
        return {n: _measure(context, tokens, n_prompt, n) for n in threads}
    finally:
        context.close()
        model.close()


def _measure(context: LlamaContext, tokens: list[int], n_prompt: int, n_threads: int) -> Speed:
    context.use_threads(n_threads)
    context.forget()
    context.decode(tokens[:1], 0)  # the team of threads is made anew
    context.forget()
    started = time.perf_counter()
    for at in range(0, n_prompt, N_BATCH):
        context.decode(tokens[at : min(at + N_BATCH, n_prompt)], at)
    read = time.perf_counter()
    for at in range(n_prompt, len(tokens)):
        context.decode([tokens[at]], at)
    done = time.perf_counter()
    return Speed(n_prompt / (read - started), (len(tokens) - n_prompt) / (done - read))


@dataclass(frozen=True)
class ReadingRound:
    """One short measurement of reading.

    Attributes:
        tokens_per_second: Tokens read.
        cpu_share: Processor time that the process got of what its threads could have had; less
            than 1 where other programs ran meanwhile.
    """

    tokens_per_second: float
    cpu_share: float


def reading_rounds(
    path: Path, *, n_prompt: int, n_rounds: int, cancel: CancelToken | None = None
) -> Generator[ReadingRound, None, None]:
    """Load a model once and read the same ``n_prompt`` tokens again and again.

    Which tokens they are makes no difference; the model needs no vocabulary.

    Raises:
        Cancelled: It was stopped.
    """
    model = LlamaModel(path, path.name)
    threads = all_cores()
    context = LlamaContext(model, ContextParameters(n_prompt, N_BATCH, threads))
    try:
        context.stop_on(cancel or CancelToken())
        tokens = _repeat(list(range(100)), n_prompt)
        context.decode(tokens, 0)  # pages the weights in
        for _ in range(n_rounds):
            context.forget()
            started, used = time.perf_counter(), time.process_time()
            context.decode(tokens, 0)
            wall_s, cpu_s = time.perf_counter() - started, time.process_time() - used
            yield ReadingRound(n_prompt / wall_s, cpu_s / (wall_s * threads))
    finally:
        context.close()
        model.close()


def _repeat(tokens: list[int], n: int) -> list[int]:
    return (tokens * (n // len(tokens) + 1))[:n]


def perplexity(path: Path, text: str, *, cancel: CancelToken | None = None) -> float:
    """Return ``exp(mean negative log likelihood)`` of ``text`` under a model.

    The text is cut into windows of :data:`WINDOW` tokens, each read from scratch; the
    first :data:`SKIPPED` tokens of each do not count. Comparable only between models
    with the same vocabulary.

    Raises:
        Cancelled: It was stopped.
    """
    model = LlamaModel(path, path.name)
    context = LlamaContext(model, ContextParameters(WINDOW, N_BATCH, all_cores()))
    losses: list[float] = []
    try:
        context.stop_on(cancel or CancelToken())
        tokens = model.tokenise(text, special=False)
        for start in range(0, len(tokens) - SKIPPED - 1, WINDOW):
            losses += _window_losses(context, tokens[start : start + WINDOW])
    finally:
        context.close()
        model.close()
    return float(np.exp(np.mean(losses)))


def _window_losses(context: LlamaContext, window: list[int]) -> list[float]:
    """Return ``-ln p(token)`` for the tokens after the skipped ones."""
    context.forget()
    losses: list[float] = []
    for at in range(0, len(window), N_BATCH):
        batch = window[at : at + N_BATCH]
        context.decode(batch, at, all_logits=True)
        for row in range(len(batch)):
            following = at + row + 1
            if SKIPPED <= following < len(window):
                losses.append(_loss(context.logits(row), window[following]))
    return losses


def _loss(logits: NDArray[np.float32], token: int) -> float:
    shifted = logits.astype(np.float64) - float(logits.max())
    return float(np.log(np.exp(shifted).sum()) - shifted[token])
