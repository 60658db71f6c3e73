"""The kernel text through NVIDIA's run-time compiler; works without a graphics card."""

from __future__ import annotations

import ctypes
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from kernels.backends.configuration import defines, gpu_cut
from kernels.body import source
from kernels.errors import BackendUnavailable
from kernels.problem import Problem

ARCHITECTURES = (75, 80, 86, 89, 90, 120)
"""Turing to Blackwell."""


def _candidates() -> list[str]:
    """The library of the ``nvidia-cuda-nvrtc`` package first, then the system's."""
    found: list[str] = []
    spec = importlib.util.find_spec("nvidia")
    for root in (spec.submodule_search_locations or []) if spec else []:
        found += [str(p) for p in sorted(Path(root).glob("*/lib/libnvrtc.so.*"))]
        found += [str(p) for p in sorted(Path(root).glob("*/bin/**/nvrtc64_*.dll"))]
    return [p for p in found if "alt" not in p] + [
        "libnvrtc.so.13",
        "libnvrtc.so.12",
        "libnvrtc.so",
    ]


@cache
def library() -> Any:
    """Load NVRTC.

    Raises:
        BackendUnavailable: It is not installed.
    """
    for path in _candidates():
        try:
            # It opens this one by its bare name, which only works once it is loaded.
            for builtins in sorted(Path(path).parent.glob("libnvrtc-builtins.so.*")):
                ctypes.CDLL(str(builtins))
            return ctypes.CDLL(path)
        except OSError:
            continue
    raise BackendUnavailable(
        "CUDA's run-time compiler is not installed (package nvidia-cuda-nvrtc)"
    )


def _log(nvrtc: Any, program: ctypes.c_void_p) -> str:
    size = ctypes.c_size_t()
    nvrtc.nvrtcGetProgramLogSize(program, ctypes.byref(size))
    text = ctypes.create_string_buffer(size.value)
    nvrtc.nvrtcGetProgramLog(program, text)
    return text.value.decode(errors="replace")


def compile_problem(p: Problem, architecture: int, *, prefill: bool) -> tuple[bytes, str]:
    """Compile the kernels of one call for ``sm_<architecture>``; return machine code and log.

    Raises:
        BackendUnavailable: NVRTC is missing, or the text does not compile.
    """
    nvrtc = library()
    macros = defines(p, gpu_cut(p.queries.shape[3], p.v.shape[3]), cpu_like=False)
    if prefill:
        macros["PREFILL"] = None
    options = [f"-D{k}" if v is None else f"-D{k}={v}" for k, v in macros.items()]
    options += [f"--gpu-architecture=sm_{architecture}", "--std=c++17", "--ptxas-options=-v"]
    encoded = [o.encode() for o in options]
    program = ctypes.c_void_p()
    nvrtc.nvrtcCreateProgram(
        ctypes.byref(program), source("cuda").encode(), b"attention.cu", 0, None, None
    )
    try:
        array = (ctypes.c_char_p * len(encoded))(*encoded)
        status = nvrtc.nvrtcCompileProgram(program, len(encoded), array)
        log = _log(nvrtc, program)
        if status:
            raise BackendUnavailable(
                f"the kernels do not compile for sm_{architecture}: {log[:2000]}"
            )
        size = ctypes.c_size_t()
        nvrtc.nvrtcGetCUBINSize(program, ctypes.byref(size))
        code = ctypes.create_string_buffer(size.value)
        nvrtc.nvrtcGetCUBIN(program, code)
        return code.raw, log
    finally:
        nvrtc.nvrtcDestroyProgram(ctypes.byref(program))
