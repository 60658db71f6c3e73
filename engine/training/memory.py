"""The C library's memory settings for training, which needs the same large blocks each step."""

from __future__ import annotations

import ctypes
import os
import sys

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
_NEVER = -1


def keep_freed_memory() -> bool:
    """Let glibc keep what was freed for the next step, in large pages; call before torch allocates.

    By default each large block is fetched from the system and given back, so that every step
    touches gigabytes of new pages, which the kernel must clear first.

    Returns:
        Whether the C library takes the settings; others do without.
    """
    os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")  # read by torch
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_MMAP_MAX, 0)) and bool(mallopt(_TRIM_THRESHOLD, _NEVER))
