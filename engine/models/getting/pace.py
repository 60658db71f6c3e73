"""How fast bytes come in, and how long the rest will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from engine.models.events import DownloadProgressed

WINDOW_S = 5.0
"""Speed is that of the last seconds: long enough to be calm, short enough to follow a change."""

INTERVAL_S = 0.1
"""Progress is told at most this often."""


class Pace:
    """Turns counts of bytes into events.

    Args:
        n_total: Bytes in all.
        clock: Seconds, monotonic.
    """

    def __init__(self, n_total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._n_total = n_total
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()
        self._told = float("-inf")

    def progress(self, n_done: int) -> DownloadProgressed | None:
        """Return what to tell of ``n_done`` bytes; None if something was told just now.

        Fewer bytes than before mean that it began anew, and so does the speed.
        """
        now = self._clock()
        if self._seen and n_done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, n_done))
        while self._seen[0][0] < now - WINDOW_S and len(self._seen) > 2:
            self._seen.popleft()
        if now < self._told + INTERVAL_S and n_done < self._n_total:
            return None
        self._told = now
        (then, n_then), left = self._seen[0], self._n_total - n_done
        speed = (n_done - n_then) / (now - then) if now > then else 0.0
        return DownloadProgressed(
            n_done, self._n_total, speed, left / speed if speed else float("inf") if left else 0.0
        )
