"""Attention calls. Letters: B batch, H query heads, G key/value heads, Tq queries, Tk keys, D dims.

All functions take arrays ``[B, H, Tq, D]`` (queries, float32 or float16) and ``[B, G, Tk, D]``
(keys and values, both float32 or both float16; strided views are read in place, only the last
axis must be contiguous). H is a multiple of G. D and Dv are multiples of 16 up to 256. Results are
float32, accumulation is float32.

Visibility, common to all functions::

    mask    added to the logits, -inf hides; broadcasts to [B, H, Tq, Tk]; float32 or float16
    causal  query t stands at key position pos0 + t; default pos0 = Tk - Tq. Tq 2, Tk 5:

                    key 0  1  2  3  4
        query 0 (at 3)  .  .  .  .  -
        query 1 (at 4)  .  .  .  .  .

    window, sink    with causal: only the last `window` and the first `sink` keys are seen
    tile_map        [B, G, ceil(Tq/64), ceil(Tk/64)] of kernels.shape.Tile bits

A query that sees no key gets zeros.

Common errors: ``BadProblem`` (shapes, strides, options), ``BadType`` (dtypes), ``NonFinite`` (NaN
or infinity reached the result), ``BackendUnavailable``, ``DeviceLost``, ``DeviceOutOfMemory``,
``Unsupported``; all are ``KernelError``.
"""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kernels.choose import resolve
from kernels.errors import BadProblem, BadType, NonFinite
from kernels.problem import Array, BlockMeans, LatentK2, Problem, TiledK2, check
from kernels.registry import Backend

F32 = NDArray[np.float32]
SecondKeys = Array | TiledK2 | LatentK2 | None


class Common(TypedDict, total=False):
    """What every call takes beside its arrays.

    Attributes:
        scale: Softmax scale, default ``1 / sqrt(D)``.
        mask: Additive mask; causal, pos0, window, sink, tile_map: see the module.
        means: Centroids for the blocks that ``tile_map`` marks ``Tile.MEAN``.
        backend: ``auto``, ``cpu``, ``opencl``, ``cuda``, ``naive``, ``opencl:NAME`` or a backend.
    """

    scale: float
    mask: Array | None
    causal: bool
    pos0: int
    window: int
    sink: int
    tile_map: NDArray[np.uint8] | None
    means: BlockMeans | None
    backend: str | Backend


class Options(Common, total=False):
    """What calls with a new result take, too.

    Attributes:
        out: ``[B, H, Tq, Dv]`` float32 to write to (views allowed); default: a new array.
    """

    out: F32


def _queries(name: str, q: Array) -> F32:
    if not isinstance(q, np.ndarray) or q.dtype not in (np.float32, np.float16):
        raise BadType(f"{name} must be a float32 or float16 array")
    if q.ndim != 4:
        raise BadProblem(f"{name} has shape {list(q.shape)}, expected [batch, heads, tokens, dim]")
    return np.ascontiguousarray(q, dtype=np.float32)


def _lam(lam: ArrayLike, shape: tuple[int, ...]) -> F32:
    values = np.asarray(lam, dtype=np.float32)
    if values.ndim == 1:
        values = values[None, :, None]
    try:
        return np.broadcast_to(values, shape[:3])
    except ValueError as error:
        raise BadProblem(
            f"lam has shape {list(np.shape(lam))}; expected a number, [H], [H, Tq] or [B, H, Tq]"
        ) from error


def _problem(fields: dict[str, Any], options: Common) -> Problem:
    q = fields["q1"] if fields["q1"] is not None else fields["q2"]
    v = fields["v"]
    if not isinstance(v, np.ndarray) or v.ndim != 4:
        raise BadProblem("v must be an array [batch, heads, tokens, dim]")
    batch, heads, tq, d = q.shape
    mask = options.get("mask")
    if mask is not None:
        try:
            mask = np.broadcast_to(mask, (batch, heads, tq, v.shape[2]))
        except ValueError as error:
            raise BadProblem(
                f"mask {list(mask.shape)} does not broadcast to {[batch, heads, tq, v.shape[2]]}"
            ) from error
    return check(
        Problem(
            scale=options.get("scale", d**-0.5),
            mask=mask,
            causal=options.get("causal", False),
            pos0=options.get("pos0", v.shape[2] - tq),
            window=options.get("window", 0),
            sink=options.get("sink", 0),
            tile_map=options.get("tile_map"),
            means=options.get("means"),
            **fields,
        )
    )


def _check_out(p: Problem, out: F32) -> None:
    if out.dtype != np.float32:
        raise BadType(f"out is {out.dtype}, expected float32")
    if out.shape != p.out_shape:
        raise BadProblem(f"out has shape {list(out.shape)}, expected {list(p.out_shape)}")
    if not out.flags.writeable or out.strides[3] != 4 or min(out.strides) < 0 or 0 in out.strides:
        raise BadProblem("out must be writeable with a contiguous last axis and positive strides")


def run(p: Problem, backend: str | Backend = "auto", out: F32 | None = None) -> F32:
    """Run a checked problem; the other functions end here.

    Raises:
        NonFinite: The result has NaN or infinities; what is in ``out`` is undefined then.
    """
    if out is None:
        out = np.empty(p.out_shape, np.float32)
    _check_out(p, out)
    resolve(backend).run(p, out)
    if not np.isfinite(out).all():
        raise NonFinite(f"NaN or infinity reached the result; {_culprit(p)}")
    return out


def _culprit(p: Problem) -> str:
    for name in ("q1", "k1", "v", "q2", "k2", "lam"):
        array = getattr(p, name)
        if isinstance(array, np.ndarray) and not np.isfinite(array).all():
            return f"{name} is not finite"
    if p.mask is not None and (np.isnan(p.mask).any() or np.isposinf(p.mask).any()):
        return "the mask has NaN or +inf"
    return "the numbers of this call overflow float32"


def attention(q: Array, k: Array, v: Array, **options: Unpack[Options]) -> F32:
    """Ordinary attention, ``softmax(scale Q K^T + M) V``.

    Args:
        q: ``[B, H, Tq, D]``.
        k: ``[B, G, Tk, D]``.
        v: ``[B, G, Tk, Dv]``.
        **options: See :class:`Options` and the module for masks and errors.

    Returns:
        ``[B, H, Tq, Dv]`` float32; ``out`` if it was given, else an array owned by the caller.
    """
    p = _problem({"form": "baseline", "q1": _queries("q", q), "k1": k, "v": v}, options)
    return run(p, options.get("backend", "auto"), options.get("out"))


def differential_attention(
    q1: Array,
    k1: Array,
    q2: Array,
    k2: SecondKeys,
    v: Array,
    lam: ArrayLike,
    *,
    rescale: bool = False,
    **options: Unpack[Options],
) -> F32:
    """Differential attention, fused: both branches in one pass over K and V.

    ``(softmax(scale Q1 K1^T + M) - lam softmax(scale Q2 K2^T + M)) V``, divided by ``1 - lam``
    with ``rescale``.

    Args:
        q1: ``[B, H, Tq, D]`` queries of the positive branch.
        k1: ``[B, G, Tk, D]`` keys of the positive branch.
        q2: ``[B, H, Tq, D]`` queries of the negative branch.
        k2: Keys of the negative branch: an array like ``k1``, None (shared with ``k1``),
            :class:`kernels.problem.TiledK2` or :class:`kernels.problem.LatentK2`.
        v: ``[B, G, Tk, Dv]``.
        lam: A number, ``[H]``, ``[H, Tq]`` or ``[B, H, Tq]``.
        rescale: Give the subtracted mass back.
        **options: See :class:`Options` and the module for masks and errors.

    Returns:
        ``[B, H, Tq, Dv]`` float32.

    Source: DiffLoRA (arXiv 2507.23588); shared keys: Differential Transformer V2.
    """
    q1, q2 = _queries("q1", q1), _queries("q2", q2)
    fields = {"form": "differential", "q1": q1, "k1": k1, "v": v, "q2": q2, "k2": k2}
    p = _problem({**fields, "lam": _lam(lam, q1.shape), "rescale": rescale}, options)
    return run(p, options.get("backend", "auto"), options.get("out"))


def subtract_attention(
    out: F32,
    q2: Array,
    k2: SecondKeys,
    v: Array,
    lam: ArrayLike,
    *,
    k1: Array | None = None,
    **options: Unpack[Common],
) -> F32:
    """Correct an attention result in place: ``out -= lam softmax(scale Q2 K2^T + M) V``.

    Args:
        out: ``[B, H, Tq, Dv]`` float32, for example what llama.cpp computed.
        q2: ``[B, H, Tq, D]``.
        k2: See :func:`differential_attention`; None and mirrored latents need ``k1``.
        v: ``[B, G, Tk, Dv]``.
        lam: As in :func:`differential_attention`.
        k1: Keys of the first branch, where the second ones refer to them.
        **options: See :class:`Common`.

    Returns:
        ``out``. Rows that see no key are left unchanged.
    """
    q2 = _queries("q2", q2)
    fields = {"form": "correction", "q1": None, "k1": k1, "v": v, "q2": q2, "k2": k2}
    p = _problem({**fields, "lam": _lam(lam, q2.shape)}, options)
    return run(p, options.get("backend", "auto"), out)
