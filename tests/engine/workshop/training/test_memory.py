"""Memory settings: a freed block serves the next request, without a visit to the kernel."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, resource, sys
from engine.workshop.training.memory import keep_freed_memory

if sys.argv[1] == "keep":
    assert keep_freed_memory()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
for n in range(5):
    if n == 1:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    block = libc.malloc(ctypes.c_size_t(64 << 20))
    ctypes.memset(block, 1, 64 << 20)
    libc.free(block)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


GAPS = """
import ctypes
from pathlib import Path

from engine.workshop.training.memory import give_back_memory, keep_freed_memory

assert keep_freed_memory()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
blocks = []
for _ in range(32):
    blocks.append(libc.malloc(ctypes.c_size_t(8 << 20)))
    ctypes.memset(blocks[-1], 1, 8 << 20)
for block in blocks[:-1]:
    libc.free(block)  # the last one keeps all before it from being trimmed off the end

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

before = resident()
assert give_back_memory()
print(before - resident())
"""


def faults(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the settings are glibc's")
def test_large_blocks_are_used_again() -> None:
    assert faults("default") > 10 * max(1, faults("keep"))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the settings are glibc's")
def test_gaps_between_kept_blocks_are_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", GAPS], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 200 << 20
