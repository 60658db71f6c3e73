"""The automatic choice of a backend: the best one that proves itself on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kernels.errors import KernelError
from kernels.registry import Backend, open_backend
from kernels.selftest import check_backend


@dataclass(frozen=True)
class Selection:
    """An automatic choice and why.

    Attributes:
        backend: What runs.
        notice: A sentence for the user when something better was tried and did not work, else "".
    """

    backend: Backend
    notice: str = ""


def select(candidates: tuple[Callable[[], Backend], ...] | None = None) -> Selection:
    """Choose a graphics card that passes the self-test, else the CPU.

    Args:
        candidates: What to try before the CPU; default: every OpenCL device that is no CPU.
    """
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
