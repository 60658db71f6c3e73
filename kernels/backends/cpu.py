"""The compiled extension on this machine's CPU."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kernels.backends.launch import device_arrays, packed_shape
from kernels.compiled import native
from kernels.errors import BadProblem, DeviceOutOfMemory
from kernels.problem import Problem
from kernels.shape import SHAPE_DTYPE

if SHAPE_DTYPE.itemsize != native.shape_bytes:
    raise ImportError(
        f"the compiled kernels describe a call in {native.shape_bytes} bytes, kernels/shape.py in "
        f"{SHAPE_DTYPE.itemsize}: rebuild the extension"
    )


def _address(array: NDArray[np.generic] | None) -> int:
    return 0 if array is None else array.ctypes.data


def default_threads() -> int:
    """Threads this process may use: its CPU affinity, or what OMP_NUM_THREADS says."""
    wish = os.environ.get("OMP_NUM_THREADS", "")
    if wish.isdigit() and int(wish) > 0:
        return int(wish)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class CpuBackend:
    """Host C++ with vector types; instruction set chosen at run time.

    Attributes:
        n_threads: Size of the OpenMP team; results do not depend on it.
    """

    name = "cpu"

    def __init__(self, n_threads: int | None = None) -> None:
        self.n_threads = n_threads or default_threads()

    @property
    def device(self) -> str:
        """Instruction set and compiler."""
        return f"{native.isa()}, compiled with {native.compiler()}"

    def run(self, p: Problem, out: NDArray[np.float32]) -> None:
        """Write the result of ``p`` to ``out``, ``[B, H, Tq, Dv]`` float32."""
        self.prepared(p, out)()

    def prepared(self, p: Problem, out: NDArray[np.float32]) -> Callable[[], None]:
        """Describe a call once, to run it many times: what callers of the C interface do.

        Args:
            p: The call; its arrays are kept alive, and read anew each time.
            out: ``[B, H, Tq, Dv]`` float32.
        """
        arrays = (*device_arrays(p).values(), out)
        addresses = tuple(_address(array) for array in arrays)
        shape = packed_shape(p, out).tobytes()
        batch, half = p.out_shape[0], p.v.dtype == np.float16

        def run(_alive: object = arrays) -> None:
            try:
                native.run(shape, addresses, batch, half, self.n_threads)
            except MemoryError as error:
                raise DeviceOutOfMemory("the CPU backend found no memory") from error
            except ValueError as error:
                raise BadProblem(str(error)) from error

        return run
