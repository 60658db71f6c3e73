"""Compiled attention kernels: one source text, several compilers.

``kernels.api`` has the calls, ``kernels.sparse`` the prefill forms, ``kernels.reference`` the
float64 definitions, ``kernels.registry`` the backends; ``src/attention.h`` is the C interface.
"""

from __future__ import annotations

import os

# Read by OpenMP when the first compiled library loads it; engine.inference.llama says why.
os.environ.setdefault("GOMP_SPINCOUNT", "300")

from kernels.api import attention, differential_attention, subtract_attention
from kernels.errors import KernelError
from kernels.problem import BlockMeans, LatentK2, Problem, TiledK2
from kernels.registry import BACKENDS, Selection, automatic, open_backend, select
from kernels.rope import Rope, rope_table
from kernels.selection import BlockPlan
from kernels.selftest import SelfTest, self_test
from kernels.sparse import delta_attention, robust_sparse, span_mass

__all__ = [
    "BACKENDS",
    "BlockMeans",
    "BlockPlan",
    "KernelError",
    "LatentK2",
    "Problem",
    "Rope",
    "Selection",
    "SelfTest",
    "TiledK2",
    "attention",
    "automatic",
    "delta_attention",
    "differential_attention",
    "open_backend",
    "robust_sparse",
    "rope_table",
    "select",
    "self_test",
    "span_mass",
    "subtract_attention",
]
