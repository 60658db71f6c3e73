"""One attention call, checked: what every backend is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels.errors import BadProblem, BadType
from kernels.rope import Rope
from kernels.shape import TILE_KEYS, K2Kind

Array = NDArray[Any]
Form = Literal["baseline", "differential", "correction"]


class Branches(NamedTuple):
    """Which branches a form runs. Without the first, ``out`` is corrected by the second."""

    first: bool
    second: bool


BRANCHES: Mapping[Form, Branches] = {
    "baseline": Branches(first=True, second=False),
    "differential": Branches(first=True, second=True),
    "correction": Branches(first=False, second=True),
}
"""The forms there are; nothing else compares their names."""

HEAD_DIMS = tuple(range(16, 257, 16))
"""Head dimensions the kernels take; 64, 80, 96, 128 and 256 are the tuned ones."""


@dataclass(frozen=True)
class LatentK2:
    """Second keys as a low-rank latent: ``K2 = RoPE(z B)`` or, mirrored, ``K1 + RoPE(z B)``.

    Attributes:
        z: ``[B, Tk, r]``, one row per token for all heads; dtype of the key cache.
        basis: ``[G, D, r]`` float32, ``B`` of each key/value head, transposed.
        rope: Rotation of each key.
        mirror: Add the first branch's key (mirror form).
    """

    z: Array
    basis: NDArray[np.float32]
    rope: Rope
    mirror: bool


@dataclass(frozen=True)
class TiledK2:
    """Second keys kept as ``[B, G, ceil(Tk / 64), D, 64]``: nothing to transpose.

    Attributes:
        tiles: The kept keys, dtype of the key cache; see :func:`kernels.prepare.tile_keys`.
    """

    tiles: Array


@dataclass(frozen=True)
class BlockMeans:
    """One centroid per block of 64 keys, for blocks that the tile map marks ``Tile.MEAN``.

    Attributes:
        k1: ``[B, G, n_blocks, D]`` means of the first keys; dtype of the key cache.
        v: ``[B, G, n_blocks, Dv]`` means of the values.
        k2: Means of the second keys, or None when they are shared or there is no second branch.
    """

    k1: Array
    v: Array
    k2: Array | None = None


@dataclass(frozen=True)
class Problem:
    """Arrays and options of one call. Build it with the functions of :mod:`kernels.api`.

    Attributes:
        form: Which branches run and what happens to ``out``.
        q1: ``[B, H, Tq, D]`` float32 queries; None for the correction form.
        k1: ``[B, G, Tk, D]`` float32 or float16; None where the keys of branch 2 replace them.
        v: ``[B, G, Tk, Dv]``, dtype of the keys.
        q2: Queries of branch 2.
        k2: Keys of branch 2: None (shared), an array like ``k1``, tiles, or a latent.
        lam: ``[B, H, Tq]`` float32 (broadcast views allowed).
        rescale: Divide the result by ``1 - lam``.
        scale: Softmax scale.
        mask: ``[B, H, Tq, Tk]`` float32 or float16, added to the logits (broadcast views allowed).
        causal: Query ``t`` at key position ``pos0 + t * pos_step`` sees keys up to that position.
        pos0: Position of the first query; ``Tk - Tq`` for an ordinary causal call.
        pos_step: Distance of two queries (dense rows of delta correction use gamma).
        window: With ``causal``: only the last ``window`` keys are seen, 0 for all.
        sink: With ``window``: and the first ``sink`` keys.
        tile_map: ``[B, G, ceil(Tq / 64), ceil(Tk / 64)]`` uint8 of ``kernels.shape.Tile`` bits.
        means: Centroids for the blocks marked ``Tile.MEAN``.
    """

    form: Form
    q1: NDArray[np.float32] | None
    k1: Array | None
    v: Array
    q2: NDArray[np.float32] | None = None
    k2: Array | TiledK2 | LatentK2 | None = None
    lam: NDArray[np.float32] | None = None
    rescale: bool = False
    scale: float = 1.0
    mask: Array | None = None
    causal: bool = False
    pos0: int = 0
    pos_step: int = 1
    window: int = 0
    sink: int = 0
    tile_map: NDArray[np.uint8] | None = None
    means: BlockMeans | None = None

    @property
    def has_first(self) -> bool:
        """Whether branch 1 runs; else the result is ``out`` minus branch 2."""
        return BRANCHES[self.form].first

    @property
    def has_second(self) -> bool:
        """Whether branch 2 runs."""
        return BRANCHES[self.form].second

    @property
    def queries(self) -> NDArray[np.float32]:
        """The queries of whichever branch runs first."""
        queries = self.q1 if self.q1 is not None else self.q2
        if queries is None:
            raise BadProblem("a call needs q1 or q2")
        return queries

    @property
    def out_shape(self) -> tuple[int, int, int, int]:
        """``[B, H, Tq, Dv]``."""
        batch, heads, tq, _ = self.queries.shape
        return batch, heads, tq, self.v.shape[3]

    @property
    def k2_kind(self) -> K2Kind:
        """Where the keys of branch 2 come from."""
        if isinstance(self.k2, LatentK2):
            return K2Kind.MIRROR if self.k2.mirror else K2Kind.PAPER
        if isinstance(self.k2, TiledK2):
            return K2Kind.TILED
        return K2Kind.SHARED if self.k2 is None else K2Kind.FULL

    def with_rows(self, first: int, step: int, n: int) -> Problem:
        """The same call for query rows ``first, first + step, ...`` (``n`` of them), as views."""
        stop = first + step * (n - 1) + 1

        def rows(x: Array | None) -> Array | None:
            return None if x is None else x[:, :, first:stop:step]

        return replace(
            self,
            q1=rows(self.q1),
            q2=rows(self.q2),
            lam=rows(self.lam),
            mask=rows(self.mask),
            pos0=self.pos0 + first * self.pos_step,
            pos_step=self.pos_step * step,
            tile_map=None,
            means=None,
            window=0,
            sink=0,
        )

    def first_rows(self, n: int) -> Problem:
        """The same call for the first ``n`` query rows, sparse as it is."""

        def rows(x: Array | None) -> Array | None:
            return None if x is None else x[:, :, :n]

        squares = self.tile_map
        return replace(
            self,
            q1=rows(self.q1),
            q2=rows(self.q2),
            lam=rows(self.lam),
            mask=rows(self.mask),
            tile_map=None if squares is None else squares[:, :, : -(-n // TILE_KEYS)],
        )


def _same(name: str, found: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if found != wanted:
        raise BadProblem(f"{name} has shape {list(found)}, expected {list(wanted)}")


def _readable(name: str, x: Array, dtypes: tuple[type[np.generic], ...]) -> None:
    if x.dtype.type not in dtypes:
        names = " or ".join(np.dtype(d).name for d in dtypes)
        raise BadType(f"{name} is {x.dtype}, expected {names}")
    if x.shape[-1] > 1 and x.strides[-1] != x.itemsize:
        raise BadProblem(f"the last axis of {name} must be contiguous (strides {x.strides})")
    if any(stride % x.itemsize or stride < 0 for stride in x.strides):
        raise BadProblem(f"the strides of {name} must be multiples of its item size, not negative")


def _check_second_branch(p: Problem, groups: int, tk: int) -> None:
    batch, heads, tq, d = p.queries.shape
    if p.q2 is None or p.lam is None:
        raise BadProblem("the second branch needs q2 and lam")
    _readable("q2", p.q2, (np.float32,))
    _same("q2", p.q2.shape, (batch, heads, tq, d))
    if p.lam.dtype != np.float32:
        raise BadType(f"lam is {p.lam.dtype}, expected float32")
    _same("lam", p.lam.shape, (batch, heads, tq))
    kv = (p.v.dtype.type,)
    if isinstance(p.k2, np.ndarray):
        _readable("k2", p.k2, kv)
        _same("k2", p.k2.shape, (batch, groups, tk, d))
    elif isinstance(p.k2, TiledK2):
        _readable("k2 tiles", p.k2.tiles, kv)
        _same("k2 tiles", p.k2.tiles.shape, (batch, groups, -(-tk // TILE_KEYS), d, TILE_KEYS))
        if not p.k2.tiles[0, 0].flags.c_contiguous:
            raise BadProblem("the tiles of one head of k2 must be contiguous")
    elif isinstance(p.k2, LatentK2):
        _check_latent(p.k2, batch, groups, tk, d, kv)


def _check_latent(
    k2: LatentK2, batch: int, groups: int, tk: int, d: int, kv: tuple[type[np.generic], ...]
) -> None:
    rank = k2.z.shape[-1]
    if not 1 <= rank <= 256:
        raise BadProblem(f"rank {rank} of the latent keys is not in 1..256")
    _readable("z", k2.z, kv)
    _same("z", k2.z.shape, (batch, tk, rank))
    if k2.basis.dtype != np.float32 or not k2.basis.flags.c_contiguous:
        raise BadType("the basis of latent keys must be contiguous float32")
    _same("basis", k2.basis.shape, (groups, d, rank))
    table = k2.rope.table
    if table.dtype != np.float32 or not table.flags.c_contiguous or table.ndim != 3:
        raise BadType("the rope table must be contiguous float32 [2, n_rot / 2, keys]")
    if k2.rope.n_rot > d or table.shape[2] < -(-tk // TILE_KEYS) * TILE_KEYS:
        raise BadProblem(f"the rope table {list(table.shape)} does not fit D {d} and Tk {tk}")


def _check_plan(p: Problem, groups: int, tk: int) -> None:
    batch, heads, tq, _ = p.queries.shape
    if p.mask is not None:
        _readable("mask", p.mask, (np.float32, np.float16))
        _same("mask", p.mask.shape, (batch, heads, tq, tk))
    if not p.causal and (p.window or p.sink):
        raise BadProblem("window and sink need causal=True")
    if p.window < 0 or p.sink < 0 or p.pos_step < 1:
        raise BadProblem("window, sink and pos_step must not be negative")
    if p.means is not None and p.tile_map is None:
        raise BadProblem("block means need a tile map")
    if p.means is not None:
        _check_means(p, p.means, groups, tk)
    if p.tile_map is not None:
        squares = (batch, groups, -(-tq // TILE_KEYS), -(-tk // TILE_KEYS))
        _readable("tile_map", p.tile_map, (np.uint8,))
        _same("tile_map", p.tile_map.shape, squares)


def _check_means(p: Problem, means: BlockMeans, groups: int, tk: int) -> None:
    batch, d, dv = p.queries.shape[0], p.queries.shape[3], p.v.shape[3]
    blocks = (batch, groups, -(-tk // TILE_KEYS))
    arrays = {"k1": (means.k1, d), "v": (means.v, dv)}
    if p.k2 is not None:
        if means.k2 is None:
            raise BadProblem("the second keys have no means")
        arrays["k2"] = (means.k2, d)
    for name, (array, dim) in arrays.items():
        _readable(f"means of {name}", array, (p.v.dtype.type,))
        _same(f"means of {name}", array.shape, (*blocks, dim))
        if not array.flags.c_contiguous:
            raise BadProblem(f"the means of {name} must be contiguous")


def check(p: Problem) -> Problem:
    """Return ``p`` after checking every shape, dtype and stride.

    Raises:
        BadProblem: Shapes, strides or options do not fit together.
        BadType: A dtype that the kernels do not read.
    """
    if p.queries.ndim != 4 or p.v.ndim != 4:
        raise BadProblem("queries, keys and values need four axes: [batch, heads, tokens, dim]")
    batch, heads, tq, d = p.queries.shape
    _, groups, tk, dv = p.v.shape
    if min(batch, heads, tq, groups, tk) < 1:
        raise BadProblem("every axis needs at least one entry")
    if heads % groups:
        raise BadProblem(f"{heads} query heads cannot share {groups} key/value heads")
    if d not in HEAD_DIMS or dv not in HEAD_DIMS:
        raise BadProblem(f"head dimensions {d} and {dv} must be multiples of 16 up to 256")
    if not np.isfinite(p.scale):
        raise BadProblem(f"scale is {p.scale}")
    _readable("v", p.v, (np.float32, np.float16))
    _same("v", p.v.shape, (batch, groups, tk, dv))
    if p.q1 is not None:
        _readable("q1", p.q1, (np.float32,))
    if p.k1 is None and (p.has_first or p.k2_kind in (K2Kind.SHARED, K2Kind.MIRROR)):
        raise BadProblem("k1 is missing")
    if p.k1 is not None:
        _readable("k1", p.k1, (p.v.dtype.type,))
        _same("k1", p.k1.shape, (batch, groups, tk, d))
    if p.has_second:
        _check_second_branch(p, groups, tk)
    _check_plan(p, groups, tk)
    return p
