"""llama.cpp's own CPU flash attention, called directly: what a decode step costs there."""

from __future__ import annotations

import ctypes
import importlib.util
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from kernels.errors import BackendUnavailable
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


@cache
def _libraries() -> tuple[Any, Any]:
    """The two libraries of the installed llama-cpp-python; the package itself is not imported."""
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or spec.origin is None:
        raise BackendUnavailable("llama-cpp-python is not installed, so ggml cannot be measured")
    folder = Path(spec.origin).parent / "lib"
    try:
        base = ctypes.CDLL(str(next(folder.glob("*ggml-base.*"))), mode=ctypes.RTLD_GLOBAL)
        cpu = ctypes.CDLL(str(next(folder.glob("*ggml-cpu.*"))), mode=ctypes.RTLD_GLOBAL)
    except (StopIteration, OSError) as error:
        raise BackendUnavailable(f"ggml's libraries cannot be loaded from {folder}") from error
    for name in ("ggml_init", "ggml_new_tensor_4d", "ggml_flash_attn_ext", "ggml_new_graph", "ggml_get_data"):
        getattr(base, name).restype = ctypes.c_void_p
    return base, cpu


def _tensor(base: Any, context: Any, kind: int, array: np.ndarray) -> Any:
    sizes = (ctypes.c_int64(n) for n in reversed(array.shape))
    tensor = ctypes.c_void_p(base.ggml_new_tensor_4d(context, kind, *sizes))
    data = np.ascontiguousarray(array)
    ctypes.memmove(base.ggml_get_data(tensor), data.ctypes.data, data.nbytes)
    return tensor


def flash_attention(p: Problem, n_threads: int) -> tuple[Callable[[], None], Callable[[], np.ndarray]]:
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
    q, k, v = (
        _tensor(base, context, kind, x) for kind, x in ((_F32, p.q1), (_F16, p.k1), (_F16, p.v))
    )
    node = ctypes.c_void_p(
        base.ggml_flash_attn_ext(
            context, q, k, v, None, ctypes.c_float(p.scale), ctypes.c_float(0), ctypes.c_float(0)
        )
    )
    graph = ctypes.c_void_p(base.ggml_new_graph(context))
    base.ggml_build_forward_expand(graph, node)
    _, heads, tq, dv = p.out_shape

    def compute() -> None:
        cpu.ggml_graph_compute_with_ctx(context, graph, n_threads)

    def result() -> np.ndarray:
        memory = (ctypes.c_float * (heads * tq * dv)).from_address(base.ggml_get_data(node))
        return np.frombuffer(memory, np.float32).reshape(1, tq, heads, dv).transpose(0, 2, 1, 3)

    return compute, result
