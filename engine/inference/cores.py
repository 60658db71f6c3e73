"""How many threads: the cores of this machine, and the counts worth measuring."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

_DEVICES = Path("/sys/devices")


@dataclass(frozen=True)
class Threads:
    """How many threads compute.

    Attributes:
        decode: For one token at a time, which waits for memory: often fewer are faster.
        batch: For reading a prompt, which waits for arithmetic.
    """

    decode: int
    batch: int


@dataclass(frozen=True)
class Cores:
    """What this process may run on.

    Attributes:
        logical: Threads that the processor runs at once.
        physical: Cores; several logical ones may share one.
        performance: Cores of the fastest kind, where there are several kinds.
    """

    logical: int
    physical: int
    performance: int

    def __str__(self) -> str:
        """Return it as part of a machine's name: two different ones never read alike."""
        kinds = "" if self.performance == self.physical else f" ({self.performance} fast)"
        return f"{self.logical} threads on {self.physical}{kinds} cores"

    @property
    def candidates(self) -> tuple[int, ...]:
        """Thread counts worth measuring, ascending."""
        return tuple(sorted({self.performance, self.physical, self.logical}))


def all_cores() -> int:
    """Return how many logical cores this process may use."""
    return len(_usable())


def find_cores(devices: Path = _DEVICES, usable: Collection[int] | None = None) -> Cores:
    """Count the cores: from Linux's ``/sys/devices``, elsewhere from what the system says.

    Args:
        devices: That folder.
        usable: Numbers of the logical cores to count; None: those of this process.
    """
    mine = sorted(_usable() if usable is None else usable)
    core_of = {cpu: _core_of(devices, cpu) for cpu in mine}
    known = set(core_of.values())
    if "" in known:
        import psutil

        physical = min(len(mine), psutil.cpu_count(logical=False) or len(mine))
        return Cores(len(mine), physical, physical)
    fast = {core_of[cpu] for cpu in _fastest(devices, mine)}
    return Cores(len(mine), len(known), len(fast) or len(known))


def choose_threads(n_threads: int, measured: Threads | None) -> Threads:
    """Return what is used: what was asked for, else what was measured, else the fast cores.

    Args:
        n_threads: For both; 0 leaves the choice.
        measured: The fastest counts on this machine; None if nobody measured.
    """
    if n_threads > 0:
        return Threads(n_threads, n_threads)
    n_fast = find_cores().performance
    return measured or Threads(n_fast, n_fast)


def _usable() -> set[int]:
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


def _core_of(devices: Path, cpu: int) -> str:
    """Return a name of the core that a logical one belongs to; empty if it is not said."""
    topology = devices / f"system/cpu/cpu{cpu}/topology"
    return _text(topology / "core_cpus_list") or _text(topology / "thread_siblings_list")


def _fastest(devices: Path, cpus: list[int]) -> list[int]:
    """Return those of the fastest kind: Intel names them, Arm states a capacity of each."""
    named = set(_ranges(_text(devices / "cpu_core/cpus")))
    if named:
        return [cpu for cpu in cpus if cpu in named]
    capacity = {cpu: _text(devices / f"system/cpu/cpu{cpu}/cpu_capacity") for cpu in cpus}
    if all(value.isdigit() for value in capacity.values()):
        best = max(int(value) for value in capacity.values())
        return [cpu for cpu in cpus if int(capacity[cpu]) == best]
    return cpus


def _ranges(text: str) -> Iterator[int]:
    """Read ``0-3,8``."""
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        if first.isdigit() and (last or first).isdigit():
            yield from range(int(first), int(last or first) + 1)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""
