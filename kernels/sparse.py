"""Prefill with fewer keys: delta correction, robust sparse attention, and where attention went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kernels.api import run
from kernels.errors import BadProblem
from kernels.problem import Array, BlockMeans, Problem, check
from kernels.registry import Backend
from kernels.selection import BlockPlan, block_means, select_blocks

F32 = NDArray[np.float32]


def delta_tail(tq: int, gamma: int) -> int:
    """Query rows at the end that stay dense: ``Tq mod gamma + max(128, gamma)``."""
    return min(tq, tq % gamma + max(128, gamma))


def delta_attention(
    sparse: Problem,
    *,
    gamma: int = 64,
    smoothing: float = 1.0,
    backend: str | Backend = "auto",
    out: F32 | None = None,
) -> F32:
    """Sparse prefill, corrected by the dense result of every ``gamma``-th row.

    As :func:`kernels.reference.delta_corrected` defines it; the last :func:`delta_tail` rows
    are dense. Decode (Tq = 1) is always dense.

    Args:
        sparse: A causal problem with ``window`` and ``sink``, or with a tile map.
        gamma: Distance of two dense rows; 1 makes everything dense.
        smoothing: Share of a new difference in their running mean; 1 takes each as it is.
        backend: See :class:`kernels.api.Options`.
        out: Where to write, default a new array.

    Returns:
        ``[B, H, Tq, Dv]`` float32.

    Source: Delta Attention (arXiv 2505.11254).
    """
    if gamma < 1:
        raise BadProblem(f"gamma is {gamma}, expected at least 1")
    if not 0 < smoothing <= 1:
        raise BadProblem(f"smoothing is {smoothing}, expected above 0 and at most 1")
    tq = sparse.out_shape[2]
    tail = delta_tail(tq, gamma)
    head = tq - tail
    dense_tail = run(check(sparse.with_rows(head, 1, tail)), backend)
    if out is None:
        out = np.empty(sparse.out_shape, np.float32)
    out[:, :, head:] = dense_tail
    if head:
        # Rows of the tail are not needed from the sparse pass.
        rows = sparse.first_rows(head)
        run(check(rows), backend, out[:, :, :head])
        n_dense = -(-head // gamma)
        dense = run(check(sparse.with_rows(0, gamma, n_dense)), backend)
        delta = dense - out[:, :, :head:gamma]
        mean = delta[:, :, :1]
        for j in range(n_dense):
            mean = mean + np.float32(smoothing) * (delta[:, :, j : j + 1] - mean)
            out[:, :, j * gamma : min(head, (j + 1) * gamma)] += mean
        out[:, :, :head:gamma] = dense
    return out


def robust_sparse(dense: Problem, plan: BlockPlan) -> Problem:
    """Turn a causal call into its select-and-compress form (see :mod:`kernels.selection`).

    Both branches read the same blocks, chosen by the first branch's queries and keys.

    Raises:
        BadProblem: The call is not causal, or its second keys are a latent or tiles while centroids
            are wanted (their means need the keys themselves).
    """
    if not dense.causal or dense.q1 is None or dense.k1 is None:
        raise BadProblem("block selection needs a causal call with q1 and k1")
    squares = select_blocks(dense.q1, dense.k1, dense.scale, plan, dense.pos0)
    means = None
    if plan.marginal_mass > plan.mass:
        if dense.k2 is not None and not isinstance(dense.k2, np.ndarray):
            raise BadProblem("centroids need the second keys as an array")
        k2 = None if dense.k2 is None else block_means(dense.k2)
        means = BlockMeans(block_means(dense.k1), block_means(dense.v), k2)
    return check(replace(dense, tile_map=squares, means=means))


def span_mass(
    p: Problem, spans: Sequence[tuple[int, int]], *, backend: str | Backend = "auto"
) -> F32:
    """How much attention each query pays to each span of keys, without storing the map.

    The values are replaced by one indicator column per span, so the result of the call *is* the
    mass: ``mass[b, h, t, i] = sum of the (differential) map over keys spans[i]``. For the
    differential form this is ``P1 - lam P2`` and may be negative.

    Args:
        p: A call of any form but ``correction``; its values are ignored.
        spans: Half-open key ranges ``(start, stop)``, at most 256; they may overlap.
        backend: See :class:`kernels.api.Options`.

    Returns:
        ``[B, H, Tq, len(spans)]`` float32.
    """
    n_keys = p.v.shape[2]
    if not 1 <= len(spans) <= 256:
        raise BadProblem(f"{len(spans)} spans were given, expected 1 to 256")
    if any(not 0 <= start <= stop <= n_keys for start, stop in spans):
        raise BadProblem(f"spans must lie in 0..{n_keys}: {list(spans)}")
    if not p.has_first:
        raise BadProblem("mass is defined for baseline and differential calls")
    columns = indicator(n_keys, spans, p.v.dtype)
    shared = np.broadcast_to(columns, (*p.v.shape[:2], *columns.shape))
    # A mean value row of an indicator is the mean of its block, as for ordinary values.
    means = (
        None if p.means is None else replace(p.means, v=block_means(np.ascontiguousarray(shared)))
    )
    result = run(check(replace(p, v=shared, means=means)), backend)
    return result[..., : len(spans)]


def indicator(n_keys: int, spans: Sequence[tuple[int, int]], dtype: np.dtype[np.generic]) -> Array:
    """``[Tk, n]`` of ones where a key is in a span; ``n`` is rounded up to 16 columns."""
    columns = np.zeros((n_keys, -(-len(spans) // 16) * 16), dtype)
    for i, (start, stop) in enumerate(spans):
        columns[start:stop, i] = 1
    return columns
