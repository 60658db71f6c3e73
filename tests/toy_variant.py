"""A variant as somebody would add it: contrast attention whose lambda is trained.

    O = (P1 - lam P2) V / (1 - lam)      P2 = softmax(q k^T / (tau sqrt(D))), lam trained per head

It is written as ``docs/add-a-variant.md`` tells, with a trait that the hook has already. The
program knows it while :func:`registered` lasts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.attention.registry import ATTENTION
from engine.attention.variant import AdapterLayout, HookUse, Layer, Shape, Variant
from engine.records import AdapterInfo

if TYPE_CHECKING:
    from kernels.hook import LayerWeights

TEMPERATURE = 3.0


def _own_shapes(info: AdapterInfo) -> dict[str, Shape]:
    return {"strength": (info.n_heads,)}


def _weights(layer: Layer) -> LayerWeights:
    return {"lam": layer.tensors["strength"]}


VARIANT = Variant(
    name="toy",
    title="Toy attention",
    help="Contrast attention with trained strength.",
    place=95,
    adapter=AdapterLayout(own_shapes=_own_shapes, not_folded="its second map has a temperature"),
    hook=HookUse(traits={"": "contrast"}, weights=_weights, temperature=TEMPERATURE),
)


@contextmanager
def registered() -> Iterator[Variant]:
    """Let the program know the variant."""
    ATTENTION.register(VARIANT)
    try:
        yield VARIANT
    finally:
        ATTENTION.withdraw(VARIANT.name)


def save_toy_adapter(folder: Path, model: Path, *, name: str = "tiny-toy") -> AdapterInfo:
    """Write an adapter of the variant for a model; returns what its file says."""
    from engine.adapters.file import save_adapter
    from engine.adapters.fingerprint import model_fingerprint
    from engine.formats.gguf import read_gguf
    from engine.formats.model_shape import model_shape

    shape = model_shape(read_gguf(model), model)
    rng = np.random.default_rng(3)
    tensors = {
        f"blk.{layer}.strength": rng.uniform(0.3, 0.7, shape.n_heads).astype(np.float32)
        for layer in range(shape.n_layers)
    }
    sizes = ("architecture", "n_layers", "n_embd", "n_heads", "n_kv_heads", "head_dim")
    fields = {
        "name": name,
        "variant": VARIANT.name,
        "base_fingerprint": model_fingerprint(model),
        "base_name": model.stem,
        **{size: getattr(shape, size) for size in sizes},
    }
    folder.mkdir(parents=True, exist_ok=True)
    return save_adapter(folder / f"{name}.safetensors", {"rank": 0, **fields}, tensors)
