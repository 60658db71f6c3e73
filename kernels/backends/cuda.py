"""The kernel text on an NVIDIA graphics card: compiled by NVRTC, launched through the driver.

No card was at hand when this was written: the text is compile-checked for every architecture, and
like every device it must pass the self-test before anything chooses it by itself.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.backends.buffers import Array, window
from kernels.backends.configuration import Cut, defines, gpu_cut
from kernels.backends.launch import device_arrays, packed_shape
from kernels.backends.nvrtc import compile_problem
from kernels.errors import BackendUnavailable, DeviceLost, DeviceOutOfMemory
from kernels.problem import Problem
from kernels.shape import TILE_KEYS

_OUT_OF_MEMORY = 2
_MAJOR, _MINOR = 75, 76
"""Attributes: compute capability."""


def load_driver() -> Any:
    """Load and initialise the CUDA driver.

    Raises:
        BackendUnavailable: There is no driver, or no card.
    """
    for name in ("libcuda.so.1", "nvcuda.dll"):
        try:
            driver = ctypes.CDLL(name)
            break
        except OSError:
            continue
    else:
        raise BackendUnavailable(
            "there is no NVIDIA driver on this machine. Use the cpu or opencl backend."
        )
    n_devices = ctypes.c_int()
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(n_devices)) or not n_devices.value:
        raise BackendUnavailable("the NVIDIA driver finds no graphics card")
    return driver


class CudaBackend:
    """The first CUDA card; one instance belongs to one thread."""

    name = "cuda"

    def __init__(self, device: str | None = None) -> None:
        self._driver = load_driver()
        self._handle, self._context = ctypes.c_int(), ctypes.c_void_p()
        self._check(self._driver.cuDeviceGet(ctypes.byref(self._handle), 0))
        name = ctypes.create_string_buffer(256)
        self._check(self._driver.cuDeviceGetName(name, 256, self._handle))
        self.device = name.value.decode(errors="replace")
        if device and device.lower() not in self.device.lower():
            raise BackendUnavailable(f'the CUDA card is "{self.device}", not "{device}"')
        self._check(
            self._driver.cuDevicePrimaryCtxRetain(ctypes.byref(self._context), self._handle)
        )
        self._functions: dict[tuple[object, ...], ctypes.c_void_p] = {}

    def _check(self, status: int) -> None:
        if status == _OUT_OF_MEMORY:
            raise DeviceOutOfMemory("the graphics card has no room for this call")
        if status:
            raise DeviceLost(f"the graphics card failed with CUDA error {status}")

    @property
    def architecture(self) -> int:
        """Compute capability as NVRTC spells it, for example 86."""
        digits = []
        for attribute in (_MAJOR, _MINOR):
            value = ctypes.c_int()
            self._check(
                self._driver.cuDeviceGetAttribute(ctypes.byref(value), attribute, self._handle)
            )
            digits.append(value.value)
        return digits[0] * 10 + digits[1]

    def run(self, p: Problem, out: NDArray[np.float32]) -> None:
        """Write the result of ``p`` to ``out``, ``[B, H, Tq, Dv]`` float32."""
        self._check(self._driver.cuCtxSetCurrent(self._context))
        allocated: list[ctypes.c_void_p] = []
        try:
            self._run(p, out, allocated)
        finally:
            for memory in allocated:
                self._driver.cuMemFree_v2(memory)

    def _allocate(self, n_bytes: int, allocated: list[ctypes.c_void_p]) -> ctypes.c_void_p:
        memory = ctypes.c_void_p()
        size = ctypes.c_size_t(max(n_bytes, 256))
        self._check(self._driver.cuMemAlloc_v2(ctypes.byref(memory), size))
        allocated.append(memory)
        return memory

    def _upload(self, array: Array | None, allocated: list[ctypes.c_void_p]) -> ctypes.c_void_p:
        if array is None:
            return ctypes.c_void_p()
        data = window(array)
        memory = self._allocate(data.nbytes, allocated)
        size = ctypes.c_size_t(data.nbytes)
        self._check(self._driver.cuMemcpyHtoD_v2(memory, ctypes.c_void_p(data.ctypes.data), size))
        return memory

    def _function(self, p: Problem, name: str, *, prefill: bool) -> ctypes.c_void_p:
        cut = gpu_cut(p.queries.shape[3], p.v.shape[3])
        key = (*defines(p, cut, cpu_like=False).items(), prefill)
        module = self._functions.get(key)
        if module is None:
            code, _ = compile_problem(p, self.architecture, prefill=prefill)
            module = ctypes.c_void_p()
            self._check(self._driver.cuModuleLoadData(ctypes.byref(module), code))
            self._functions[key] = module
        function = ctypes.c_void_p()
        self._check(self._driver.cuModuleGetFunction(ctypes.byref(function), module, name.encode()))
        return function

    def _launch(
        self, function: ctypes.c_void_p, grid: Sequence[int], cut: Cut, shape: bytes, *at: Any
    ) -> None:
        values = [ctypes.create_string_buffer(shape, len(shape)), *at]
        pointers = (ctypes.c_void_p * len(values))(*(ctypes.addressof(v) for v in values))
        self._check(
            self._driver.cuLaunchKernel(function, *grid, cut.tx, cut.ty, 1, 0, None, pointers, None)
        )

    def _run(self, p: Problem, out: NDArray[np.float32], kept: list[ctypes.c_void_p]) -> None:
        cut = gpu_cut(p.queries.shape[3], p.v.shape[3])
        at = {name: self._upload(array, kept) for name, array in device_arrays(p).items()}
        target, shape = self._upload(out, kept), packed_shape(p, out)
        batch, heads, tq, dv = p.out_shape
        groups, tk = p.v.shape[1:3]
        if tq > 1 or p.means is not None:
            names = [
                "q1",
                "q2",
                "k1",
                "k2",
                "v",
                "basis",
                "rope",
                "mask",
                "lam",
                "map",
                "means1",
                "means2",
                "means_v",
            ]
            grid = (-(-tq * (heads // groups) // cut.rows), groups, batch)
            function = self._function(p, "attention_prefill", prefill=True)
            self._launch(function, grid, cut, shape.tobytes(), *(at[n] for n in names), target)
        else:
            split = min(512, -(-math.ceil(tk / 8) // TILE_KEYS) * TILE_KEYS)
            n_splits, stride = -(-tk // split), -(-tk // TILE_KEYS) * TILE_KEYS
            shape["split_keys"], shape["n_splits"], shape["score_stride"] = split, n_splits, stride
            rows = batch * heads
            scores, ends, partial = (
                self._allocate(n * 4, kept)
                for n in (rows * 2 * stride, rows * n_splits * 4, rows * n_splits * dv)
            )
            packed, grid = shape.tobytes(), (n_splits, groups, batch)
            inputs = [at[n] for n in ["q1", "q2", "k1", "k2", "basis", "rope", "mask", "map"]]
            function = self._function(p, "attention_scores", prefill=False)
            self._launch(function, grid, cut, packed, *inputs, scores, ends)
            function = self._function(p, "attention_values", prefill=False)
            inputs = [at[n] for n in ("v", "lam", "map")]
            self._launch(function, grid, cut, packed, *inputs, scores, ends, partial)
            function = self._function(p, "attention_sum", prefill=False)
            self._launch(function, (heads, 1, batch), cut, packed, partial, target)
        result = window(out)
        size = ctypes.c_size_t(result.nbytes)
        self._check(self._driver.cuMemcpyDtoH_v2(ctypes.c_void_p(result.ctypes.data), target, size))
