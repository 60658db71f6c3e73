"""A GGUF model with random weights: what a shape costs, where no real model of it is at hand."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

from engine.formats.model_shape import ModelShape
from engine.models.probe import describe

WIDE = ModelShape(
    architecture="llama",
    n_layers=28,
    n_embd=1024,
    n_heads=16,
    n_kv_heads=8,
    head_dim=128,
    n_vocab=32_000,
)
"""Like small models of 2025: half a billion parameters with :data:`WIDE_HIDDEN`, heads of 128."""

WIDE_HIDDEN = 3584

_BLOCK, _BLOCK_BYTES = 32, 34
"""Of Q8_0: weights, and the bytes of a half-precision scale and the weights."""


def write_random_model(
    path: Path, shape: ModelShape, *, n_hidden: int, n_ctx: int, seed: int = 0
) -> int:
    """Write a model of the llama architecture in Q8_0, without a vocabulary.

    Args:
        path: Target.
        shape: Dimensions; every row length is a multiple of 32.
        n_hidden: Of the feed-forward part.
        n_ctx: Context that it says it was trained for.
        seed: Of the weights.

    Returns:
        Number of parameters.
    """
    writer = gguf.GGUFWriter(path, shape.architecture)
    writer.add_name("random")
    describe(writer, shape, n_hidden=n_hidden, n_ctx=n_ctx)
    rng = np.random.default_rng(seed)
    sizes = _matrices(shape, n_hidden)
    for name, (n_out, n_in) in sizes.items():
        writer.add_tensor(
            f"{name}.weight", _random_q8(rng, n_out, n_in), raw_dtype=gguf.GGMLQuantizationType.Q8_0
        )
    norms = ["output_norm"]
    norms += [f"blk.{i}.{part}_norm" for i in range(shape.n_layers) for part in ("attn", "ffn")]
    for name in norms:
        writer.add_tensor(f"{name}.weight", np.ones(shape.n_embd, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return sum(n_out * n_in for n_out, n_in in sizes.values()) + len(norms) * shape.n_embd


def _matrices(shape: ModelShape, n_hidden: int) -> dict[str, tuple[int, int]]:
    sizes = {"token_embd": (shape.n_vocab, shape.n_embd)}
    for i in range(shape.n_layers):
        sizes |= {
            f"blk.{i}.attn_q": (shape.n_q, shape.n_embd),
            f"blk.{i}.attn_k": (shape.n_kv, shape.n_embd),
            f"blk.{i}.attn_v": (shape.n_kv, shape.n_embd),
            f"blk.{i}.attn_output": (shape.n_embd, shape.n_q),
            f"blk.{i}.ffn_gate": (n_hidden, shape.n_embd),
            f"blk.{i}.ffn_up": (n_hidden, shape.n_embd),
            f"blk.{i}.ffn_down": (shape.n_embd, n_hidden),
        }
    return sizes


def _random_q8(rng: np.random.Generator, n_out: int, n_in: int) -> NDArray[np.uint8]:
    """Blocks of whole numbers under one scale, so that rows have about the length 1."""
    n_blocks = n_in // _BLOCK
    blocks = rng.integers(0, 256, (n_out, n_blocks, _BLOCK_BYTES), np.uint8)
    scale = np.array([1 / (74 * np.sqrt(n_in))], np.float16)  # 74: deviation of the numbers
    blocks[..., :2] = scale.view(np.uint8)
    return blocks.reshape(n_out, n_blocks * _BLOCK_BYTES)
