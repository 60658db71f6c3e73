"""Interleaved timing: contenders take turns, so that a busy machine slows all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Timing:
    """Milliseconds per call of one contender over all rounds.

    Attributes:
        p20_ms: 20th percentile; p50_ms: median; p80_ms: 80th percentile.
        ratio: Median over the rounds of this contender's time over the baseline's in that round.
        rounds: How many rounds were run.
    """

    p20_ms: float
    p50_ms: float
    p80_ms: float
    ratio: float
    rounds: int


def _time_once(call: Callable[[], object], n_calls: int) -> float:
    start = time.perf_counter()
    for _ in range(n_calls):
        call()
    return (time.perf_counter() - start) / n_calls


def interleaved(
    contenders: Mapping[str, Callable[[], object]],
    baseline: str,
    *,
    rounds: int = 9,
    min_sample_s: float = 0.004,
    pause_s: float = 0.001,
) -> dict[str, Timing]:
    """Time every contender once per round.

    Each sample repeats its call until it lasts ``min_sample_s``. A short pause comes before it:
    idle threads of the previous contender's pool would still be spinning otherwise, and take a
    core from this one.

    Args:
        contenders: Name to call.
        baseline: The contender that ratios refer to.
        rounds: At least 7 for a claim.
        min_sample_s: Shortest sample.
        pause_s: Pause before each sample.
    """
    n_calls = {}
    for name, call in contenders.items():
        call()
        n_calls[name] = max(1, int(min_sample_s / max(_time_once(call, 2), 1e-7)))
    samples: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, call in contenders.items():
            time.sleep(pause_s)
            call()
            samples[name].append(_time_once(call, n_calls[name]))
    base = np.array(samples[baseline])
    return {name: _summary(np.array(s), base) for name, s in samples.items()}


def _summary(samples: np.ndarray, base: np.ndarray) -> Timing:
    p20, p50, p80 = (float(x) * 1e3 for x in np.percentile(samples, [20, 50, 80]))
    return Timing(p20, p50, p80, float(np.median(samples / base)), len(samples))
