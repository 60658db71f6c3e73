"""Arrays with a wall around them: reading past an end meets NaN, writing past it is found."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import numpy as np

from kernels.problem import Problem

MARGIN = 4096
PATTERN = 0xFF
"""As float32 or float16 this is NaN."""


class Guarded:
    """A copy of an array, strides kept, inside memory filled with the pattern."""

    def __init__(self, array: np.ndarray) -> None:
        span = array.itemsize + sum(
            (n - 1) * s for n, s in zip(array.shape, array.strides, strict=True)
        )
        self._memory = np.full(span + 2 * MARGIN + 64, PATTERN, np.uint8)
        start = MARGIN + -(self._memory.ctypes.data + MARGIN) % 64
        window = self._memory[start : start + span].view(array.dtype)
        self.array = np.lib.stride_tricks.as_strided(window, array.shape, array.strides)
        self.array[...] = array
        self._before, self._after = self._memory[:start], self._memory[start + span :]

    def intact(self) -> bool:
        return bool((self._before == PATTERN).all() and (self._after == PATTERN).all())


def guard(problem: Problem) -> tuple[Problem, list[Guarded]]:
    """The same problem with every array behind walls."""
    walls: list[Guarded] = []

    def walled(value: object) -> object:
        if isinstance(value, np.ndarray):
            walls.append(Guarded(value))
            return walls[-1].array
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: walled(getattr(value, f.name)) for f in fields(value)})
        return value

    changed = {f.name: walled(getattr(problem, f.name)) for f in fields(problem)}
    return replace(problem, **changed), walls
