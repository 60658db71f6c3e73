"""Two small models of random weights, which a machine reads with to tell how fast it is.

How fast a processor multiplies depends on the layout of the weights more than on anything else:
with 512-bit vectors llama.cpp reads Q4_K three times as fast as Q5_0, on others about the same.
So each layout that models are published in is measured by itself, with matrices of a real
model's size. Reading does not depend on the weights' values, so random ones do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from engine.formats.model_shape import ModelShape

if TYPE_CHECKING:
    from gguf import GGUFWriter

Layout = Literal["Q4_K", "Q5_0"]
"""How the blocks of a published Q4_K_M file are stored: Q4_K with some Q6_K, or, where a row is no
multiple of 256 weights, Q5_0 with some Q8_0."""

LAYOUTS: tuple[Layout, ...] = get_args(Layout)


@dataclass(frozen=True)
class _Probe:
    """What is written: the blocks of a Qwen 2.5 model, only fewer."""

    most: str
    some: str
    shape: ModelShape
    n_hidden: int


def _shape(n_layers: int, n_embd: int, n_heads: int, head_dim: int) -> ModelShape:
    return ModelShape(
        architecture="llama",
        n_layers=n_layers,
        n_embd=n_embd,
        n_heads=n_heads,
        n_kv_heads=2,
        head_dim=head_dim,
        n_vocab=256,
    )


_PROBES: dict[Layout, _Probe] = {
    "Q4_K": _Probe("Q4_K", "Q6_K", _shape(2, 1536, 12, 128), 8960),
    "Q5_0": _Probe("Q5_0", "Q8_0", _shape(4, 896, 14, 64), 4864),
}


def write_probe(path: Path, layout: Layout) -> int:
    """Write a probe of some 40 to 60 MB, without a vocabulary.

    Args:
        path: Target.
        layout: Of its weights.

    Returns:
        Weights that every token passes through.

    Raises:
        OSError: It cannot be written.
    """
    import gguf

    probe = _PROBES[layout]
    shape = probe.shape
    writer = gguf.GGUFWriter(path, shape.architecture)
    writer.add_name("probe")
    describe(writer, shape, n_hidden=probe.n_hidden, n_ctx=512)
    rng = np.random.default_rng(0)
    _add_matrix(writer, "token_embd", shape.n_vocab, shape.n_embd, probe.most, rng)
    n_weights = 0
    for name, n_out, n_in in _matrices(probe):
        kind = probe.some if name in ("blk.0.attn_v", "blk.0.ffn_down") else probe.most
        _add_matrix(writer, name, n_out, n_in, kind, rng)
        n_weights += n_out * n_in
    for name in _norms(shape.n_layers):
        writer.add_tensor(f"{name}.weight", np.ones(shape.n_embd, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return n_weights


def describe(writer: GGUFWriter, shape: ModelShape, *, n_hidden: int, n_ctx: int) -> None:
    """Write what llama.cpp has to know of a model without a vocabulary.

    Args:
        writer: Of the file.
        shape: Dimensions.
        n_hidden: Of the feed-forward part.
        n_ctx: Context that it says it was trained for.
    """
    writer.add_context_length(n_ctx)
    writer.add_vocab_size(shape.n_vocab)
    writer.add_embedding_length(shape.n_embd)
    writer.add_block_count(shape.n_layers)
    writer.add_feed_forward_length(n_hidden)
    writer.add_head_count(shape.n_heads)
    writer.add_head_count_kv(shape.n_kv_heads)
    writer.add_key_length(shape.head_dim)
    writer.add_value_length(shape.head_dim)
    writer.add_rope_dimension_count(shape.head_dim)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("no_vocab")


def _matrices(probe: _Probe) -> Iterator[tuple[str, int, int]]:
    shape = probe.shape
    for i in range(shape.n_layers):
        yield f"blk.{i}.attn_q", shape.n_q, shape.n_embd
        yield f"blk.{i}.attn_k", shape.n_kv, shape.n_embd
        yield f"blk.{i}.attn_v", shape.n_kv, shape.n_embd
        yield f"blk.{i}.attn_output", shape.n_embd, shape.n_q
        yield f"blk.{i}.ffn_gate", probe.n_hidden, shape.n_embd
        yield f"blk.{i}.ffn_up", probe.n_hidden, shape.n_embd
        yield f"blk.{i}.ffn_down", shape.n_embd, probe.n_hidden


def _norms(n_layers: int) -> Iterator[str]:
    yield "output_norm"
    for i in range(n_layers):
        yield f"blk.{i}.attn_norm"
        yield f"blk.{i}.ffn_norm"


def _add_matrix(
    writer: GGUFWriter, name: str, n_out: int, n_in: int, kind: str, rng: np.random.Generator
) -> None:
    """Add random bytes, small enough that no scale of half precision is infinite."""
    import gguf

    dtype = gguf.GGMLQuantizationType[kind]
    block, n_bytes = gguf.GGML_QUANT_SIZES[dtype]
    weights = rng.integers(0, 32, (n_out, n_in // block * n_bytes), np.uint8)
    writer.add_tensor(f"{name}.weight", weights, raw_dtype=dtype)
