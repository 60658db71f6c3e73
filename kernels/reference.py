"""Float64 NumPy definitions: what every compiled kernel must agree with.

Keys that a query does not see do not take part, whatever they hold. A row that sees no key is
zero in every form (and leaves ``out`` unchanged in the correction form).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels.problem import Array, LatentK2, Problem, TiledK2
from kernels.rope import rotate
from kernels.shape import TILE_KEYS, Tile

F64 = NDArray[np.float64]


def softmax(logits: F64) -> F64:
    """Softmax over the last axis; a row of ``-inf`` becomes zeros."""
    peak = logits.max(axis=-1, keepdims=True)
    weights = np.exp(logits - np.where(np.isneginf(peak), 0.0, peak))
    total = weights.sum(axis=-1, keepdims=True)
    result: F64 = np.divide(weights, total, out=np.zeros_like(weights), where=total != 0)
    return result


def untile(tiles: Array, n_keys: int) -> Array:
    """``[B, G, n, D, 64]`` tiles back to ``[B, G, Tk, D]`` keys."""
    batch, groups, n, d, _ = tiles.shape
    rows = tiles.transpose(0, 1, 2, 4, 3).reshape(batch, groups, n * TILE_KEYS, d)
    return rows[:, :, :n_keys]


def latent_keys(latent: LatentK2, k1: Array | None) -> F64:
    """``RoPE(z B)``, plus ``k1`` in mirror form: ``[B, G, Tk, D]``."""
    plain = np.einsum("btr,gdr->bgtd", latent.z.astype(np.float64), latent.basis.astype(np.float64))
    keys = rotate(plain, latent.rope)
    return keys + k1.astype(np.float64) if latent.mirror and k1 is not None else keys


def second_keys(p: Problem) -> F64:
    """The keys of branch 2, whatever form they were given in."""
    if isinstance(p.k2, LatentK2):
        return latent_keys(p.k2, p.k1)
    if isinstance(p.k2, TiledK2):
        return untile(p.k2.tiles, p.v.shape[2]).astype(np.float64)
    keys = p.k1 if p.k2 is None else p.k2
    if keys is None:
        raise ValueError("no keys for the second branch")
    return keys.astype(np.float64)


def additive_mask(p: Problem) -> F64:
    """Everything that hides or shifts keys, as one ``[B, H, Tq, Tk]`` additive mask."""
    batch, heads, tq, _ = p.out_shape
    groups, tk = p.v.shape[1:3]
    mask = np.zeros((batch, heads, tq, tk))
    if p.mask is not None:
        mask += p.mask
    if p.causal:
        position = p.pos0 + p.pos_step * np.arange(tq)[:, None]
        key = np.arange(tk)[None, :]
        seen = key <= position
        if p.window:
            seen &= (key > position - p.window) | (key < p.sink)
        mask[..., ~seen] = -np.inf
    if p.tile_map is not None:
        squares = np.repeat(np.repeat(p.tile_map, TILE_KEYS, axis=2), TILE_KEYS, axis=3)
        squares = np.repeat(squares[:, :, :tq, :tk], heads // groups, axis=1)
        mask[(squares & Tile.EXACT) == 0] = -np.inf
    return mask


def weights(p: Problem, q: Array, k: F64, k_means: Array | None) -> F64:
    """One attention map, ``[B, H, Tq, Tk (+ n_blocks)]``: one softmax over keys and block means.

    A block mean stands for its 64 keys: log(64) is added to its logit.
    """
    share = p.queries.shape[1] // p.v.shape[1]
    queries = q.astype(np.float64) * p.scale
    mask = additive_mask(p)
    raw = np.einsum("bhqd,bhkd->bhqk", queries, np.repeat(k, share, axis=1))
    logits = np.where(np.isneginf(mask), -np.inf, raw + mask)
    if k_means is not None and p.tile_map is not None:
        means = np.repeat(k_means.astype(np.float64), share, axis=1)
        marked = np.repeat(np.repeat(p.tile_map, TILE_KEYS, axis=2), share, axis=1)
        marked = (marked[:, :, : q.shape[2]] & Tile.MEAN) != 0
        extra = np.einsum("bhqd,bhkd->bhqk", queries, means) + np.log(TILE_KEYS)
        logits = np.concatenate([logits, np.where(marked, extra, -np.inf)], axis=-1)
    return softmax(logits)


def values(p: Problem) -> F64:
    """Values (and block means behind them), one row per column of :func:`weights`."""
    v = p.v.astype(np.float64)
    if p.means is not None:
        v = np.concatenate([v, p.means.v.astype(np.float64)], axis=2)
    return np.repeat(v, p.queries.shape[1] // p.v.shape[1], axis=1)


def branches(p: Problem) -> tuple[F64 | None, F64 | None]:
    """The results of the two branches before they are combined, ``[B, H, Tq, Dv]`` each."""
    v = values(p)
    first = second = None
    if p.q1 is not None and p.k1 is not None and p.has_first:
        means = p.means.k1 if p.means else None
        first = weights(p, p.q1, p.k1.astype(np.float64), means) @ v
    if p.q2 is not None and p.has_second:
        means = (p.means.k1 if p.k2 is None else p.means.k2) if p.means else None
        second = weights(p, p.q2, second_keys(p), means) @ v
    return first, second


def run(p: Problem, out: NDArray[np.float32] | None = None) -> F64:
    """The whole call in float64.

    ``baseline``: ``softmax(s Q1 K1^T + M) V``; ``differential``: minus
    ``lam softmax(s Q2 K2^T + M) V``; ``correction``: ``out`` minus that second term. With
    ``rescale`` the computed terms are divided by ``1 - lam``.
    """
    first, second = branches(p)
    lam = 0.0 if p.lam is None else p.lam.astype(np.float64)[..., None]
    gain = 1.0 / (1.0 - lam) if p.rescale else 1.0
    result = np.zeros(p.out_shape)
    if not p.has_first and out is not None:
        result = out.astype(np.float64)
    if first is not None:
        result = result + gain * first
    if second is not None:
        result = result - gain * lam * second
    return result


def delta_corrected(
    sparse: F64, dense_rows: F64, tail: F64, gamma: int, smoothing: float = 1.0
) -> F64:
    """Delta correction: ``out_i = S_i + d_j``, ``j = floor(i / gamma)``; dense rows stay dense.

    ``d_j = d_{j-1} + smoothing (dense_j - S_j - d_{j-1})`` is a running mean of what dense rows
    differ from their sparse ones, from the first on. Smoothing 1 is the published form, which
    gives all rows the difference of one token; the mean keeps what tokens have in common.

    Args:
        sparse: ``[B, H, Tq, Dv]`` result of a sparse form.
        dense_rows: ``[B, H, n, Dv]`` dense result of rows ``0, gamma, ...`` before the tail.
        tail: ``[B, H, n_tail, Dv]`` dense result of the last rows, taken as it is.
        gamma: Distance of two dense rows.
        smoothing: Above 0, at most 1.

    Source: Delta Attention (arXiv 2505.11254); the mean is our own.
    """
    head = sparse.shape[2] - tail.shape[2]
    delta = dense_rows - sparse[:, :, :head:gamma]
    for j in range(1, delta.shape[2]):
        delta[:, :, j] = delta[:, :, j - 1] + smoothing * (delta[:, :, j] - delta[:, :, j - 1])
    corrected = sparse[:, :, :head] + np.repeat(delta, gamma, axis=2)[:, :, :head]
    corrected[:, :, ::gamma] = dense_rows
    return np.concatenate([corrected, tail], axis=2)
