"""Whether the machine is quiet enough to measure anything on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from engine.inference.cores import all_cores

_SAMPLE_S = 0.5


@dataclass(frozen=True)
class BusySeconds:
    """Processor time since some moment in the past, over all cores.

    Attributes:
        everybody: Of all processes, and what a host took from this virtual machine.
        ours: Of this process.
    """

    everybody: float
    ours: float


def read_busy_seconds() -> BusySeconds:
    """Ask the system."""
    times = psutil.cpu_times()
    fields = ("user", "system", "nice", "irq", "softirq", "steal")
    own = psutil.Process().cpu_times()
    return BusySeconds(
        everybody=sum(getattr(times, name, 0.0) for name in fields), ours=own.user + own.system
    )


def cores_to_spare(n_cores: int) -> float:
    """Return how many cores others may keep busy while something is measured.

    A desktop that does nothing uses a few percent of one core. One core that is really taken
    slows every step of a team of threads down, however many others there are.
    """
    return max(0.25, 0.05 * n_cores)


class OtherLoad:
    """Cores that other processes kept busy.

    Args:
        read: Tells processor time.
        clock: Tells seconds.
        wait: Sleeps for seconds.
        limit: Cores that they may keep busy while something is measured; None:
            :func:`cores_to_spare`.
    """

    def __init__(
        self,
        read: Callable[[], BusySeconds] = read_busy_seconds,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
        limit: float | None = None,
    ) -> None:
        self._read = read
        self._clock = clock
        self._wait = wait
        self._limit = cores_to_spare(all_cores()) if limit is None else limit
        self.start()

    def start(self) -> None:
        """Count from now on."""
        self._since = self._clock()
        self._before = self._read()

    def cores(self) -> float:
        """Return how many cores others kept busy, on average since :meth:`start`."""
        now = self._read()
        others = now.everybody - self._before.everybody - (now.ours - self._before.ours)
        return max(0.0, others) / max(self._clock() - self._since, 1e-3)

    @property
    def too_high(self) -> bool:
        """Whether it was too much since :meth:`start` for a measurement to count."""
        return self.cores() > self._limit

    def high_now(self) -> bool:
        """Look for half a second, in which we do nothing."""
        self.start()
        self._wait(_SAMPLE_S)
        return self.too_high
