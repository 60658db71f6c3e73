"""The yardstick: attention as one would write it in NumPy, float32 throughout, nothing fused.

It is what the tolerance of the conformance tests is calibrated with, and the fallback that a
person can read. It stores both attention maps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels import reference
from kernels.problem import Array, LatentK2, Problem
from kernels.shape import TILE_KEYS, Tile

F32 = NDArray[np.float32]


def _softmax(logits: F32) -> F32:
    peak = logits.max(axis=-1, keepdims=True)
    e = np.exp(logits - np.where(np.isneginf(peak), np.float32(0), peak))
    total = e.sum(axis=-1, keepdims=True)
    result: F32 = np.divide(e, total, out=np.zeros_like(e), where=total != 0)
    return result


def _second_keys(p: Problem) -> F32:
    if not isinstance(p.k2, LatentK2):
        return reference.second_keys(p).astype(np.float32)
    latent = p.k2
    plain = np.einsum("btr,gdr->bgtd", latent.z.astype(np.float32), latent.basis)
    table, pairs = latent.rope.table, latent.rope.table.shape[1]
    cosine, sine = table[:, :, : plain.shape[2]].transpose(0, 2, 1)
    index = np.arange(pairs)
    lo, hi = (2 * index, 2 * index + 1) if latent.rope.interleaved else (index, index + pairs)
    keys: F32 = plain.copy()
    keys[..., lo] = plain[..., lo] * cosine - plain[..., hi] * sine
    keys[..., hi] = plain[..., lo] * sine + plain[..., hi] * cosine
    if latent.mirror and p.k1 is not None:
        keys += p.k1
    return keys


def _branch(p: Problem, q: F32, k: F32, k_means: Array | None, mask: F32) -> F32:
    share = p.queries.shape[1] // p.v.shape[1]
    scale, v = np.float32(p.scale), p.v.astype(np.float32)
    raw = (q * scale) @ np.repeat(k, share, axis=1).swapaxes(-1, -2)
    logits = np.where(np.isneginf(mask), -np.inf, raw + mask).astype(np.float32)
    if k_means is not None and p.tile_map is not None and p.means is not None:
        marked = np.repeat(np.repeat(p.tile_map, TILE_KEYS, axis=2), share, axis=1)
        marked = (marked[:, :, : q.shape[2]] & Tile.MEAN) != 0
        means = np.repeat(k_means.astype(np.float32), share, axis=1)
        extra = (q * scale) @ means.swapaxes(-1, -2) + np.float32(np.log(TILE_KEYS))
        logits = np.concatenate([logits, np.where(marked, extra, -np.inf)], axis=-1)
        v = np.concatenate([v, p.means.v.astype(np.float32)], axis=2)
    return _softmax(logits.astype(np.float32)) @ np.repeat(v, share, axis=1)


class NaiveBackend:
    """NumPy in float32."""

    name = "naive"
    device = "NumPy"

    def run(self, p: Problem, out: F32) -> None:
        """Write the result of ``p`` to ``out``, ``[B, H, Tq, Dv]`` float32."""
        mask = reference.additive_mask(p).astype(np.float32)
        result = np.zeros(p.out_shape, np.float32) if p.has_first else out.copy()
        lam = np.float32(0) if p.lam is None else p.lam[..., None]
        gain = np.float32(1) / (np.float32(1) - lam) if p.rescale else np.float32(1)
        if p.q1 is not None and p.k1 is not None and p.has_first:
            means = p.means.k1 if p.means else None
            result += gain * _branch(p, p.q1, p.k1.astype(np.float32), means, mask)
        if p.q2 is not None and p.has_second:
            means = (p.means.k1 if p.k2 is None else p.means.k2) if p.means else None
            result -= gain * lam * _branch(p, p.q2, _second_keys(p), means, mask)
        out[...] = result
