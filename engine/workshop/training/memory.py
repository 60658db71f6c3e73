"""The C library's memory settings for training, which needs the same large blocks each step."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
_NEVER = -1


def keep_freed_memory() -> bool:
    """Let glibc keep what was freed for the next step, in large pages; call before torch allocates.

    By default each large block is fetched from the system and given back, so that every step
    touches gigabytes of new pages, which the kernel must clear first. See
    :func:`give_back_memory` for what this costs.

    Returns:
        Whether the C library takes the settings; others do without.
    """
    os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")  # read by torch
    mallopt = _of_libc("mallopt")
    if mallopt is None:
        return False
    return bool(mallopt(_MMAP_MAX, 0)) and bool(mallopt(_TRIM_THRESHOLD, _NEVER))


def give_back_memory() -> bool:
    """Let the system have what is free now; call from time to time, for it takes 0.2 s.

    Steps of other lengths leave gaps between the blocks that are kept, so that a run would
    hold twice what its largest step needs.

    Returns:
        Whether there was something to give back.
    """
    malloc_trim = _of_libc("malloc_trim")
    return malloc_trim is not None and bool(malloc_trim(ctypes.c_size_t(0)))


def _of_libc(name: str) -> Any:
    """Return a function of glibc; None where the C library is another."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), name, None)
