"""Device memory of the OpenCL backend: what is borrowed, what is copied, what is reused."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def window(array: Array) -> NDArray[np.uint8]:
    """The bytes that a view spans, holes included. The caller keeps ``array`` alive."""
    n_bytes = array.itemsize + sum(
        (n - 1) * s for n, s in zip(array.shape, array.strides, strict=True)
    )
    memory = (ctypes.c_uint8 * n_bytes).from_address(array.ctypes.data)
    return np.frombuffer(memory, np.uint8)


def is_dense(array: Array) -> bool:
    """True if the view has no holes, so that writing its window writes nothing else."""
    return window(array).nbytes == array.nbytes


class Buffers:
    """Gives kernels their arguments.

    On a CPU device arrays are borrowed in place (``USE_HOST_PTR``), nothing is copied. Elsewhere
    each argument has one device buffer that is kept, only ever grown, and filled per call.
    """

    def __init__(self, cl: Any, context: Any, queue: Any, *, zero_copy: bool) -> None:
        self._cl, self._context, self._queue = cl, context, queue
        self._zero_copy = zero_copy
        self._pool: dict[str, Any] = {}
        self._borrowed: list[object] = []

    def scratch(self, name: str, n_bytes: int) -> Any:
        """Return device memory without defined contents, at least ``n_bytes``."""
        kept = self._pool.get(name)
        if kept is None or kept.size < n_bytes:
            self._pool.pop(name, None)
            size = max(n_bytes, 256)
            kept = self._pool[name] = self._cl.Buffer(
                self._context, self._cl.mem_flags.READ_WRITE, size
            )
        return kept

    def _borrow(self, array: Array, flags: int) -> Any:
        hold = window(array)
        flags |= self._cl.mem_flags.USE_HOST_PTR
        buffer = self._cl.Buffer(self._context, flags, hostbuf=hold)
        self._borrowed += [array, hold, buffer]
        return buffer

    def read(self, name: str, array: Array | None) -> Any:
        """Return a device view of ``array`` for reading; None (a null pointer) for None."""
        if array is None:
            return None
        if self._zero_copy:
            return self._borrow(array, self._cl.mem_flags.READ_ONLY)
        buffer = self.scratch(name, window(array).nbytes)
        self._cl.enqueue_copy(self._queue, buffer, window(array))
        self._borrowed.append(array)
        return buffer

    def target(self, out: NDArray[np.float32], *, keep: bool) -> Any:
        """Return a device view of ``out`` for writing; ``keep`` if its contents are read, too."""
        if self._zero_copy:
            return self._borrow(out, self._cl.mem_flags.READ_WRITE)
        buffer = self.scratch("out", window(out).nbytes)
        if keep or not is_dense(out):
            self._cl.enqueue_copy(self._queue, buffer, window(out))
        return buffer

    def fetch(self, target: Any, out: NDArray[np.float32]) -> None:
        """Wait for the kernels and bring the result to ``out``."""
        if not self._zero_copy:
            self._cl.enqueue_copy(self._queue, window(out), target)
            return
        # Mapping makes the device's writes visible; with borrowed memory it moves nothing.
        n_bytes = window(out).nbytes
        mapped, _ = self._cl.enqueue_map_buffer(
            self._queue, target, self._cl.map_flags.READ, 0, (n_bytes,), np.uint8
        )
        mapped.base.release(self._queue)
        self._queue.finish()

    def release_borrowed(self) -> None:
        """Let go of the caller's arrays; nothing may be in flight any more."""
        self._queue.finish()
        self._borrowed.clear()
