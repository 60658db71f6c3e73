"""The kernel text through the user's OpenCL driver."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.backends import configuration
from kernels.backends.buffers import Buffers
from kernels.backends.configuration import Cut
from kernels.backends.launch import device_arrays, packed_shape
from kernels.body import source
from kernels.errors import BackendUnavailable, DeviceLost, DeviceOutOfMemory, Unsupported
from kernels.problem import Problem
from kernels.shape import TILE_KEYS

_LOST = ("DEVICE_NOT_AVAILABLE", "OUT_OF_RESOURCES", "INVALID_COMMAND_QUEUE", "DEVICE_NOT_FOUND")
_NO_ROOM = ("MEM_OBJECT_ALLOCATION_FAILURE", "OUT_OF_HOST_MEMORY", "INVALID_BUFFER_SIZE")


def list_devices() -> list[Any]:
    """Every OpenCL device, GPUs first; empty without a driver or without pyopencl."""
    try:
        import pyopencl as cl

        platforms = cl.get_platforms()
    except ImportError:
        return []
    except cl.LogicError:  # no driver is installed
        return []
    devices = [device for platform in platforms for device in platform.get_devices()]
    return sorted(devices, key=lambda d: d.type & cl.device_type.GPU == 0)


def find_device(name: str | None) -> Any:
    """The first device, or the first whose name or platform contains ``name``.

    Raises:
        BackendUnavailable: There is none.
    """
    devices = list_devices()
    if not devices:
        raise BackendUnavailable(
            "no OpenCL device was found. Install the driver of your graphics card, or "
            "use the cpu backend."
        )
    wanted = (name or "").lower()
    for device in devices:
        if wanted in device.name.lower() or wanted in device.platform.name.lower():
            return device
    names = ", ".join(d.name for d in devices)
    raise BackendUnavailable(f'no OpenCL device is called "{name}"; there are: {names}')


class OpenClBackend:
    """OpenCL C 1.2 on one device.

    Programs are compiled once per shape of the code (not per length) and kept; the driver keeps
    its own cache on disk beside that. Device buffers are reused between calls. One instance
    belongs to one thread at a time.

    Attributes:
        cpu_like: The device is a CPU (PoCL, Intel): one work-item per group, wide vectors.
    """

    name = "opencl"

    def __init__(self, device: str | None = None, *, cpu_like: bool | None = None) -> None:
        import pyopencl as cl

        self._cl = cl
        self._device = find_device(device)
        # Simulators call themselves every type at once.
        is_cpu = self._device.type == cl.device_type.CPU
        self.cpu_like = is_cpu if cpu_like is None else cpu_like
        try:
            self._context = cl.Context([self._device])
            self._queue = cl.CommandQueue(self._context)
        except cl.Error as error:
            raise BackendUnavailable(f"{self._device.name} cannot be used: {error}") from error
        self._buffers = Buffers(cl, self._context, self._queue, zero_copy=is_cpu)
        self._programs: dict[tuple[object, ...], Any] = {}
        self._kernels: dict[tuple[object, str], Any] = {}

    @property
    def device(self) -> str:
        """Device, driver and version, in words."""
        d = self._device
        return f"{d.name.strip()} ({d.platform.name}, driver {d.driver_version})"

    @property
    def n_programs(self) -> int:
        """Programs compiled so far."""
        return len(self._programs)

    def run(self, p: Problem, out: NDArray[np.float32]) -> None:
        """Write the result of ``p`` to ``out``, ``[B, H, Tq, Dv]`` float32, last axis contiguous.

        Raises:
            DeviceLost: The device stopped answering.
            DeviceOutOfMemory: It has no room.
            Unsupported: Its local memory is too small for this head dimension.
        """
        cl = self._cl
        try:
            if p.out_shape[2] == 1 and p.means is None:
                self._decode(p, out)
            else:
                self._prefill(p, out)
        except cl.MemoryError as error:
            raise DeviceOutOfMemory(f"{self._device.name} has no room for this call") from error
        except cl.Error as error:
            raise self._translated(error) from error
        finally:
            self._buffers.release_borrowed()

    def _translated(self, error: Exception) -> Exception:
        text = str(error)
        if any(word in text for word in _NO_ROOM):
            return DeviceOutOfMemory(f"{self._device.name} has no room for this call: {text}")
        if any(word in text for word in _LOST):
            return DeviceLost(f"{self._device.name} stopped answering: {text}")
        return BackendUnavailable(f"{self._device.name} failed: {text}")

    def _kernel(self, p: Problem, cut: Cut, name: str) -> Any:
        macros = configuration.defines(p, cut, cpu_like=self.cpu_like)
        if name == "attention_prefill":
            macros["PREFILL"] = None
        key = tuple(macros.items())
        kernel = self._kernels.get((key, name))
        if kernel is None:
            needed = configuration.local_bytes(macros, name)
            if needed > self._device.local_mem_size:
                raise Unsupported(
                    f"{self._device.name} has {self._device.local_mem_size} bytes of local memory "
                    f"and head dimension {macros['D']} needs {needed}; use the cpu backend"
                )
            if key not in self._programs:
                self._programs[key] = self._build(macros)
            kernel = self._kernels[key, name] = self._cl.Kernel(self._programs[key], name)
        return kernel

    def _build(self, macros: dict[str, int | None]) -> Any:
        cl = self._cl
        options = [f"-D{k}" if v is None else f"-D{k}={v}" for k, v in macros.items()]
        options += ["-w", "-cl-std=CL1.2", "-cl-mad-enable", "-cl-no-signed-zeros"]
        with warnings.catch_warnings():
            # Drivers print remarks to the build log of a successful build.
            warnings.simplefilter("ignore", cl.CompilerWarning)
            try:
                return cl.Program(self._context, source("opencl")).build(options=options)
            except cl.RuntimeError as error:
                raise BackendUnavailable(
                    f"{self._device.name} cannot compile the kernels: {error}"
                ) from error

    def _launch(self, kernel: Any, grid: Sequence[int], cut: Cut, *arguments: Any) -> None:
        kernel.set_args(*arguments)
        size = (grid[0] * cut.tx, grid[1] * cut.ty, grid[2])
        self._cl.enqueue_nd_range_kernel(self._queue, kernel, size, (cut.tx, cut.ty, 1))

    def _cut(self, p: Problem, kind: Cut) -> Cut:
        return kind if self.cpu_like else configuration.gpu_cut(p.queries.shape[3], p.v.shape[3])

    def _inputs(self, p: Problem) -> dict[str, Any]:
        read = self._buffers.read
        return {name: read(name, array) for name, array in device_arrays(p).items()}

    def _prefill(self, p: Problem, out: NDArray[np.float32]) -> None:
        cut = self._cut(p, configuration.CPU_PREFILL)
        kernel = self._kernel(p, cut, "attention_prefill")
        target = self._buffers.target(out, keep=not p.has_first)
        batch, heads, tq, _ = p.out_shape
        groups = p.v.shape[1]
        grid = (-(-tq * (heads // groups) // cut.rows), groups, batch)
        arrays = self._inputs(p)
        names = "q1 q2 k1 k2 v basis rope mask lam map means1 means2 means_v"
        inputs = [arrays[name] for name in names.split()]
        self._launch(kernel, grid, cut, packed_shape(p, out), *inputs, target)
        self._buffers.fetch(target, out)

    def _decode(self, p: Problem, out: NDArray[np.float32]) -> None:
        cut = self._cut(p, configuration.CPU_DECODE)
        batch, heads, _, dv = p.out_shape
        groups, tk = p.v.shape[1:3]
        # Depends on the length alone, so that results do not depend on the device's load.
        split = min(512, -(-math.ceil(tk / 8) // TILE_KEYS) * TILE_KEYS)
        n_splits, stride = -(-tk // split), -(-tk // TILE_KEYS) * TILE_KEYS
        shape = packed_shape(p, out)
        shape["split_keys"], shape["n_splits"], shape["score_stride"] = split, n_splits, stride
        rows = batch * heads
        scratch = self._buffers.scratch
        scores = scratch("scores", rows * 2 * stride * 4)
        ends = scratch("ends", rows * n_splits * 4 * 4)
        partial = scratch("partial", rows * n_splits * dv * 4)
        target = self._buffers.target(out, keep=not p.has_first)
        arrays, grid = self._inputs(p), (n_splits, groups, batch)
        names = "q1 q2 k1 k2 basis rope mask map"
        inputs = [arrays[name] for name in names.split()]
        kernel = self._kernel(p, cut, "attention_scores")
        self._launch(kernel, grid, cut, shape, *inputs, scores, ends)
        inputs = [arrays[name] for name in ("v", "lam", "map")]
        kernel = self._kernel(p, cut, "attention_values")
        self._launch(kernel, grid, cut, shape, *inputs, scores, ends, partial)
        kernel = self._kernel(p, cut, "attention_sum")
        self._launch(kernel, (heads, 1, batch), cut, shape, partial, target)
        self._buffers.fetch(target, out)
