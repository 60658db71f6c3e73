"""The one list of attention calls that tests, benchmarks and the support matrix share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kernels.prepare import tile_keys
from kernels.problem import (
    BRANCHES,
    Array,
    BlockMeans,
    Form,
    LatentK2,
    Problem,
    TiledK2,
    check,
)
from kernels.rope import rope_table
from kernels.selection import block_means
from kernels.shape import TILE_KEYS, Tile

K2 = Literal["shared", "full", "tiled", "paper", "mirror"]
Mask = Literal["none", "random", "causal", "holes", "empty"]


@dataclass(frozen=True)
class Case:
    """One call, drawn from a seed.

    Attributes:
        name: What it is about; the row of the support matrix.
        form: Which branches run.
        heads: Query heads; groups: key/value heads.
        tq: Query positions; tk: keys; d: head dimension; dv: value dimension (0 means ``d``).
        half: Keys and values in float16 instead of float32.
        k2: Where the second keys come from.
        mask: Additive mask: none, small random numbers, causal as -inf, causal with holes, or
            with some rows that see nothing.
        half_mask: The mask in float16, as llama.cpp gives it.
        causal: Causality by rule instead of by mask.
        window: Sliding window; sink: first keys that stay visible.
        blocks: Draw a tile map; means: and let unselected blocks take part as centroids.
        strided: Keys and values are views into a larger cache, ``out`` is ``[B, Tq, H, Dv]``.
        magnitude: Standard deviation of queries and keys; 1 gives ordinary logits.
        twins: Branch 2 nearly equals branch 1, lam near 1: the result is a small difference.
    """

    name: str
    form: Form = "differential"
    batch: int = 1
    heads: int = 6
    groups: int = 2
    tq: int = 33
    tk: int = 77
    d: int = 64
    dv: int = 0
    half: bool = False
    k2: K2 = "full"
    rank: int = 16
    interleaved: bool = False
    n_rot: int = 0
    mask: Mask = "none"
    half_mask: bool = False
    causal: bool = False
    window: int = 0
    sink: int = 0
    blocks: bool = False
    means: bool = False
    strided: bool = False
    rescale: bool = False
    magnitude: float = 1.0
    twins: bool = False


DIMS = (64, 80, 96, 128, 256)

CASES: tuple[Case, ...] = (
    *(Case(f"prefill D {d}", d=d, causal=True) for d in DIMS),
    *(Case(f"prefill D {d} f16", d=d, causal=True, half=True, tq=70, tk=130) for d in DIMS),
    *(Case(f"decode D {d} f16", d=d, tq=1, tk=333, half=True) for d in DIMS),
    Case("decode D 64 f32", tq=1, tk=700),
    Case("decode one key", tq=1, tk=1, half=True),
    Case("decode long", tq=1, tk=2050, half=True, mask="holes", half_mask=True),
    Case("baseline prefill", form="baseline", causal=True, tq=100, tk=100),
    Case("baseline decode", form="baseline", tq=1, tk=200, half=True),
    Case("shared keys", k2="shared", causal=True),
    Case("shared keys decode", k2="shared", tq=1, tk=129, half=True),
    Case("tiled keys", k2="tiled", half=True, causal=True),
    Case("tiled keys decode", k2="tiled", half=True, tq=1, tk=190),
    Case("paper latent", k2="paper", causal=True),
    Case("paper latent decode f16", k2="paper", tq=1, tk=190, half=True),
    Case("mirror latent f16", k2="mirror", causal=True, half=True, rescale=True),
    Case("mirror latent decode f16", k2="mirror", tq=1, tk=190, half=True),
    Case("mirror latent interleaved partial", k2="mirror", interleaved=True, n_rot=32, tk=128),
    Case("latent odd rank", k2="mirror", rank=5, tq=9, half=True),
    Case("latent rank 64 D 128", k2="mirror", rank=64, d=128, tq=20, half=True),
    *(
        Case(f"correction {k2}", form="correction", k2=k2, causal=True, half=True)
        for k2 in ("full", "paper", "mirror", "shared")
    ),
    Case("correction decode mirror", form="correction", k2="mirror", tq=1, tk=200, half=True),
    Case("mask f16", mask="random", half_mask=True, half=True),
    Case("mask f32 causal", mask="causal"),
    Case("mask with holes", mask="holes", half_mask=True, tq=130, tk=200),
    Case("rows that see nothing", mask="empty", tq=40, tk=70),
    Case("decode that sees nothing", mask="empty", tq=1, tk=70, half=True),
    Case("sink and window", causal=True, window=40, sink=10, tq=200, tk=300),
    Case("window decode", causal=True, window=100, sink=4, tq=1, tk=600, half=True),
    Case("selected blocks", causal=True, blocks=True, tq=200, tk=260),
    Case("selected blocks with means", causal=True, blocks=True, means=True, tq=300, tk=333),
    Case("means, shared keys, f16", k2="shared", causal=True, blocks=True, means=True, tq=200,
         tk=200, half=True),
    Case("baseline with means", form="baseline", causal=True, blocks=True, means=True, tq=200,
         tk=200),
    Case("strided cache", strided=True, half=True, causal=True, tq=50, tk=90),
    Case("strided cache decode", strided=True, half=True, tq=1, tk=400, mask="holes",
         half_mask=True),
    Case("batch of two", batch=2, causal=True, mask="random"),
    Case("batch of two decode", batch=2, tq=1, half=True, k2="mirror"),
    Case("one head a group", heads=4, groups=4, causal=True),
    Case("seven heads a group", heads=14, groups=2, d=128, half=True, causal=True, tq=40, tk=40),
    Case("seven heads a group decode", heads=14, groups=2, d=128, half=True, tq=1, tk=300),
    Case("one query head", heads=1, groups=1, tq=5, tk=3),
    Case("value dimension 16", dv=16, causal=True, tq=70, tk=70),
    Case("value dimension 32 decode", dv=32, tq=1, tk=100, half=True),
    Case("more queries than keys", tq=90, tk=30),
    Case("large logits", magnitude=12.0, causal=True),
    Case("large logits decode", magnitude=12.0, tq=1, tk=300, half=True),
    Case("nearly equal branches", twins=True, causal=True),
    Case("nearly equal branches decode f16", twins=True, tq=1, tk=300, half=True),
)  # fmt: skip
"""Small enough for the interpreter of a race checker, odd enough to meet every edge."""


def _mask(case: Case, rng: np.random.Generator) -> Array | None:
    if case.mask == "none":
        return None
    shape = (case.batch, 1, case.tq, case.tk)
    if case.mask == "random":
        mask = rng.normal(size=shape)
    else:
        hidden = np.arange(case.tk) > np.arange(case.tq)[:, None] + case.tk - case.tq
        mask = np.where(np.broadcast_to(hidden, shape), -np.inf, 0.0)
    if case.mask == "holes":
        mask[..., : case.tk - 1][rng.random((*shape[:3], case.tk - 1)) < 0.3] = -np.inf
        mask[..., 64:128] = -np.inf
    if case.mask == "empty":
        mask[:, :, ::3] = -np.inf
    mask = mask.astype(np.float16 if case.half_mask else np.float32)
    return np.broadcast_to(mask, (case.batch, case.heads, case.tq, case.tk))


def _tile_map(case: Case, rng: np.random.Generator) -> NDArray[np.uint8] | None:
    if not case.blocks:
        return None
    rows, cols = -(-case.tq // TILE_KEYS), -(-case.tk // TILE_KEYS)
    pos0 = case.tk - case.tq
    squares = rng.choice(
        np.array([Tile.SKIP, Tile.EXACT, Tile.MEAN], np.uint8),
        (case.batch, case.groups, rows, cols),
    )
    for y in range(rows):
        # Centroids stand for whole blocks that every query of the row has behind it.
        past = (pos0 + y * TILE_KEYS) // TILE_KEYS
        squares[:, :, y, past:] = Tile.EXACT
    if not case.means:
        squares[squares == Tile.MEAN] = Tile.SKIP
    return squares


def _cache(case: Case, array: NDArray[np.float64]) -> Array:
    """Keys or values in storage type; strided: a view into ``[B, Tk + 7, G, D]``."""
    stored = array.astype(np.float16 if case.half else np.float32)
    if not case.strided:
        return stored
    batch, groups, tk, d = stored.shape
    cache = np.full((batch, tk + 7, groups, d), 1e4, stored.dtype)
    cache[:, :tk] = stored.transpose(0, 2, 1, 3)
    return cache[:, :tk].transpose(0, 2, 1, 3)


def _means(case: Case, k1: Array, k2: Array | None, v: Array) -> BlockMeans | None:
    if not case.means:
        return None
    return BlockMeans(block_means(k1), block_means(v), None if k2 is None else block_means(k2))


def _latent(case: Case, rng: np.random.Generator, *, mirror: bool) -> LatentK2:
    z = rng.normal(size=(case.batch, case.tk, case.rank))
    basis = rng.normal(size=(case.groups, case.d, case.rank)) / np.sqrt(case.rank)
    rope = rope_table(np.arange(case.tk), case.n_rot or case.d, interleaved=case.interleaved)
    stored = z.astype(np.float16 if case.half else np.float32)
    return LatentK2(stored, basis.astype(np.float32), rope, mirror)


_SECOND_KEYS: Mapping[
    K2,
    Callable[[Case, NDArray[np.float64], np.random.Generator], Array | TiledK2 | LatentK2 | None],
] = {
    "shared": lambda _case, _keys, _rng: None,
    "full": lambda case, keys, _rng: _cache(case, keys),
    "tiled": lambda case, keys, _rng: TiledK2(tile_keys(_cache(case, keys))),
    "paper": lambda case, _keys, rng: _latent(case, rng, mirror=False),
    "mirror": lambda case, _keys, rng: _latent(case, rng, mirror=True),
}


def build(case: Case, seed: int = 0) -> Problem:
    """Draw the arrays of ``case`` and return the checked problem."""
    rng = np.random.default_rng([seed, case.tq, case.tk, case.d])
    q_shape = (case.batch, case.heads, case.tq, case.d)
    kv_shape = (case.batch, case.groups, case.tk, case.d)
    magnitude = case.magnitude
    q1 = (magnitude * rng.normal(size=q_shape)).astype(np.float32)
    k1 = _cache(case, rng.normal(size=kv_shape))
    v = _cache(case, rng.normal(size=(*kv_shape[:3], case.dv or case.d)))
    q2 = (magnitude * rng.normal(size=q_shape)).astype(np.float32)
    lam = rng.uniform(0.05, 0.8, size=(case.batch, case.heads, case.tq)).astype(np.float32)
    full = rng.normal(size=kv_shape)
    if case.twins:
        q2 = (q1 * (1 + 1e-4 * rng.normal(size=q_shape))).astype(np.float32)
        full = k1.astype(np.float64)
        lam = np.full_like(lam, 0.999)
    k2 = _SECOND_KEYS[case.k2](case, full, rng)
    branches = BRANCHES[case.form]
    return check(
        Problem(
            form=case.form,
            q1=q1 if branches.first else None,
            k1=k1,
            v=v,
            q2=q2 if branches.second else None,
            k2=k2 if branches.second else None,
            lam=lam if branches.second else None,
            rescale=case.rescale,
            scale=case.d**-0.5,
            mask=_mask(case, rng),
            causal=case.causal,
            pos0=max(case.tk - case.tq, 0),
            window=case.window,
            sink=case.sink,
            tile_map=_tile_map(case, rng),
            means=_means(case, k1, k2 if isinstance(k2, np.ndarray) else None, v),
        )
    )


def out_for(case: Case, problem: Problem) -> NDArray[np.float32]:
    """An array for the result; with numbers in it, because the correction form reads them."""
    batch, heads, tq, dv = problem.out_shape
    rng = np.random.default_rng(7)
    if case.strided:
        wide = rng.normal(size=(batch, tq, heads, dv)).astype(np.float32)
        return wide.transpose(0, 2, 1, 3)
    return rng.normal(size=problem.out_shape).astype(np.float32)
