"""The backends by name. An explicit choice is honoured or refused aloud, never replaced."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kernels.errors import BackendUnavailable
from kernels.problem import Problem

BACKENDS = ("cpu", "opencl", "cuda", "naive")


class Backend(Protocol):
    """What computes a checked problem.

    Attributes:
        name: One of :data:`BACKENDS`.
    """

    name: str

    @property
    def device(self) -> str:
        """Device and driver, in words."""

    def run(self, p: Problem, out: NDArray[np.float32]) -> None:
        """Write the result of ``p`` to ``out``, ``[B, H, Tq, Dv]`` float32."""


def _cpu(device: str | None) -> Backend:
    from kernels.backends.cpu import CpuBackend

    if device:
        raise BackendUnavailable(f'the cpu backend has no device "{device}"; leave it out')
    return CpuBackend()


def _opencl(device: str | None) -> Backend:
    from kernels.backends.opencl import OpenClBackend

    return OpenClBackend(device)


def _cuda(device: str | None) -> Backend:
    from kernels.backends.cuda import CudaBackend

    return CudaBackend(device)


def _naive(device: str | None) -> Backend:
    from kernels.backends.naive import NaiveBackend

    if device:
        raise BackendUnavailable(f'the naive backend has no device "{device}"; leave it out')
    return NaiveBackend()


_FACTORIES: dict[str, Callable[[str | None], Backend]] = {
    "cpu": _cpu,
    "opencl": _opencl,
    "cuda": _cuda,
    "naive": _naive,
}


@cache
def open_backend(name: str, device: str | None = None) -> Backend:
    """Return the backend that was asked for; one instance per name and device.

    Args:
        name: One of :data:`BACKENDS`.
        device: Part of a device's name, or None for the first.

    Raises:
        BackendUnavailable: It cannot run here. Nothing else is tried.
    """
    factory = _FACTORIES.get(name)
    if factory is None:
        raise BackendUnavailable(f'there is no backend "{name}"; there are: {", ".join(BACKENDS)}')
    return factory(device)
