"""llama.cpp's own CPU flash attention, called directly: what a decode step costs there."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.errors import BackendUnavailable
from kernels.ggml_library import ggml_libraries
from kernels.problem import Problem

_F32, _F16 = 0, 1
_CONTEXT_BYTES = 1 << 20
"""Room for graph and tensor headers beside the data."""


class _InitParams(ctypes.Structure):
    _fields_ = [
        ("mem_size", ctypes.c_size_t),
        ("mem_buffer", ctypes.c_void_p),
        ("no_alloc", ctypes.c_bool),
    ]


class _Plan(ctypes.Structure):
    _fields_ = [
        ("work_size", ctypes.c_size_t),
        ("work_data", ctypes.c_void_p),
        ("n_threads", ctypes.c_int),
        ("threadpool", ctypes.c_void_p),
        ("abort_callback", ctypes.c_void_p),
        ("abort_callback_data", ctypes.c_void_p),
        ("use_ref", ctypes.c_bool),
    ]


@cache
def _libraries() -> tuple[Any, Any]:
    base, cpu = ggml_libraries()
    for name in ("init", "new_tensor_4d", "flash_attn_ext", "new_graph", "get_data", "permute"):
        getattr(base, f"ggml_{name}").restype = ctypes.c_void_p
    cpu.ggml_graph_plan.restype = _Plan
    return base, cpu


def _tensor(base: Any, context: Any, kind: int, array: NDArray[Any]) -> Any:
    sizes = (ctypes.c_int64(n) for n in reversed(array.shape))
    tensor = ctypes.c_void_p(base.ggml_new_tensor_4d(context, kind, *sizes))
    data = np.ascontiguousarray(array)
    ctypes.memmove(base.ggml_get_data(tensor), data.ctypes.data, data.nbytes)
    return tensor


def _cache_view(base: Any, context: Any, array: NDArray[Any]) -> Any:
    """Keys or values as llama.cpp keeps them: one row of all heads per token, viewed per head."""
    rows = _tensor(base, context, _F16, array.transpose(0, 2, 1, 3))
    return ctypes.c_void_p(base.ggml_permute(context, rows, 0, 2, 1, 3))


def flash_attention(
    p: Problem, n_threads: int
) -> tuple[Callable[[], None], Callable[[], NDArray[np.float32]]]:
    """Prepare ONE branch (the first) of ``p`` as a ggml graph.

    Args:
        p: A call with batch 1, float16 keys and values, no mask.
        n_threads: Threads of the graph.

    Returns:
        A function that computes the graph, and one that returns the result ``[1, H, Tq, Dv]``.
    """
    if p.q1 is None or p.k1 is None or p.v.dtype != np.float16 or p.out_shape[0] != 1:
        raise BackendUnavailable("ggml is measured with batch 1 and float16 keys")
    base, cpu = _libraries()
    n_bytes = sum(x.nbytes for x in (p.q1, p.k1, p.v)) * 2 + p.q1.nbytes * 4 + 8 * _CONTEXT_BYTES
    context = ctypes.c_void_p(base.ggml_init(_InitParams(n_bytes, None, False)))
    q = _tensor(base, context, _F32, p.q1)
    k, v = (_cache_view(base, context, x) for x in (p.k1, p.v))
    # llama.cpp always passes a mask; here it hides nothing.
    mask = _tensor(base, context, _F16, np.zeros((1, 1, p.q1.shape[2], p.k1.shape[2]), np.float16))
    node = ctypes.c_void_p(
        base.ggml_flash_attn_ext(
            context, q, k, v, mask, ctypes.c_float(p.scale), ctypes.c_float(0), ctypes.c_float(0)
        )
    )
    graph = ctypes.c_void_p(base.ggml_new_graph(context))
    base.ggml_build_forward_expand(graph, node)
    plan = cpu.ggml_graph_plan(graph, n_threads, None)
    work = ctypes.create_string_buffer(max(plan.work_size, 1))
    plan.work_data = ctypes.addressof(work)
    _, heads, tq, dv = p.out_shape

    def compute(_alive: object = work) -> None:
        cpu.ggml_graph_compute(graph, ctypes.byref(plan))

    def result() -> NDArray[np.float32]:
        data = ctypes.string_at(base.ggml_get_data(node), heads * tq * dv * 4)
        return np.frombuffer(data, np.float32).reshape(1, tq, heads, dv).transpose(0, 2, 1, 3)

    return compute, result
