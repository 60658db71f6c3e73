"""What measurements depend on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engine.inference.cores import find_cores


def machine() -> str:
    """Return what measurements depend on: processor, cores, llama.cpp version.

    llama.cpp itself is not loaded for it.
    """
    return f"{_processor()}; {find_cores()}; llama-cpp-python {_llama_version()}"


def memory_bytes() -> int:
    """Return how much memory the machine has."""
    import psutil

    return int(psutil.virtual_memory().total)


def _llama_version() -> str:
    try:
        return version("llama-cpp-python")
    except PackageNotFoundError:
        return "unknown"


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass  # not Linux
    return platform.processor() or platform.machine()
