"""Lets the llama.cpp hook run its calls on any backend: from ``sabun_attention`` to a ``Problem``.

The arrays are views of the caller's memory; a backend on another device copies them there and back,
so this pays only where that device is much faster than the CPU.
"""

from __future__ import annotations

import ctypes
import math

import numpy as np
from numpy.typing import NDArray

from kernels.problem import Array, BlockMeans, LatentK2, Problem, check
from kernels.registry import Backend
from kernels.rope import Rope
from kernels.shape import SHAPE_DTYPE, TILE_KEYS, K2Kind

_POINTERS = "q1 q2 k1 v k2 basis rope mask lam map means1 means2 means_v out".split()


class Call(ctypes.Structure):
    """``sabun_attention`` of ``src/attention.h``."""

    _fields_ = (
        ("shape", ctypes.c_int64 * (SHAPE_DTYPE.itemsize // 8)),
        *((name, ctypes.c_void_p) for name in _POINTERS),
        ("batch", ctypes.c_int),
        ("kv_half", ctypes.c_int),
    )


_RUNNER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Call), ctypes.c_void_p)
_OK, _REFUSED = 0, 1


def _view(
    address: int | None, dtype: type[np.generic], shape: tuple[int, ...], strides: tuple[int, ...]
) -> Array | None:
    """View memory; ``strides`` are in elements, the last axis is contiguous."""
    if not address:
        return None
    size = np.dtype(dtype).itemsize
    steps = tuple(size * int(stride) for stride in strides)
    n_bytes = sum((n - 1) * step for n, step in zip(shape, steps, strict=True)) + size
    memory = memoryview((ctypes.c_char * n_bytes).from_address(address))
    return np.ndarray(shape, dtype, memory, strides=steps)


class _Views:
    """Arrays of one call."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.s = np.frombuffer(call.shape, SHAPE_DTYPE)[0]
        self.kv: type[np.generic] = np.float16 if call.kv_half else np.float32
        self._batch = int(call.batch)

    def field(self, name: str) -> int:
        return int(self.s[name])

    def rows(
        self, name: str, prefix: str, dtype: type[np.generic], axes: tuple[int, int, int], head: str
    ) -> Array | None:
        """``[batch, axes...]`` with the strides ``prefix_b``, ``prefix_<head>``, ``prefix_t``."""
        steps = (f"{prefix}_b", f"{prefix}_{head}", f"{prefix}_t")
        strides = (*(self.field(step) for step in steps), 1)
        return _view(getattr(self._call, name), dtype, (self._batch, *axes), strides)

    def packed(self, name: str, dtype: type[np.generic], shape: tuple[int, ...]) -> Array | None:
        """A C-contiguous array."""
        strides = tuple(math.prod(shape[i + 1 :]) for i in range(len(shape)))
        return _view(getattr(self._call, name), dtype, shape, strides)


def _second_keys(v: _Views) -> Array | LatentK2 | None:
    kind, groups, tk, d = v.field("k2_kind"), v.field("groups"), v.field("tk"), v.field("d")
    if kind == K2Kind.FULL:
        return v.rows("k2", "k2", v.kv, (groups, tk, d), "g")
    if kind not in (K2Kind.PAPER, K2Kind.MIRROR):
        return None
    rank, half = v.field("rank"), v.field("n_rot") // 2
    z = v.rows("k2", "k2", v.kv, (1, tk, rank), "g")
    width = -(-tk // TILE_KEYS) * TILE_KEYS
    stride = v.field("rope_stride")
    table = _view(v._call.rope, np.float32, (2, half, width), (half * stride, stride, 1))
    basis = v.packed("basis", np.float32, (groups, d, rank))
    if z is None or table is None or basis is None:
        return None
    rope = Rope(np.ascontiguousarray(table), bool(v.field("interleaved")))
    return LatentK2(z[:, 0], basis, rope, kind == K2Kind.MIRROR)


def _means(v: _Views) -> BlockMeans | None:
    """Means of the blocks that the keys take (the call may hold room for more)."""
    if not v.field("has_means"):
        return None
    n, groups = v.field("n_blocks"), v.field("groups")
    used = -(-v.field("tk") // TILE_KEYS)

    def take(name: str, dim: str) -> Array | None:
        array = v.packed(name, v.kv, (v._batch, groups, n, v.field(dim)))
        return None if array is None else np.ascontiguousarray(array[:, :, :used])

    k1, values = take("means1", "d"), take("means_v", "dv")
    if k1 is None or values is None:
        return None
    return BlockMeans(k1, values, take("means2", "d"))


def problem_of(call: Call) -> tuple[Problem, NDArray[np.float32]]:
    """Return the call as a checked problem, and where its result goes.

    Raises:
        BadProblem: It is not a call that the backends know.
    """
    v = _Views(call)
    heads, groups, tq, tk = (v.field(name) for name in ("heads", "groups", "tq", "tk"))
    d, dv = v.field("d"), v.field("dv")
    mask_type: type[np.generic] = np.float16 if v.field("mask_half") else np.float32
    tiles = (groups, -(-tq // TILE_KEYS), -(-tk // TILE_KEYS))
    squares = (v.field("map_b"), v.field("map_g"), v.field("map_q"), 1)
    differential = v.field("last") == 1
    out = v.rows("out", "out", np.float32, (heads, tq, dv), "h")
    values = v.rows("v", "v", v.kv, (groups, tk, dv), "g")
    if out is None or values is None:
        raise ValueError("the call lacks values or a result")
    problem = Problem(
        form="differential" if differential else "baseline",
        q1=v.rows("q1", "q", np.float32, (heads, tq, d), "h"),
        k1=v.rows("k1", "k", v.kv, (groups, tk, d), "g"),
        v=values,
        q2=v.rows("q2", "q2", np.float32, (heads, tq, d), "h") if differential else None,
        k2=_second_keys(v) if differential else None,
        lam=_lam(v, heads, tq) if differential else None,
        rescale=bool(v.field("rescale")),
        scale=float(v.s["scale_log2"]) / math.log2(math.e),
        mask=v.rows("mask", "mask", mask_type, (heads, tq, tk), "h"),
        causal=bool(v.field("causal")),
        pos0=v.field("pos0"),
        pos_step=v.field("pos_step"),
        window=v.field("window"),
        sink=v.field("sink"),
        tile_map=_view(call.map, np.uint8, (v._batch, *tiles), squares),
        means=_means(v),
    )
    return check(problem), out


def _lam(v: _Views, heads: int, tq: int) -> Array | None:
    strides = tuple(v.field(name) for name in ("lam_b", "lam_h", "lam_t"))
    return _view(v._call.lam, np.float32, (v._batch, heads, tq), strides)


class BackendRunner:
    """A C function that runs calls on a backend.

    Attributes:
        address: Of the function; valid as long as this object lives.
        error: What the last call raised, or None.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.error: Exception | None = None
        self._function = _RUNNER(self._run)
        self.address: int = ctypes.cast(self._function, ctypes.c_void_p).value or 0

    def _run(self, call: ctypes._Pointer[Call], _data: int | None) -> int:
        # No exception may cross into C; check() of the hook raises it afterwards.
        try:
            problem, out = problem_of(call.contents)
            self._backend.run(problem, out)
        except Exception as error:  # noqa: BLE001
            self.error = error
            return _REFUSED
        return _OK
