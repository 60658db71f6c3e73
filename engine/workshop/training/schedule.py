"""Which rows go together: into a step of the optimiser, and into a batch of the model."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from engine.workshop.training.batch import Row

SORTED_STEPS = 16
"""Rows of so many steps are sorted by length together: like lengths share a step."""


def order(rows: Sequence[Row], rows_per_step: int, seed: int) -> list[tuple[Row, ...]]:
    """Return the steps of a run: rows of like length together, steps in random order."""
    steps: list[tuple[Row, ...]] = []
    rng = random.Random(seed)
    window = rows_per_step * SORTED_STEPS
    for start in range(0, len(rows), window):
        near = sorted(rows[start : start + window], key=len)
        parts = [tuple(near[n : n + rows_per_step]) for n in range(0, len(near), rows_per_step)]
        rng.shuffle(parts)
        steps += parts
    return steps


def batches(rows: Sequence[Row], max_tokens: int) -> Iterator[list[Row]]:
    """Yield rows of like length with at most ``max_tokens``, padding included; at least one."""
    group: list[Row] = []
    for row in sorted(rows, key=len):
        if group and len(row) * (len(group) + 1) > max_tokens:
            yield group
            group = []
        group.append(row)
    if group:
        yield group
