"""Rotary position tables and, in float64, the rotation itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.shape import TILE_KEYS


@dataclass(frozen=True)
class Rope:
    """Cosines and sines of every key's position.

    ``out[lo] = x[lo] cos - x[hi] sin; out[hi] = x[lo] sin + x[hi] cos`` for each pair
    ``(lo, hi)`` of the first ``n_rot`` dimensions; the others pass unchanged.

    Attributes:
        table: ``[2, n_rot / 2, stride]`` float32, cosines then sines, one column per key; the
            stride is a multiple of 64 and columns past the last key are never used.
        interleaved: Pairs are ``(2i, 2i + 1)`` (llama) instead of ``(i, i + n_rot / 2)`` (NeoX).
    """

    table: NDArray[np.float32]
    interleaved: bool = False

    @property
    def n_rot(self) -> int:
        """Rotated dimensions."""
        return 2 * int(self.table.shape[1])


def rope_table(
    positions: NDArray[np.integer],
    n_rot: int,
    base: float = 10000.0,
    *,
    frequency_factors: NDArray[np.floating] | None = None,
    scale: float = 1.0,
    interleaved: bool = False,
) -> Rope:
    """Build the table: angle = scale * position * base^(-2i/n_rot) / factor.

    Args:
        positions: ``[Tk]``, the position of each key (cell), in any order.
        n_rot: Rotated dimensions, even.
        base: RoPE base of the model.
        frequency_factors: ``[n_rot / 2]`` divisors (Llama 3), or None.
        scale: Linear position scale.
        interleaved: See :class:`Rope`.
    """
    pairs = n_rot // 2
    frequency = base ** (-2.0 * np.arange(pairs) / n_rot)
    if frequency_factors is not None:
        frequency = frequency / frequency_factors
    width = -(-len(positions) // TILE_KEYS) * TILE_KEYS
    angle = np.zeros((pairs, width))
    angle[:, : len(positions)] = scale * frequency[:, None] * positions[None, :]
    return Rope(np.stack([np.cos(angle), np.sin(angle)]).astype(np.float32), interleaved)


def rotate(x: NDArray[np.float64], rope: Rope) -> NDArray[np.float64]:
    """Rotate ``x[..., Tk, D]`` in float64; the definition the kernels follow."""
    pairs, n_keys = rope.table.shape[1], x.shape[-2]
    cosine, sine = rope.table[:, :, :n_keys].astype(np.float64).transpose(0, 2, 1)
    index = np.arange(pairs)
    lo = 2 * index if rope.interleaved else index
    hi = 2 * index + 1 if rope.interleaved else index + pairs
    out = x.copy()
    out[..., lo] = x[..., lo] * cosine - x[..., hi] * sine
    out[..., hi] = x[..., lo] * sine + x[..., hi] * cosine
    return out
