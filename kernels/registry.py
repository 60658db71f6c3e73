"""Which backend runs a call. An explicit choice is honoured or refused aloud, never replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kernels.errors import BackendUnavailable, KernelError
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


@dataclass(frozen=True)
class Selection:
    """An automatic choice and why.

    Attributes:
        backend: What runs.
        notice: A sentence for the user when something better was tried and did not work, else "".
    """

    backend: Backend
    notice: str = ""


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


def select(candidates: tuple[Callable[[], Backend], ...] | None = None) -> Selection:
    """Choose a graphics card that passes the self-test, else the CPU.

    Args:
        candidates: What to try before the CPU; default: every OpenCL device that is no CPU.
    """
    from kernels.selftest import check_backend

    notices = []
    for open_candidate in candidates if candidates is not None else _graphics_cards():
        try:
            backend = open_candidate()
        except KernelError as error:
            notices.append(str(error))
            continue
        result = check_backend(backend)
        if result.ok:
            return Selection(backend, " ".join(notices))
        notices.append(f"{result.device} failed its self-test ({result.detail}).")
    notice = " ".join(notices)
    return Selection(open_backend("cpu"), f"{notice} Using the CPU instead." if notice else "")


def _graphics_cards() -> tuple[Callable[[], Backend], ...]:
    from kernels.backends.opencl import list_devices

    names = [d.name for d in list_devices() if d.type & 4]  # CL_DEVICE_TYPE_GPU
    return tuple(lambda name=name: open_backend("opencl", name) for name in names)


@cache
def automatic() -> Selection:
    """The automatic choice of this process, made once."""
    return select()


def resolve(backend: str | Backend) -> Backend:
    """Turn ``"auto"``, a name or ``name:device`` into a backend; pass backends through."""
    if not isinstance(backend, str):
        return backend
    if backend == "auto":
        return automatic().backend
    name, _, device = backend.partition(":")
    return open_backend(name, device or None)
