"""Compiled attention kernels.

This version carries the build path and its first function; the attention kernels
follow. NumPy definitions are in :mod:`kernels.reference`.
"""

from __future__ import annotations

from kernels.api import masked_softmax
from kernels.selftest import SelfTest, self_test

__all__ = ["SelfTest", "masked_softmax", "self_test"]
