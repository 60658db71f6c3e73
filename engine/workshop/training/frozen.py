"""Products with frozen matrices: float32, or bfloat16 where this processor is faster with it.

Only the products round: their inputs and results, the residual stream, norms, softmax and
the adapter itself stay float32. A rounding of 2^-9 in a factor is far below what the
quantisation of the usual GGUF file leaves (a Q8_0 weight is off by up to 2^-8 of the largest
in its block).
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from engine.workshop.training.precision import Precision

_PROBE = (512, 576, 1536)
_WORTH_IT = 1.3
"""bfloat16 must be this much faster at the probe, casts included, to pay for its rounding."""


class FrozenLinear:
    """``x W^T`` for a W that never learns.

    Args:
        weight: ``[n_out, n_in]``.
        dtype: Of the product's factors; float32 or bfloat16.
    """

    def __init__(self, weight: Tensor, dtype: torch.dtype = torch.float32) -> None:
        self.weight = weight.to(dtype)

    def __call__(self, x: Tensor) -> Tensor:
        """Return ``[..., n_out]`` float32 for ``[..., n_in]`` float32."""
        if self.weight.dtype == torch.float32:
            return functional.linear(x, self.weight)
        product: Tensor = _Rounded.apply(x, self.weight)  # type: ignore[no-untyped-call]
        return product


class _Rounded(torch.autograd.Function):
    """A product with rounded factors, and likewise its gradient; W gets none."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(weight)
        return functional.linear(x.to(weight.dtype), weight).float()

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (weight,) = ctx.saved_tensors
        return torch.matmul(gradient.to(weight.dtype), weight).float(), None


def dtype_of(precision: Precision, device: str = "cpu") -> torch.dtype:
    """Return what a setting means on this processor or graphics card."""
    if precision == "auto":
        if device == "cuda":
            return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
        return fastest_dtype()
    return torch.bfloat16 if precision == "bfloat16" else torch.float32


@cache
def fastest_dtype() -> torch.dtype:
    """Return bfloat16 where its products are clearly faster on this processor, else float32."""
    n_rows, n_in, n_out = _PROBE
    x, weight = torch.ones(n_rows, n_in), torch.ones(n_out, n_in)
    plain, rounded = (_seconds(x, FrozenLinear(weight, d)) for d in (torch.float32, torch.bfloat16))
    return torch.bfloat16 if plain > _WORTH_IT * rounded else torch.float32


def _seconds(x: Tensor, product: FrozenLinear) -> float:
    """Return the shortest of some runs, after one that prepares."""
    times = []
    for _ in range(6):
        start = time.perf_counter()
        product(x)
        times.append(time.perf_counter() - start)
    return min(times[1:])
