"""Tells which model an adapter was trained for, whatever its quantisation layout."""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.errors import BadModelFile
from engine.formats.gguf import read_gguf
from engine.formats.model_shape import model_shape


def model_fingerprint(path: Path) -> str:
    """Return the fingerprint of a GGUF model, 64 hexadecimal digits.

    It is the SHA-256 of ``architecture/n_layers/n_embd/n_heads/n_kv_heads/head_dim/n_vocab``
    and of the attention norm weights of all layers in order. These weights are trained, and
    stay F32 in every layout, so a requantised copy keeps its fingerprint and a fine-tuned
    model has another one.

    Raises:
        BadModelFile: It is not a usable model, or lacks these weights.
    """
    header = read_gguf(path)
    shape = model_shape(header, path)
    sizes = (shape.n_layers, shape.n_embd, shape.n_heads, shape.n_kv_heads, shape.head_dim)
    text = "/".join([shape.architecture, *map(str, sizes), str(shape.n_vocab)])
    digest = hashlib.sha256(text.encode())
    with path.open("rb") as stream:
        for layer in range(shape.n_layers):
            tensor = header.tensors.get(f"blk.{layer}.attn_norm.weight")
            if tensor is None or tensor.shape != (shape.n_embd,) or tensor.kind != 0:
                raise BadModelFile(
                    path=str(path), detail=f"layer {layer} has no attention norm in F32"
                )
            stream.seek(tensor.start)
            digest.update(stream.read(tensor.n_bytes))
    return digest.hexdigest()


def fingerprint_or_none(path: Path) -> str:
    """Return the fingerprint of a model; empty if it cannot have one (no adapter fits it)."""
    try:
        return model_fingerprint(path)
    except BadModelFile:
        return ""
