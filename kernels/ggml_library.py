"""The ggml that llama-cpp-python brought, found without importing llama-cpp-python."""

from __future__ import annotations

import ctypes
import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kernels.errors import BackendUnavailable


@cache
def ggml_libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    """Return ``libggml-base`` and ``libggml-cpu``: the very copies that llama.cpp uses.

    Raises:
        BackendUnavailable: llama-cpp-python is not installed, or was built in another way.
    """
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or spec.origin is None:
        raise BackendUnavailable("llama-cpp-python is not installed, so ggml cannot be found")
    folder = Path(spec.origin).parent / "lib"
    try:
        base = ctypes.CDLL(str(next(folder.glob("*ggml-base.*"))), mode=ctypes.RTLD_GLOBAL)
        cpu = ctypes.CDLL(str(next(folder.glob("*ggml-cpu.*"))), mode=ctypes.RTLD_GLOBAL)
    except (StopIteration, OSError) as error:
        raise BackendUnavailable(f"ggml's libraries cannot be loaded from {folder}") from error
    return base, cpu


def addresses(library: ctypes.CDLL, names: Sequence[str]) -> dict[str, int]:
    """Return where the functions ``names`` of ``library`` are in memory.

    Raises:
        BackendUnavailable: The library lacks one of them.
    """
    try:
        found = {name: ctypes.cast(getattr(library, name), ctypes.c_void_p).value for name in names}
    except AttributeError as error:
        raise BackendUnavailable(f"this ggml is another version: {error}") from error
    return {name: address or 0 for name, address in found.items()}
