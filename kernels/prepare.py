"""Work done once per step or per new key, not once per layer: tile maps and tiled keys."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import native
from kernels.errors import BadType
from kernels.problem import Array
from kernels.shape import TILE_KEYS, Tile


def tile_map(mask: Array) -> NDArray[np.uint8]:
    """Classify the 64 x 64 squares of an additive mask.

    Args:
        mask: ``[Tq, Tk]`` float32 or float16.

    Returns:
        ``[ceil(Tq / 64), ceil(Tk / 64)]``: 0 where everything is ``-inf`` (the tile is skipped),
        ``Tile.EXACT`` where everything is 0, ``Tile.EXACT | Tile.MASKED`` elsewhere.
    """
    if mask.dtype not in (np.float32, np.float16):
        raise BadType(f"mask is {mask.dtype}, expected float32 or float16")
    if mask.strides[1] != mask.itemsize and mask.shape[1] > 1:
        mask = np.ascontiguousarray(mask)
    tq, tk = mask.shape
    squares = np.empty((-(-tq // TILE_KEYS), -(-tk // TILE_KEYS)), np.uint8)
    half = mask.dtype == np.float16
    stride = mask.strides[0] // mask.itemsize
    native.tile_map(mask.ctypes.data, half, stride, tq, tk, squares.ctypes.data)
    return squares


def tile_keys(keys: Array) -> Array:
    """Copy keys ``[B, G, Tk, D]`` to tiles ``[B, G, ceil(Tk / 64), D, 64]``, zeros behind them."""
    batch, groups, tk, d = keys.shape
    n = -(-tk // TILE_KEYS)
    tiles = np.zeros((batch, groups, n * TILE_KEYS, d), keys.dtype)
    tiles[:, :, :tk] = keys
    tiles = tiles.reshape(batch, groups, n, TILE_KEYS, d).transpose(0, 1, 2, 4, 3)
    return np.ascontiguousarray(tiles)


def append_tiled(tiles: NDArray[np.float16], keys: NDArray[np.float16], first: int) -> None:
    """Write half keys ``[Tk_new, D]`` at columns ``first..`` of one head's tiles ``[n, D, 64]``."""
    n_new, d = keys.shape
    if tiles.dtype != np.float16 or keys.dtype != np.float16:
        raise BadType("append_tiled works on float16 keys")
    if first < 0 or first + n_new > tiles.shape[0] * TILE_KEYS or tiles.shape[1] != d:
        raise ValueError(f"keys {first}..{first + n_new} do not fit tiles {tiles.shape}")
    if not tiles.flags.c_contiguous:
        raise ValueError("tiles must be contiguous")
    rows = np.ascontiguousarray(keys)
    # The compiled copy addresses keys by their absolute index.
    start = rows.ctypes.data - first * d * rows.itemsize
    native.tile_keys(start, d, d, first, first + n_new, tiles.ctypes.data)


__all__ = ["Tile", "append_tiled", "tile_keys", "tile_map"]
