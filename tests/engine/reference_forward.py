"""What each architecture computes, in float64 NumPy, with the attention of a layer pluggable.

The graph is llama.cpp's (0.3.36). All tokens are computed at once from position 0. Letters:
``T`` tokens, ``E`` model dim, ``H`` query heads, ``G`` key/value heads, ``D`` head dim.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from tiny_models import TinyModel, TinySpec

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LayerState:
    """What one layer hands to its attention.

    Attributes:
        index: Layer number.
        x: ``[T, E]``, normalised layer input.
        q: ``[T, H, D]``, after bias, q/k norm and RoPE; not scaled.
        k: ``[T, G, D]``, likewise.
        v: ``[T, G, D]``, as it enters attention.
        q_flat: ``[T, H, D]``, the queries before RoPE (after bias and norm).
        mask: ``[T, T]``, 0 or -inf, row = query.
        scale: Softmax scale, ``1 / sqrt(D)``.
        rotate: RoPE of this layer for ``[T, n, D]``.
    """

    index: int
    x: Array
    q: Array
    k: Array
    v: Array
    q_flat: Array
    mask: Array
    scale: float
    rotate: Callable[[Array], Array] = field(repr=False)


AttentionHook = Callable[[LayerState], Array]
"""Returns the heads' outputs, ``[T, H, D]``; the output projection follows."""


def softmax(scores: Array) -> Array:
    """Return the softmax over the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def attention_map(state: LayerState, q: Array, k: Array) -> Array:
    """Return ``P[H, T, T] = softmax(q k^T scale + mask)``, query head h on kv head h*G//H."""
    group = q.shape[1] // k.shape[1]
    scores = np.einsum("thd,shd->hts", q, np.repeat(k, group, axis=1)) * state.scale
    return softmax(scores + state.mask)


def mix(weights: Array, v: Array) -> Array:
    """Return ``[T, H, D]``: ``weights[H, T, T]`` applied to ``v[T, G, D]``."""
    group = weights.shape[0] // v.shape[1]
    return np.einsum("hts,shd->thd", weights, np.repeat(v, group, axis=1))


def baseline(state: LayerState) -> Array:
    """The model's own attention."""
    return mix(attention_map(state, state.q, state.k), state.v)


def forward(
    model: TinyModel,
    tokens: Sequence[int],
    *,
    attention: AttentionHook = baseline,
    positive: Mapping[str, NDArray[np.float32]] | None = None,
    positive_scale: float = 1.0,
    n_ctx: int = 128,
) -> Array:
    """Return the logits after each token, ``[T, n_vocab]``.

    Args:
        model: Shape and weights.
        tokens: From position 0 on.
        attention: Computes the heads' outputs of every layer.
        positive: LoRA tensors ``blk.i.attn_{q,k,v,output}.lora_{a,b}``; others are ignored.
        positive_scale: c, what ``B A`` is multiplied with (alpha / rank).
        n_ctx: Context size; decides between the short and long factors of phi3.
    """
    return _Graph(model, positive or {}, positive_scale, n_ctx).run(tokens, attention)


class _Graph:
    def __init__(
        self,
        model: TinyModel,
        positive: Mapping[str, NDArray[np.float32]],
        positive_scale: float,
        n_ctx: int,
    ) -> None:
        self.spec = model.spec
        self._tensors = model.tensors
        self._positive = positive
        self._positive_scale = positive_scale
        self._n_ctx = n_ctx
        self._gemma = self.spec.architecture == "gemma3"

    def _get(self, name: str) -> Array:
        return self._tensors[name].astype(np.float64)

    def _norm(self, x: Array, name: str) -> Array:
        mean = np.mean(x * x, axis=-1, keepdims=True)
        return x / np.sqrt(mean + self.spec.eps) * self._get(f"{name}.weight")

    def run(self, tokens: Sequence[int], attention: AttentionHook) -> Array:
        hidden = self._get("token_embd.weight")[list(tokens)]
        if self._gemma:
            hidden = hidden * np.sqrt(self.spec.n_embd)
        for layer in range(self.spec.n_layers):
            hidden = self._layer(layer, hidden, attention)
        hidden = self._norm(hidden, "output_norm")
        head = "output.weight" if "output.weight" in self._tensors else "token_embd.weight"
        return hidden @ self._get(head).T

    def _layer(self, layer: int, hidden: Array, attention: AttentionHook) -> Array:
        block = f"blk.{layer}"
        state = self._state(layer, self._norm(hidden, f"{block}.attn_norm"))
        heads = attention(state).reshape(len(hidden), self.spec.n_q)
        out = self._project(heads, f"{block}.attn_output")
        if self._gemma:
            out = self._norm(out, f"{block}.post_attention_norm")
        hidden = hidden + out
        out = self._feed_forward(block, self._norm(hidden, f"{block}.ffn_norm"))
        if self._gemma:
            out = self._norm(out, f"{block}.post_ffw_norm")
        return hidden + out

    # --- attention inputs ------------------------------------------------------------

    def _state(self, layer: int, x: Array) -> LayerState:
        spec, block, n_tokens = self.spec, f"blk.{layer}", len(x)
        q = self._project(x, f"{block}.attn_q").reshape(n_tokens, spec.n_heads, spec.head_dim)
        k = self._project(x, f"{block}.attn_k").reshape(n_tokens, spec.n_kv_heads, spec.head_dim)
        v = self._project(x, f"{block}.attn_v").reshape(k.shape)
        if spec.architecture in ("qwen3", "gemma3"):
            q = self._norm(q, f"{block}.attn_q_norm")
            k = self._norm(k, f"{block}.attn_k_norm")
        angles, magnitude = rope_angles(spec, layer, n_tokens, self._factors())

        def rotate(vectors: Array) -> Array:
            return rope(vectors, angles, magnitude, interleaved=spec.architecture == "llama")

        return LayerState(
            index=layer,
            x=x,
            q=rotate(q),
            k=rotate(k),
            v=v,
            q_flat=q,
            mask=_mask(n_tokens, spec.window if spec.has_window(layer) else 0),
            scale=1 / np.sqrt(spec.head_dim),
            rotate=rotate,
        )

    def _factors(self) -> Array | None:
        long = self._n_ctx > self.spec.n_ctx_original
        phi3 = "rope_factors_long.weight" if long else "rope_factors_short.weight"
        name = phi3 if self.spec.architecture == "phi3" else "rope_freqs.weight"
        return self._get(name) if name in self._tensors else None

    def _project(self, x: Array, name: str) -> Array:
        weight = self._weight(name)
        if f"{name}.lora_a" in self._positive:
            low = self._positive[f"{name}.lora_b"] @ self._positive[f"{name}.lora_a"]
            weight = weight + self._positive_scale * low.astype(np.float64)
        out = x @ weight.T
        return out + self._get(f"{name}.bias") if f"{name}.bias" in self._tensors else out

    def _weight(self, name: str) -> Array:
        block, _, part = name.rpartition(".attn_")
        fused = f"{block}.attn_qkv.weight"
        if part == "output" or fused not in self._tensors:
            return self._get(f"{name}.weight")
        n_q, n_kv = self.spec.n_q, self.spec.n_kv
        start = {"q": 0, "k": n_q, "v": n_q + n_kv}[part]
        return self._get(fused)[start : start + (n_q if part == "q" else n_kv)]

    # --- the rest --------------------------------------------------------------------

    def _feed_forward(self, block: str, x: Array) -> Array:
        up = x @ self._get(f"{block}.ffn_up.weight").T
        if self.spec.architecture == "phi3":
            gate, up = up[:, : self.spec.n_ff], up[:, self.spec.n_ff :]
        else:
            gate = x @ self._get(f"{block}.ffn_gate.weight").T
        active = _tabulated_gelu(gate) if self._gemma else gate / (1 + np.exp(-gate))
        return (active * up) @ self._get(f"{block}.ffn_down.weight").T


def _tabulated_gelu(x: Array) -> Array:
    """The tanh form of GELU, from and to float16: llama.cpp looks it up in a table."""
    x = x.astype(np.float16).astype(np.float64)
    value = x * 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return value.astype(np.float16).astype(np.float64)


def _mask(n_tokens: int, window: int) -> Array:
    query, key = np.arange(n_tokens)[:, None], np.arange(n_tokens)[None, :]
    hidden = key > query
    if window:
        hidden |= query - key >= window
    return np.where(hidden, -np.inf, 0.0)


def rope_angles(
    spec: TinySpec, layer: int, n_tokens: int, factors: Array | None
) -> tuple[Array, float]:
    """Return the angles ``[T, n_rot / 2]`` of a layer and the factor on cosine and sine.

    Source: ``ggml_rope_yarn_corr_dims``, ``rope_yarn`` and the set-up of llama.cpp's context.
    """
    windowed = spec.has_window(layer)
    base = spec.freq_base_window if windowed else spec.freq_base
    n_pairs = spec.n_rotated // 2
    pair = np.arange(n_pairs)
    frequency = base ** (-2.0 * pair / spec.n_rotated)
    theta = np.arange(n_tokens)[:, None] * (frequency / (1.0 if factors is None else factors))
    if spec.rope_scaling == "none":
        return theta, 1.0
    slowed = 1.0 if windowed else 1 / spec.rope_scale
    if spec.rope_scaling == "linear":
        return theta * slowed, 1.0

    def corrected(n_turns: float) -> float:
        turns = np.log(spec.n_ctx_original / (n_turns * 2 * np.pi))
        return float(spec.n_rotated * turns / (2 * np.log(spec.freq_base)))

    low = max(0.0, np.floor(corrected(32)))
    high = min(spec.n_rotated - 1, np.ceil(corrected(1)))
    kept = 1 - np.clip((pair - low) / max(0.001, high - low), 0, 1)
    return theta * (slowed * (1 - kept) + kept), 1 + 0.1 * np.log(1 / slowed)


def rope(vectors: Array, angles: Array, magnitude: float, *, interleaved: bool) -> Array:
    """Rotate ``[T, n, D]``: pairs ``(2j, 2j+1)``, or ``(j, j + n_rot/2)``; the rest stays."""
    n_rot = 2 * angles.shape[1]
    cos, sin = (magnitude * f(angles)[:, None, :] for f in (np.cos, np.sin))
    first = slice(0, n_rot, 2) if interleaved else slice(0, n_rot // 2)
    second = slice(1, n_rot, 2) if interleaved else slice(n_rot // 2, n_rot)
    out = vectors.copy()
    out[..., first] = vectors[..., first] * cos - vectors[..., second] * sin
    out[..., second] = vectors[..., first] * sin + vectors[..., second] * cos
    return out
