"""Tiny real models for the tests of the engine: nothing here needs a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest
from tiny_adapters import random_adapter
from tiny_models import CHATML, CONTROL, TinySpec, byte_alphabet

from engine.adapters.file import save_adapter
from engine.records import AdapterInfo, ModelFile


def write_tiny_gguf(
    path: Path,
    *,
    architecture: str = "llama",
    template: str | None = CHATML,
    n_ctx: int = 512,
    seed: int = 1,
    n_embd: int = 64,
) -> Path:
    """Write a two-layer model with random weights, F32, and return its path."""
    rng = np.random.default_rng(seed)
    alphabet = byte_alphabet()
    tokens = [*alphabet, *CONTROL]
    kinds = [gguf.TokenType.NORMAL] * len(alphabet) + [gguf.TokenType.CONTROL] * len(CONTROL)
    heads, kv_heads, layers, ff = 4, 2, 2, 128
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name("tiny")
    writer.add_context_length(n_ctx)
    writer.add_embedding_length(n_embd)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(ff)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(n_embd // heads)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    # One merge is needed for the vocabulary to load; it joins two bytes never seen in text.
    writer.add_token_merges([f"{alphabet[0]} {alphabet[1]}"])
    writer.add_bos_token_id(256)
    writer.add_eos_token_id(258)
    writer.add_add_bos_token(False)
    if template is not None:
        writer.add_chat_template(template)

    def tensor(name: str, *shape: int) -> None:
        writer.add_tensor(name, rng.normal(0, 0.1, shape).astype(np.float32))

    head = n_embd // heads
    tensor("token_embd.weight", len(tokens), n_embd)
    tensor("output.weight", len(tokens), n_embd)
    writer.add_tensor("output_norm.weight", np.ones(n_embd, np.float32))
    for layer in range(layers):
        block = f"blk.{layer}"
        writer.add_tensor(f"{block}.attn_norm.weight", np.ones(n_embd, np.float32))
        writer.add_tensor(f"{block}.ffn_norm.weight", np.ones(n_embd, np.float32))
        tensor(f"{block}.attn_q.weight", n_embd, n_embd)
        tensor(f"{block}.attn_k.weight", kv_heads * head, n_embd)
        tensor(f"{block}.attn_v.weight", kv_heads * head, n_embd)
        tensor(f"{block}.attn_output.weight", n_embd, n_embd)
        tensor(f"{block}.ffn_gate.weight", ff, n_embd)
        tensor(f"{block}.ffn_up.weight", ff, n_embd)
        tensor(f"{block}.ffn_down.weight", n_embd, ff)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="session")
def tiny_gguf() -> Callable[..., Path]:
    """The function that writes a tiny random GGUF model."""
    return write_tiny_gguf


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> ModelFile:
    """A tiny random chat model that llama.cpp loads in milliseconds."""
    path = write_tiny_gguf(tmp_path_factory.mktemp("models") / "tiny.gguf")
    return ModelFile("tiny", path, "chat", path.stat().st_size)


Saved = Callable[..., AdapterInfo]


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    """Return a function that saves a random adapter and returns what its file says."""

    def save(
        variant: str = "difflora",
        spec: TinySpec | None = None,
        *,
        folder: Path = tmp_path,
        name: str = "",
        fingerprint: str = "ab" * 32,
        **options: object,
    ) -> AdapterInfo:
        if variant == "difflora":
            options.setdefault("form", "mirror")
        elif variant == "lora":
            options.setdefault("positive", ("q", "v"))
        fields, tensors = random_adapter(spec or TinySpec(), variant, **options)  # type: ignore[arg-type]
        fields |= {"name": name or fields["name"], "base_fingerprint": fingerprint}
        fields |= {"base_name": "tiny", "training": {"steps": 3}, "licence": "Apache-2.0"}
        return save_adapter(folder / f"{fields['name']}.safetensors", fields, tensors)

    return save
