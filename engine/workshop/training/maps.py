"""Attention over one or two softmax maps, with a backward pass made for it.

    O = (P1 - lam P2) V      P = softmax(q k^T + mask)      q already holds 1 / sqrt(D)

Two calls of a fused attention cost twice one call, forwards and backwards. Here the maps are
combined *before* they meet V, so that the product with V and its gradients are paid once:
nine matrix products instead of twelve, and six without a second map. Query rows go in blocks,
and a block sees no key after its own rows, so the upper triangle is hardly computed. Maps are
kept for the backward pass: ``T^2 H / 2`` numbers a map, fine up to some thousand tokens.

Letters: B sequences, H query heads, G key/value heads (query head h reads kv head h // (H/G)),
T tokens, D head dim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

BLOCK_ROWS = 96
"""Query rows at a time: small enough to skip most of the upper triangle and to stay in cache."""


@dataclass(frozen=True)
class Layout:
    """Which token sees which: what all layers of one batch share.

    Attributes:
        n_tokens: T.
        mask: ``[B or 1, T, T]`` float32, row = query: 0 where a key is seen, else -inf.
        first_masked: Per block of rows, the first key column with a -inf in it.
        dtype: Of the maps and of the factors of all products; softmax and sums are computed
            in float32 and rounded to it.
    """

    n_tokens: int
    mask: Tensor
    first_masked: tuple[int, ...]
    dtype: torch.dtype = torch.float32

    @classmethod
    def of(cls, mask: Tensor) -> Layout:
        """Build it from a mask in which no token sees a later one, and each sees itself."""
        n_tokens = mask.shape[-1]
        firsts = []
        for start in range(0, n_tokens, BLOCK_ROWS):
            end = min(start + BLOCK_ROWS, n_tokens)
            hidden = (mask[:, start:end, :end] < 0).any(dim=0).any(dim=0).nonzero()
            firsts.append(int(hidden[0]) if len(hidden) else end)
        return cls(n_tokens, mask, tuple(firsts))

    def to(self, device: torch.device | str) -> Layout:
        """Return the same layout with its mask on a device."""
        return replace(self, mask=self.mask.to(device))

    def blocks(self) -> Iterator[tuple[int, int, int]]:
        """Yield ``(first row, row past the last, first masked key)``."""
        for first, masked in enumerate(self.first_masked):
            start = first * BLOCK_ROWS
            yield start, min(start + BLOCK_ROWS, self.n_tokens), masked


def attend(
    layout: Layout,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    second: tuple[Tensor, Tensor, Tensor] | None = None,
) -> Tensor:
    """Return ``(P1 - lam P2) V``, or ``P1 V`` without a second branch.

    Args:
        layout: Who sees whom.
        q: ``[B, H, T, D]``, scaled.
        k: ``[B, G, T, D]``.
        v: ``[B, G, T, D]``.
        second: q2 like q, k2 like k, and lam ``[B, H, T]``, which may be expanded.

    Returns:
        ``[B, H, T, D]``.
    """
    if second is None:
        output: Tensor = _OneMap.apply(layout, q, k, v)  # type: ignore[no-untyped-call]
        return output
    q2, k2, lam = second
    output = _TwoMaps.apply(layout, q, k, v, q2, k2, lam)  # type: ignore[no-untyped-call]
    return output


def _grouped(x: Tensor, n_groups: int) -> Tensor:
    """``[B, H, T, D] -> [B G, H/G, T, D]``."""
    n_batch, n_heads, n_tokens, width = x.shape
    return x.reshape(n_batch * n_groups, n_heads // n_groups, n_tokens, width)


def _flat(x: Tensor, dtype: torch.dtype) -> Tensor:
    """``[B, G, T, D] -> [B G, T, D]``."""
    return x.to(dtype).reshape(-1, *x.shape[2:])


def _rows(x: Tensor, start: int, end: int) -> Tensor:
    """``[N, R, T, D] -> [N, R (end - start), D]``."""
    return x[:, :, start:end].reshape(x.shape[0], -1, x.shape[3])


def _softmax_map(layout: Layout, q: Tensor, k: Tensor, block: tuple[int, int, int]) -> Tensor:
    """Return ``[N, R rows, end]``, the map of a block of query rows."""
    start, end, masked = block
    scores = torch.bmm(_rows(q, start, end), k[:, :end].transpose(1, 2))
    if masked < end:
        n_batch = layout.mask.shape[0]
        tile = layout.mask[:, None, None, start:end, masked:end]
        view = scores.view(n_batch, q.shape[0] // n_batch, q.shape[1], end - start, end)
        view[..., masked:] += tile
    return torch.softmax(scores, dim=-1)


def _put_rows(target: Tensor, start: int, end: int, values: Tensor) -> None:
    target[:, :, start:end] = values.view(*target.shape[:2], end - start, target.shape[3])


def _softmax_backward(gradient: Tensor, weights: Tensor) -> Tensor:
    """Return ``P * (dP - rowsum(dP * P))``."""
    result: Tensor = torch._softmax_backward_data(gradient, weights, -1, weights.dtype)
    return result


class _OneMap(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, layout: Layout, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        n_kv = k.shape[1]
        grouped = _grouped(q, n_kv).to(layout.dtype)
        keys, values = (_flat(x, layout.dtype) for x in (k, v))
        out = q.new_empty(grouped.shape)
        maps = []
        for block in layout.blocks():
            start, end, _ = block
            weights = _softmax_map(layout, grouped, keys, block)
            _put_rows(out, start, end, torch.bmm(weights, values[:, :end]))
            maps.append(weights)
        ctx.layout, ctx.maps, ctx.shapes = layout, maps, (q.shape, k.shape)
        ctx.save_for_backward(grouped, keys, values)
        return out.view(q.shape)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v = ctx.saved_tensors
        d_out = gradient.reshape(q.shape).to(q.dtype)
        dq = gradient.new_empty(q.shape)
        dk, dv = (gradient.new_zeros(k.shape) for _ in range(2))
        for (start, end, _), weights in zip(ctx.layout.blocks(), ctx.maps, strict=True):
            d_rows = _rows(d_out, start, end)
            dv[:, :end] += torch.bmm(weights.transpose(1, 2), d_rows)
            d_map = torch.bmm(d_rows, v[:, :end].transpose(1, 2))
            d_scores = _softmax_backward(d_map, weights)
            _put_rows(dq, start, end, torch.bmm(d_scores, k[:, :end]))
            dk[:, :end] += torch.bmm(d_scores.transpose(1, 2), _rows(q, start, end))
        ctx.maps = None
        q_shape, k_shape = ctx.shapes
        return None, dq.view(q_shape), dk.view(k_shape), dv.view(k_shape)


class _TwoMaps(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        layout: Layout,
        q: Tensor,
        k: Tensor,
        v: Tensor,
        q2: Tensor,
        k2: Tensor,
        lam: Tensor,
    ) -> Tensor:
        n_kv = k.shape[1]
        first, second = (_grouped(x, n_kv).to(layout.dtype) for x in (q, q2))
        keys, keys2, values = (_flat(x, layout.dtype) for x in (k, k2, v))
        minus = -_grouped(lam[..., None], n_kv).to(layout.dtype)
        out = q.new_empty(first.shape)
        maps = []
        for block in layout.blocks():
            start, end, _ = block
            p1 = _softmax_map(layout, first, keys, block)
            p2 = _softmax_map(layout, second, keys2, block)
            mixed = torch.addcmul(p1, p2, _rows(minus, start, end))
            _put_rows(out, start, end, torch.bmm(mixed, values[:, :end]))
            maps.append((p1, p2, mixed))
        ctx.layout, ctx.maps, ctx.shapes = layout, maps, (q.shape, k.shape)
        ctx.save_for_backward(first, keys, values, second, keys2, minus)
        return out.view(q.shape)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v, q2, k2, minus = ctx.saved_tensors
        d_out = gradient.reshape(q.shape).to(q.dtype)
        dq, dq2, d_lam = (gradient.new_empty(x.shape) for x in (q, q2, minus))
        dk, dk2, dv = (gradient.new_zeros(k.shape) for _ in range(3))
        for (start, end, _), (p1, p2, mixed) in zip(ctx.layout.blocks(), ctx.maps, strict=True):
            d_rows, weight = _rows(d_out, start, end), _rows(minus, start, end)
            dv[:, :end] += torch.bmm(mixed.transpose(1, 2), d_rows)
            d_map = torch.bmm(d_rows, v[:, :end].transpose(1, 2))
            d_scores = _softmax_backward(d_map, p1)
            _put_rows(dq, start, end, torch.bmm(d_scores, k[:, :end]))
            dk[:, :end] += torch.bmm(d_scores.transpose(1, 2), _rows(q, start, end))
            # The second map's gradient is -lam times this one; lam is constant along a row,
            # so it goes to the small factors of the products. Its row sums are d lam:
            # dS2 = dM * P2 - P2 * s    s = rowsum(dM * P2) = -d lam
            d_scores = d_map.mul_(p2)
            row_sums = d_scores.sum(dim=-1, keepdim=True)
            d_scores.addcmul_(p2, row_sums, value=-1)
            _put_rows(d_lam, start, end, row_sums.neg_())
            _put_rows(dq2, start, end, torch.bmm(d_scores, k2[:, :end]) * weight)
            dk2[:, :end] += torch.bmm(d_scores.transpose(1, 2), _rows(q2, start, end) * weight)
        ctx.maps = None
        q_shape, k_shape = ctx.shapes
        shaped = [dq.view(q_shape), dk.view(k_shape), dv.view(k_shape), dq2.view(q_shape)]
        return None, *shaped, dk2.view(k_shape), d_lam.view(q_shape[:3])
