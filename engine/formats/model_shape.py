"""The dimensions of a language model, from the header of its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import BadModelFile
from engine.formats.gguf import GgufHeader


@dataclass(frozen=True)
class ModelShape:
    """What an adapter must agree with.

    Attributes:
        architecture: ``llama``, ``qwen2``, ...
        n_layers: Layers.
        n_embd: Model dimension.
        n_heads: Query heads of a layer.
        n_kv_heads: Key and value heads of a layer.
        head_dim: Dimension of a head.
        n_vocab: Tokens of the vocabulary.
    """

    architecture: str
    n_layers: int
    n_embd: int
    n_heads: int
    n_kv_heads: int
    head_dim: int
    n_vocab: int

    @property
    def n_q(self) -> int:
        """Rows of the query projection."""
        return self.n_heads * self.head_dim

    @property
    def n_kv(self) -> int:
        """Rows of the key projection, and of the value projection."""
        return self.n_kv_heads * self.head_dim


def model_shape(header: GgufHeader, path: Path) -> ModelShape:
    """Return the dimensions of a model.

    Raises:
        BadModelFile: The header does not state them, or they differ between layers.
    """

    def number(key: str, default: int = 0) -> int:
        found = header.metadata.get(f"{header.architecture}.{key}", default)
        if not isinstance(found, int) or found < 1:
            raise BadModelFile(
                path=str(path), detail=f"its header does not state one {key} for all layers"
            )
        return found

    embedding = header.tensors.get("token_embd.weight")
    if embedding is None or len(embedding.shape) != 2:
        raise BadModelFile(path=str(path), detail="it has no token embedding")
    n_embd, n_heads = number("embedding_length"), number("attention.head_count")
    return ModelShape(
        architecture=header.architecture,
        n_layers=number("block_count"),
        n_embd=n_embd,
        n_heads=n_heads,
        n_kv_heads=number("attention.head_count_kv", n_heads),
        head_dim=number("attention.key_length", n_embd // n_heads),
        n_vocab=embedding.shape[1],
    )
