"""Two calls of torch's ``scaled_dot_product_attention``, in its fastest form for each shape."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kernels.errors import BackendUnavailable
from kernels.problem import Problem


def two_calls(p: Problem, n_threads: int) -> dict[str, Callable[[], object]]:
    """Return the ways to compute ``p`` (full second keys) with torch; the fastest is the baseline.

    Prefill is causal in float32. Decode packs the heads of a group as rows of one head, which
    reads K and V once per group, in float32 and in float16.
    """
    try:
        import torch
        from torch.nn.functional import scaled_dot_product_attention as attend
    except ImportError as error:
        raise BackendUnavailable("torch cannot be imported, so it is not measured") from error
    if p.q1 is None or p.q2 is None or p.lam is None or not isinstance(p.k2, np.ndarray):
        raise BackendUnavailable("torch is measured with full second keys")
    torch.set_num_threads(n_threads)
    arrays = (p.q1, p.q2, p.k1, p.k2, p.v, p.lam[..., None])
    q1, q2, k1, k2, v, lam = (torch.from_numpy(np.array(x, np.float32)) for x in arrays)
    _, heads, tq, d = q1.shape
    groups = k1.shape[1]
    packed = (1, groups, heads // groups, d)

    def causal() -> object:
        with torch.inference_mode():
            first = attend(q1, k1, v, is_causal=True, enable_gqa=True)
            return first - lam * attend(q2, k2, v, is_causal=True, enable_gqa=True)

    def decode(dtype: torch.dtype) -> Callable[[], object]:
        a, b = q1.view(packed).to(dtype), q2.view(packed).to(dtype)
        ka, kb, w = k1.to(dtype), k2.to(dtype), v.to(dtype)
        weight = lam.view(1, groups, heads // groups, 1).to(dtype)

        def call() -> object:
            with torch.inference_mode():
                return attend(a, ka, w) - weight * attend(b, kb, w)

        return call

    if tq > 1:
        return {"torch x2": causal}
    return {"torch x2 f32": decode(torch.float32), "torch x2 f16": decode(torch.float16)}
