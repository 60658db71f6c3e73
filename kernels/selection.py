"""Which blocks of keys each block of queries reads: the select stage of robust sparse attention.

Blocks are 64 queries by 64 keys. Each query head's pooled causal ``Q . K`` gives a softmax over
blocks, and the heads of a key/value head, which share its blocks, are averaged: pooling their
queries instead would let them cancel each other. *Critical* blocks (sink, local, and the best
until their mass reaches ``mass``) are exact, *marginal*
ones take part as one centroid, *negligible* ones are skipped. One softmax normaliser covers exact
and compressed parts, because both are columns of the same online softmax.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.problem import Array
from kernels.shape import TILE_KEYS, Tile

F32 = NDArray[np.float32]


@dataclass(frozen=True)
class BlockPlan:
    """How blocks are chosen.

    Attributes:
        mass: Share of the pooled softmaxes that critical blocks must reach; 1 selects everything.
        sink_blocks: First blocks that are always exact.
        local_blocks: Blocks up to the query's own that are always exact.
        marginal_mass: Share that critical and marginal blocks reach together; at most ``mass``
            switches centroids off.
        dense_last: The last query blocks read everything.
    """

    mass: float = 0.9
    sink_blocks: int = 1
    local_blocks: int = 4
    marginal_mass: float = 0.0
    dense_last: int = 1


def block_means(x: Array) -> Array:
    """Mean of each block of 64 rows: ``[B, G, T, D]`` to ``[B, G, ceil(T / 64), D]``."""
    starts = np.arange(0, x.shape[2], TILE_KEYS)
    lengths = np.minimum(TILE_KEYS, x.shape[2] - starts)
    sums = np.add.reduceat(x, starts, axis=2, dtype=np.float32)
    return np.ascontiguousarray((sums / lengths[:, None]).astype(x.dtype))


def pooled_scores(q: F32, k: Array, scale: float) -> F32:
    """Mean logit of each pair of blocks per head: ``[B, G, H / G, q blocks, k blocks]``."""
    groups = k.shape[1]
    batch, heads, _, d = q.shape
    pooled = block_means(q).reshape(batch, groups, heads // groups, -1, d)
    keys = block_means(k).astype(np.float32)[:, :, None]
    result: F32 = (pooled * np.float32(scale)) @ keys.swapaxes(-1, -2)
    return result


def select_blocks(
    q: F32, k: Array, scale: float, plan: BlockPlan, pos0: int = 0
) -> NDArray[np.uint8]:
    """Choose the blocks of a causal call.

    Args:
        q: ``[B, H, Tq, D]``.
        k: ``[B, G, Tk, D]``.
        scale: Softmax scale.
        plan: How to choose.
        pos0: Key position of the first query.

    Returns:
        Tile map ``[B, G, ceil(Tq / 64), ceil(Tk / 64)]``.
    """
    scores = pooled_scores(q, k, scale)
    rows, cols = scores.shape[-2:]
    first = pos0 + np.arange(rows)[:, None] * TILE_KEYS
    last = np.minimum(first + TILE_KEYS, pos0 + q.shape[2]) - 1
    start = np.arange(cols)[None, :] * TILE_KEYS
    visible = start <= last
    always = visible & (
        (start < plan.sink_blocks * TILE_KEYS)
        | (start // TILE_KEYS > last // TILE_KEYS - plan.local_blocks)
        | (np.arange(rows)[:, None] >= rows - plan.dense_last)
    )
    past = start + TILE_KEYS <= first + 1
    shares = np.exp(np.where(visible, scores - scores.max(axis=-1, keepdims=True), -np.inf))
    shares /= shares.sum(axis=-1, keepdims=True)
    weights = shares.mean(axis=2)
    order = np.argsort(-weights, axis=-1, kind="stable")
    before = np.take_along_axis(weights, order, -1).cumsum(-1) - np.take_along_axis(
        weights, order, -1
    )
    reached = np.empty_like(before)
    np.put_along_axis(reached, order, before, -1)
    # A full selection must not depend on rounding of the cumulative sum.
    exact = always | (visible & ((reached < plan.mass) | (plan.mass >= 1.0)))
    mean = visible & past & ~exact & (reached < plan.marginal_mass)
    return np.where(exact, Tile.EXACT, np.where(mean, Tile.MEAN, Tile.SKIP)).astype(np.uint8)
