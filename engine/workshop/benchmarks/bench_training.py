"""How fast each variant trains, against plain LoRA of the same size."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import torch

from engine.cancel import CancelToken
from engine.records import ModelFile
from engine.workshop.benchmarks.rows import BenchRow, row
from engine.workshop.training.batch import Example, Row, collate, lay_out
from engine.workshop.training.frozen import dtype_of
from engine.workshop.training.model import AdaptedModel
from engine.workshop.training.optimiser import Optimiser, OptimiserSettings
from engine.workshop.training.parameters import AdapterParameters
from engine.workshop.training.precision import Precision
from engine.workshop.training.registry import TRAINERS, recipe_for
from engine.workshop.training.training_run import RunSettings
from engine.workshop.training.weights import BaseWeights, load_base

BASELINE = "lora"
N_SHARED, N_QUESTION, N_REPLY, N_QUESTIONS = 580, 32, 12, 4
"""A usual row: passages read once, four questions about them."""


def bench_training(
    file: ModelFile,
    *,
    n_rounds: int = 7,
    precision: Precision = "auto",
    cancel: CancelToken | None = None,
) -> Iterator[BenchRow]:
    """Time whole steps of the optimiser on one thread, all variants in turn in each round.

    Processor time is counted, the kernel's included, so that other work on the machine weighs less.

    Args:
        file: Base model; only its speed matters, the tokens are random.
        n_rounds: Timed steps of each variant, after one that prepares.
        precision: Of the factors of large products.
        cancel: Stops between steps.

    Yields:
        Tokens a second of processor time: LoRA, then the others with their ratio to it.

    Raises:
        BadModelFile, ModelUnsupported: The model.
        Cancelled: It was stopped.
    """
    token = cancel or CancelToken()
    base = load_base(file.path, file.name)
    settings = RunSettings(precision=precision)
    dtype = dtype_of(precision)
    rows = _rows(base, settings.rows_per_step)
    n_tokens = sum(len(item) for item in rows)
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        steps = {variant: _Step(base, variant, dtype, rows) for variant in TRAINERS.names}
        rates: dict[str, list[float]] = {variant: [] for variant in TRAINERS.names}
        for turn in range(n_rounds + 1):
            for variant, step in steps.items():
                token.raise_if_cancelled()
                seconds = step.seconds(turn)
                if turn:
                    rates[variant].append(n_tokens / seconds)
    finally:
        torch.set_num_threads(n_threads)
    name = str(dtype).removeprefix("torch.")
    shape = f"rows={len(rows)} tokens={len(rows[0])} precision={name}"
    first = row(f"training {BASELINE}", rates[BASELINE], shape=shape, unit="tokens/s")
    yield first
    for variant in TRAINERS.names:
        if variant != BASELINE:
            against = (first.what, first.p50)
            what = f"training {variant}"
            yield row(what, rates[variant], shape=shape, unit="tokens/s", baseline=against)


class _Step:
    """What a variant does between two steps of its optimiser."""

    def __init__(
        self, base: BaseWeights, variant: str, dtype: torch.dtype, rows: list[Row]
    ) -> None:
        adapter = AdapterParameters(recipe_for(variant, 0), base.shape, seed=0)
        self._model = AdaptedModel(base, adapter, dtype)
        self._optimiser = Optimiser(adapter, OptimiserSettings(), n_steps=1000)
        self._rows = rows

    def seconds(self, index: int) -> float:
        start = time.process_time()
        for item in self._rows:
            self._model.loss(collate([item])).backward()  # type: ignore[no-untyped-call]
        self._optimiser.step(index)
        return time.process_time() - start


def _rows(base: BaseWeights, n_rows: int) -> list[Row]:
    random = np.random.default_rng(0)

    def tokens(n: int) -> tuple[int, ...]:
        return tuple(int(t) for t in random.integers(len(base.embedding), size=n))

    rows = []
    for _ in range(n_rows):
        shared = tokens(N_SHARED)
        asked = [(tokens(N_QUESTION), tokens(N_REPLY)) for _ in range(N_QUESTIONS)]
        rows.append(lay_out([Example((*shared, *q), a) for q, a in asked]))
    return rows
