"""A check that a person can run: does the compiled code agree with its definition here?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kernels import _native, reference
from kernels.api import masked_softmax

_TOLERANCE = 2**-23
"""One unit in the last place of a float32 near 1, the largest weight there is."""


@dataclass(frozen=True)
class SelfTest:
    """The result for one backend.

    Attributes:
        backend: ``cpu`` for the compiled extension.
        device: What ran it.
        ok: True if the results agree with the float64 definition.
        detail: Largest error and its limit, or what went wrong.
    """

    backend: str
    device: str
    ok: bool
    detail: str


def self_test() -> list[SelfTest]:
    """Run every compiled backend once against :mod:`kernels.reference`."""
    generator = np.random.default_rng(0)
    scores = generator.normal(size=(7, 33)).astype(np.float32) * 20
    mask = np.where(np.tri(7, 33, 3, dtype=bool), 0.0, -np.inf).astype(np.float32)
    mask[2] = -np.inf
    expected = reference.masked_softmax(scores.astype(np.float64), mask.astype(np.float64))
    error = float(np.abs(masked_softmax(scores, mask) - expected).max())
    detail = f"largest error {error:.1e}, limit {_TOLERANCE:.1e}"
    return [SelfTest("cpu", f"compiled with {_native.compiler()}", error <= _TOLERANCE, detail)]
