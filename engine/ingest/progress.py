"""How far a run is, how long its stages took, when it will end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from engine.events import IndexProgressed

STAGES = ("scan", "read", "chunk", "store", "embed", "vectors")
_LEAST_INTERVAL_S = 0.1


class Stopwatch:
    """Seconds per stage.

    Attributes:
        stage_s: Seconds by stage; every stage of :data:`STAGES` is there from the start.
    """

    def __init__(self) -> None:
        self.stage_s = dict.fromkeys(STAGES, 0.0)
        self._started = time.perf_counter()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time of the block to a stage, also if it fails."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.stage_s[stage] += time.perf_counter() - started

    @property
    def duration_s(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self._started


class Throttle:
    """Lets an event through every 100 ms: more are only work for the window."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def due(self) -> bool:
        """Tell whether it is time; if so, the next interval begins."""
        now = time.monotonic()
        if now - self._last < _LEAST_INTERVAL_S:
            return False
        self._last = now
        return True


class Forecast:
    """Remaining seconds, from rates measured in this run and in the last one.

    Args:
        n_files: Files of this run.
        characters_per_s: Embedding rate of an earlier run on this machine; 0 if unknown.
    """

    def __init__(self, n_files: int, characters_per_s: float) -> None:
        self._n_files = n_files
        self._rate = characters_per_s
        self._started = time.perf_counter()
        self._characters = 0
        self._embed_s = 0.0

    def reading(self, n_done: int, pending_characters: int) -> float | None:
        """Return seconds to the end while files are read; None while unknown.

        The files to come are taken to be like those so far.
        """
        if not n_done or not self._rate:
            return None
        n_left = self._n_files - n_done
        read_s = (time.perf_counter() - self._started) / n_done * n_left
        return read_s + pending_characters * (1 + n_left / n_done) / self._rate

    def embedded(self, n_characters: int, duration_s: float) -> None:
        """Take in one measured batch."""
        self._characters += n_characters
        self._embed_s += duration_s
        self._rate = self._characters / self._embed_s if self._embed_s else 0.0

    def embedding(self, characters_left: int) -> float | None:
        """Return seconds to the end while passages are embedded; None while unknown."""
        return max(0, characters_left) / self._rate if self._rate else None

    @property
    def measured_rate(self) -> float:
        """Characters per second of this run; 0 if nothing was embedded."""
        return self._characters / self._embed_s if self._embed_s else 0.0


def read_progress(n_done: int, n_total: int, eta_s: float | None, path: str) -> IndexProgressed:
    """Return the event of the first stage."""
    return IndexProgressed("read", n_done, n_total, eta_s, path)


def embed_progress(n_done: int, n_total: int, eta_s: float | None) -> IndexProgressed:
    """Return the event of the second stage."""
    return IndexProgressed("embed", n_done, n_total, eta_s)
