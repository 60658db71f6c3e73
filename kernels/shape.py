"""The packed description of one launch: ``attention_shape`` of ``src/body/shape.h`` as NumPy."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

TILE_KEYS = 64
"""Keys per tile, and the side of one square of the tile map."""


class K2Kind(IntEnum):
    """Where the keys of the second branch come from."""

    SHARED = 0
    FULL = 1
    PAPER = 2
    MIRROR = 3
    TILED = 4


class Tile:
    """Bits of one entry of the tile map."""

    SKIP = 0
    EXACT = 1
    MASKED = 2
    MEAN = 4


_STRIDES = """
    q_b q_h q_t q2_b q2_h q2_t k_b k_g k_t k2_b k2_g k2_t v_b v_g v_t out_b out_h out_t
    mask_b mask_h mask_t lam_b lam_h lam_t map_b map_g map_q
"""
_INTS = """
    heads groups group tq tk d dv first last k2_kind rank n_rot interleaved rope_stride has_mask
    mask_half has_map has_means n_blocks causal pos0 pos_step window sink subtract rescale
    split_keys n_splits score_stride
"""

SHAPE_DTYPE = np.dtype(
    [(name, np.int64) for name in _STRIDES.split()]
    + [(name, np.int32) for name in _INTS.split()]
    + [("scale_log2", np.float32)],
    align=True,
)
"""Field for field the C struct; the conformance tests compare names, types and offsets."""


def pack(**fields: int | float) -> NDArray[np.void]:
    """Return a one-entry array of :data:`SHAPE_DTYPE`; fields not given are 0."""
    shape = np.zeros(1, SHAPE_DTYPE)
    for name, value in fields.items():
        shape[name] = value
    return shape


def strides(array: NDArray[np.generic], names: str) -> dict[str, int]:
    """Element strides of the leading axes of ``array``, keyed by ``names``; length-1 axes get 0.

    Args:
        array: Any array; the last axis is not described.
        names: Prefixed axis names, for example ``"q_b q_h q_t"``.
    """
    keys = names.split()
    return {
        key: 0 if size == 1 else stride // array.itemsize
        for key, size, stride in zip(keys, array.shape, array.strides, strict=False)
    }
