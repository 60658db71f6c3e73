"""Tiny random GGUF models of every supported architecture, with their weights at hand.

llama.cpp loads them in milliseconds; ``reference_forward`` computes the same logits from the
returned weights. Weights are scaled so that attention is neither flat nor one-hot, and norm
weights and biases are random too: leaving one out, or mixing two up, changes the logits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import gguf
import numpy as np
from numpy.typing import NDArray

Architecture = Literal["llama", "qwen2", "qwen3", "gemma3", "phi3"]
ARCHITECTURES: tuple[Architecture, ...] = ("llama", "qwen2", "qwen3", "gemma3", "phi3")

CHATML = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>' "
    "+ '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


@dataclass(frozen=True)
class TinySpec:
    """The shape of a model; letters as in ``attention``: E, H, G, D.

    Attributes:
        n_embd: E. qwen2 and phi3 need ``n_heads * head_dim == n_embd``.
        n_heads: H, query heads.
        n_kv_heads: G, key and value heads.
        head_dim: D.
        n_rot: Rotated dimensions of a head; 0: all (fewer only with phi3).
        n_vocab: At least 259 for a vocabulary that can spell every byte.
        window: Keys that a sliding-window layer sees (gemma3).
        window_pattern: Every so many layers, one sees everything (gemma3).
        rope_factors: Frequency factors: ``rope_freqs`` (llama), short and long (phi3).
        rope_scaling: ``linear`` or ``yarn``, by 4, from ``n_ctx_original`` on.
        tied: The output layer is the embedding (always so for gemma3).
    """

    architecture: Architecture = "llama"
    n_layers: int = 3
    n_embd: int = 64
    n_heads: int = 4
    n_kv_heads: int = 2
    head_dim: int = 16
    n_ff: int = 96
    n_rot: int = 0
    n_vocab: int = 259
    n_ctx: int = 512
    n_ctx_original: int = 512
    eps: float = 1e-5
    freq_base: float = 10_000.0
    freq_base_window: float = 500.0
    window: int = 8
    window_pattern: int = 3
    rope_factors: bool = False
    rope_scaling: Literal["none", "linear", "yarn"] = "none"
    rope_scale: float = 4.0
    tied: bool = False

    @property
    def n_rotated(self) -> int:
        """Rotated dimensions of a head."""
        return self.n_rot or self.head_dim

    @property
    def n_q(self) -> int:
        """Rows of the query projection, ``H * D``."""
        return self.n_heads * self.head_dim

    @property
    def n_kv(self) -> int:
        """Rows of the key and of the value projection, ``G * D``."""
        return self.n_kv_heads * self.head_dim

    def has_window(self, layer: int) -> bool:
        """Tell whether a layer sees only the last ``window`` keys."""
        pattern = self.window_pattern
        return self.architecture == "gemma3" and layer % pattern < pattern - 1


@dataclass(frozen=True)
class TinyModel:
    """A model on disk and its weights.

    Attributes:
        tensors: By GGUF name, float32, as llama.cpp sees them (rounded if stored as F16).
    """

    path: Path
    spec: TinySpec
    tensors: dict[str, NDArray[np.float32]] = field(repr=False)


def byte_alphabet() -> list[str]:
    """Return the printable character that GPT-2 vocabularies use for each byte."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    table = {byte: chr(byte) for byte in shown}
    table |= {byte: chr(256 + n) for n, byte in enumerate(hidden)}
    return [table[byte] for byte in range(256)]


def write_tiny_model(
    path: Path,
    spec: TinySpec | None = None,
    *,
    seed: int = 1,
    weight_type: Literal["F32", "F16"] = "F32",
    template: str | None = None,
    **shape: object,
) -> TinyModel:
    """Write a model with random weights.

    Args:
        path: Target file.
        spec: The shape; by default made from ``shape``, e.g. ``architecture="qwen2"``.
        seed: Of the weights.
        weight_type: Of the matrices; vectors are always F32.
        template: Chat template; None writes none.
    """
    spec = spec or TinySpec(**shape)  # type: ignore[arg-type]
    tensors = _weights(spec, np.random.default_rng(seed))
    writer = gguf.GGUFWriter(path, spec.architecture)
    _write_metadata(writer, spec)
    _write_vocabulary(writer, spec.n_vocab)
    if template is not None:
        writer.add_chat_template(template)
    for name, values in tensors.items():
        stored = values.astype(np.float16) if weight_type == "F16" and values.ndim == 2 else values
        tensors[name] = stored.astype(np.float32)
        writer.add_tensor(name, stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return TinyModel(path, spec, tensors)


def _write_metadata(writer: gguf.GGUFWriter, spec: TinySpec) -> None:
    writer.add_name("tiny")  # llama.cpp wants more of a vocabulary if the name says phi-3
    writer.add_context_length(spec.n_ctx)
    writer.add_embedding_length(spec.n_embd)
    writer.add_block_count(spec.n_layers)
    writer.add_feed_forward_length(spec.n_ff)
    writer.add_head_count(spec.n_heads)
    writer.add_head_count_kv(spec.n_kv_heads)
    writer.add_key_length(spec.head_dim)
    writer.add_value_length(spec.head_dim)
    writer.add_layer_norm_rms_eps(spec.eps)
    writer.add_rope_dimension_count(spec.n_rotated)
    writer.add_rope_freq_base(spec.freq_base)
    if spec.architecture == "gemma3":
        writer.add_sliding_window(spec.window)
        writer.add_sliding_window_pattern(spec.window_pattern)
        writer.add_rope_freq_base_swa(spec.freq_base_window)
    if spec.rope_scaling != "none":
        writer.add_rope_scaling_type(gguf.RopeScalingType(spec.rope_scaling))
        writer.add_rope_scaling_factor(spec.rope_scale)
    writer.add_rope_scaling_orig_ctx_len(spec.n_ctx_original)


def _write_vocabulary(writer: gguf.GGUFWriter, n_vocab: int) -> None:
    alphabet = byte_alphabet()
    n_bytes = min(256, n_vocab - len(CONTROL))
    unused = [f"<|unused_{n}|>" for n in range(n_vocab - n_bytes - len(CONTROL))]
    kinds = [gguf.TokenType.NORMAL] * n_bytes + [gguf.TokenType.CONTROL] * len(CONTROL)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list([*alphabet[:n_bytes], *CONTROL, *unused])
    writer.add_token_types(kinds + [gguf.TokenType.UNUSED] * len(unused))
    # One merge is needed for the vocabulary to load; it joins two bytes never seen in text.
    writer.add_token_merges([f"{alphabet[0]} {alphabet[1]}"])
    writer.add_bos_token_id(n_bytes)
    writer.add_eos_token_id(n_bytes + 2)
    writer.add_add_bos_token(False)


def _weights(spec: TinySpec, rng: np.random.Generator) -> dict[str, NDArray[np.float32]]:
    made: dict[str, NDArray[np.float32]] = {}

    def matrix(name: str, n_out: int, n_in: int, gain: float = 1.0) -> None:
        values = rng.normal(0, gain / np.sqrt(n_in), (n_out, n_in))
        made[f"{name}.weight"] = values.astype(np.float32)

    def norm(name: str, n: int) -> None:
        made[f"{name}.weight"] = rng.normal(1, 0.2, n).astype(np.float32)

    gemma = spec.architecture == "gemma3"
    matrix("token_embd", spec.n_vocab, spec.n_embd, 1.0 if gemma else np.sqrt(spec.n_embd))
    norm("output_norm", spec.n_embd)
    if not (spec.tied or gemma):
        matrix("output", spec.n_vocab, spec.n_embd)
    for layer in range(spec.n_layers):
        block = f"blk.{layer}"
        norm(f"{block}.attn_norm", spec.n_embd)
        norm(f"{block}.ffn_norm", spec.n_embd)
        _attention_weights(made, block, spec, rng)
        matrix(f"{block}.attn_output", spec.n_embd, spec.n_q)
        matrix(f"{block}.ffn_down", spec.n_embd, spec.n_ff)
        if spec.architecture == "phi3":
            matrix(f"{block}.ffn_up", 2 * spec.n_ff, spec.n_embd)
        else:
            matrix(f"{block}.ffn_gate", spec.n_ff, spec.n_embd)
            matrix(f"{block}.ffn_up", spec.n_ff, spec.n_embd)
        if gemma:
            norm(f"{block}.post_attention_norm", spec.n_embd)
            norm(f"{block}.post_ffw_norm", spec.n_embd)
        if spec.architecture in ("qwen3", "gemma3"):
            norm(f"{block}.attn_q_norm", spec.head_dim)
            norm(f"{block}.attn_k_norm", spec.head_dim)
    if spec.rope_factors:
        names = ("rope_factors_short", "rope_factors_long")
        for name in names if spec.architecture == "phi3" else ("rope_freqs",):
            factors = rng.uniform(1, 4, spec.n_rotated // 2)
            made[f"{name}.weight"] = factors.astype(np.float32)
    return made


def _attention_weights(
    made: dict[str, NDArray[np.float32]], block: str, spec: TinySpec, rng: np.random.Generator
) -> None:
    # A gain of 1.3 on queries and keys gives scores with a deviation of about 1.7.
    rows = {"q": (spec.n_q, 1.3), "k": (spec.n_kv, 1.3), "v": (spec.n_kv, 1.0)}
    parts = {
        letter: rng.normal(0, gain / np.sqrt(spec.n_embd), (n, spec.n_embd)).astype(np.float32)
        for letter, (n, gain) in rows.items()
    }
    if spec.architecture == "phi3":
        made[f"{block}.attn_qkv.weight"] = np.concatenate(list(parts.values()))
        return
    for letter, values in parts.items():
        made[f"{block}.attn_{letter}.weight"] = values
        if spec.architecture == "qwen2":
            bias = rng.normal(0, 0.5, len(values))
            made[f"{block}.attn_{letter}.bias"] = bias.astype(np.float32)
