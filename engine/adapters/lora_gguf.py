"""Hands the positive branch of an adapter to llama.cpp in its own LoRA format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.formats.atomic_files import replacing
from engine.records import Adapter

FUSED_ARCHITECTURES = ("phi3",)
"""Their files hold queries, keys and values as one tensor, ``attn_qkv``, in this order."""

Pair = tuple[NDArray[np.float32], NDArray[np.float32]]


def lora_gguf(adapter: Adapter, target_path: Path) -> Path | None:
    """Write the positive branch as a GGUF adapter that llama.cpp loads over the model.

    The factor alpha / rank is already in ``lora_b`` and the file states no alpha, which
    llama.cpp reads as a factor of 1.

    Args:
        adapter: Any adapter.
        target_path: Is replaced.

    Returns:
        ``target_path``; None if the adapter has no positive branch, and nothing is written.
    """
    from gguf import GGUFType, GGUFWriter, Keys

    if not adapter.info.positive:
        return None
    with replacing(target_path) as partial:
        writer = GGUFWriter(partial, adapter.info.architecture)
        writer.add_type(GGUFType.ADAPTER)
        writer.add_name(adapter.info.name)
        writer.add_string(Keys.Adapter.TYPE, "lora")
        for name, (a, b) in lora_pairs(adapter).items():
            writer.add_tensor(f"{name}.weight.lora_a", a)
            writer.add_tensor(f"{name}.weight.lora_b", b)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
    return target_path


def lora_pairs(adapter: Adapter) -> dict[str, Pair]:
    """Return ``A [r, n_in]`` and scaled ``B [n_out, r]`` by the model's tensor names."""
    info = adapter.info
    fused = info.architecture in FUSED_ARCHITECTURES
    all_pairs: dict[str, Pair] = {}
    for layer in range(info.n_layers):
        pairs = _of_layer(adapter, f"blk.{layer}")
        output = pairs.pop("attn_output", None)
        if fused and pairs:
            pairs = {"attn_qkv": _stacked(adapter, pairs)}
        if output is not None:
            pairs["attn_output"] = output
        all_pairs |= {f"blk.{layer}.{part}": pair for part, pair in pairs.items()}
    return all_pairs


def _of_layer(adapter: Adapter, block: str) -> dict[str, Pair]:
    tensors, scale = adapter.tensors, np.float32(adapter.info.scale)
    return {
        part: (tensors[f"{block}.{part}.lora_a"], scale * tensors[f"{block}.{part}.lora_b"])
        for part in adapter.info.positive
        if f"{block}.{part}.lora_a" in tensors
    }


def _stacked(adapter: Adapter, pairs: Mapping[str, Pair]) -> Pair:
    """Return one pair that does what those of queries, keys and values do side by side."""
    info = adapter.info
    n_q, n_kv = info.n_heads * info.head_dim, info.n_kv_heads * info.head_dim
    starts = {"attn_q": 0, "attn_k": n_q, "attn_v": n_q + n_kv}
    b = np.zeros((n_q + 2 * n_kv, len(pairs) * info.rank), np.float32)
    for i, (part, (_, rows)) in enumerate(pairs.items()):
        columns = slice(i * info.rank, (i + 1) * info.rank)
        b[starts[part] : starts[part] + len(rows), columns] = rows
    return np.concatenate([a for a, _ in pairs.values()]), b
