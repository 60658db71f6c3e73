"""Random adapters for the tiny models: fields and tensors as an adapter file has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from tiny_models import TinySpec

Tensors = dict[str, NDArray[np.float32]]


def random_adapter(
    spec: TinySpec,
    variant: Literal["lora", "difflora", "diff-v2", "selective"],
    *,
    form: Literal["paper", "mirror", ""] = "",
    rescale: bool = False,
    positive: Sequence[str] = (),
    layers: Sequence[int] | None = None,
    rank: int = 4,
    rank2: int = 3,
    strength: float = 1.0,
    seed: int = 11,
) -> tuple[dict[str, object], Tensors]:
    """Return the fields (without base) and the tensors of an adapter that changes much.

    Args:
        spec: Shape of the base model.
        variant: Which one.
        form: Of difflora.
        rescale: Whether outputs are divided by ``1 - lambda``.
        positive: Parts with a positive branch, of ``q``, ``k``, ``v``, ``output``.
        layers: Layers with tensors of the variant; None: all. The positive branch is in all.
        rank: Of the positive branch.
        rank2: Of the second branch.
        strength: Size of the second branch, or of the temperatures, relative to the model's.
        seed: Of the values.
    """
    rng = np.random.default_rng(seed)
    alpha, alpha2 = 2.0 * rank, 1.5 * rank2
    rows = {"q": spec.n_q, "k": spec.n_kv, "v": spec.n_kv, "output": spec.n_embd}
    tensors: Tensors = {}

    def normal(name: str, *shape: int, deviation: float) -> None:
        tensors[name] = rng.normal(0, deviation, shape).astype(np.float32)

    def low_rank(name: str, n_in: int, n_out: int, r: int, scale: float, size: float) -> None:
        normal(f"{name}.lora_a", r, n_in, deviation=1 / np.sqrt(n_in))
        normal(f"{name}.lora_b", n_out, r, deviation=size / scale / np.sqrt(r))

    for layer in range(spec.n_layers):
        for part in positive:
            n_in = spec.n_q if part == "output" else spec.n_embd
            low_rank(f"blk.{layer}.attn_{part}", n_in, rows[part], rank, alpha / rank, 0.4)
        if layers is not None and layer not in layers:
            continue
        block = f"blk.{layer}"
        if variant in ("difflora", "diff-v2"):
            low_rank(f"{block}.attn_q2", spec.n_embd, spec.n_q, rank2, alpha2 / rank2, strength)
        if variant == "difflora":
            low_rank(f"{block}.attn_k2", spec.n_embd, spec.n_kv, rank2, alpha2 / rank2, strength)
            tensors[f"{block}.lambda"] = rng.uniform(0.1, 0.6, spec.n_heads).astype(np.float32)
        elif variant == "diff-v2":
            normal(f"{block}.lambda.weight", spec.n_heads, spec.n_embd, deviation=0.1)
            tensors[f"{block}.lambda.bias"] = rng.uniform(-2, 0, spec.n_heads).astype(np.float32)
        elif variant == "selective":
            for part, n in (("q", spec.n_heads), ("v", spec.n_kv_heads)):
                normal(f"{block}.tau_{part}.weight", n, spec.head_dim, deviation=0.3 * strength)
                position = rng.uniform(-3, -1, 1)
                tensors[f"{block}.tau_{part}.position"] = position.astype(np.float32)
    has_second = variant in ("difflora", "diff-v2")
    fields: dict[str, object] = {
        "name": f"tiny-{variant}",
        "variant": variant,
        "form": form,
        "rescale": rescale,
        "rank": rank,
        "alpha": alpha,
        "rank2": rank2 if has_second else 0,
        "alpha2": alpha2 if has_second else 0.0,
        "architecture": spec.architecture,
        "n_layers": spec.n_layers,
        "n_embd": spec.n_embd,
        "n_heads": spec.n_heads,
        "n_kv_heads": spec.n_kv_heads,
        "head_dim": spec.head_dim,
    }
    return fields, tensors
