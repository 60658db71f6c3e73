"""Folds an adapter into ordinary weights, exactly.

DiffLoRA without per-head norm and with lambda constant per head is plain attention with twice
the heads: a second set of query and key heads, the same values again, and an output projection
``[W_O, -lam W_O]``. Letters: E model dim, H query heads, G key/value heads, D head dim.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.adapters.layout import layouts
from engine.adapters.lora_gguf import Pair, lora_pairs
from engine.errors import ExportUnsupported
from engine.records import Adapter, AdapterInfo

Matrix = NDArray[np.float32]
Load = Callable[[str], Matrix]

_NOT_DOUBLED = {
    "qwen3": "this architecture normalises every query and key head, also the second ones",
    "gemma3": "this architecture normalises every query and key head, also the second ones",
    "phi3": "this architecture has room for as many heads as its embedding is wide, and no more",
}
_FOLDED = ("llama", "qwen2")


def check_foldable(info: AdapterInfo) -> None:
    """Refuse what no ordinary model can compute.

    Raises:
        ExportUnsupported: With the reason.
    """
    layout = layouts()[info.variant]
    reason = layout.not_folded
    if not reason and layout.doubles and info.architecture not in _FOLDED:
        reason = _NOT_DOUBLED.get(info.architecture, "this architecture is not supported")
    if reason:
        raise ExportUnsupported(adapter=info.name, detail=reason)


class Folding:
    """The weights of one model with one adapter.

    Args:
        adapter: One that folds: of ordinary low-rank changes, or with a constant lambda for llama
            and qwen2.
        load: Returns a tensor of the model, rows first, float32.
        names: All tensors of the model.

    Raises:
        ExportUnsupported: The model is laid out in a way that cannot be folded.
    """

    def __init__(self, adapter: Adapter, load: Load, names: frozenset[str]) -> None:
        check_foldable(adapter.info)
        self._adapter = adapter
        self._load = load
        self._names = names
        self._pairs: Mapping[str, Pair] = lora_pairs(adapter)
        self.doubles = layouts()[adapter.info.variant].doubles
        self._check_layout()

    @property
    def architecture(self) -> str:
        """Architecture of the result.

        qwen2 in llama.cpp has exactly as many heads as its embedding is wide; llama computes
        the same with biases and any number of heads, once the rows are in its RoPE's order.
        """
        return "llama" if self.doubles else self._adapter.info.architecture

    def changes(self, name: str) -> bool:
        """Tell whether a tensor of the model is replaced; others are kept as they are."""
        stem, _, kind = name.rpartition(".")
        if self.doubles:
            return _part(stem) in ("q", "k", "v") or (_part(stem), kind) == ("output", "weight")
        return kind == "weight" and stem in self._pairs

    def shape(self, name: str, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the new shape of a replaced tensor, rows first, from its old one."""
        if not self.doubles:
            return shape
        widened = len(shape) - 1 if name.endswith(".attn_output.weight") else 0
        return tuple(2 * n if axis == widened else n for axis, n in enumerate(shape))

    def tensor(self, name: str) -> Matrix:
        """Return the new values of a replaced tensor."""
        stem, _, kind = name.rpartition(".")
        if not self.doubles:
            return self._merged(stem)
        if kind == "bias":
            return self._bias(stem)
        if _part(stem) == "output":
            return self._output(stem)
        return self._projection(stem)

    def _check_layout(self) -> None:
        info = self._adapter.info
        if self.doubles:
            parts = ("attn_q", "attn_k", "attn_v", "attn_output")
            needed = {f"blk.{i}.{part}" for i in range(info.n_layers) for part in parts}
        else:
            needed = set(self._pairs)
        missing = {f"{name}.weight" for name in needed} - self._names
        reason = f"the model has no tensor {min(missing)}" if missing else ""
        if self.doubles and info.architecture == "qwen2" and "output.bias" in self._names:
            reason = "the model has a bias on its output"
        if reason:
            raise ExportUnsupported(adapter=info.name, detail=reason)

    # --- one branch ------------------------------------------------------------------

    def _merged(self, stem: str) -> Matrix:
        weight = self._load(f"{stem}.weight")
        if stem in self._pairs:
            a, b = self._pairs[stem]
            weight = weight + b @ a
        return weight

    # --- two branches ----------------------------------------------------------------

    def _lam(self, stem: str) -> NDArray[np.float32] | None:
        """Return lambda of a layer, ``[H]``; None if the layer has no second branch."""
        return self._adapter.tensors.get(f"{stem.rpartition('.')[0]}.lambda")

    def _projection(self, stem: str) -> Matrix:
        """Return queries, keys or values of both branches, ``[2 n D, E]``."""
        first = self._merged(stem)
        second = first
        if _part(stem) != "v" and self._lam(stem) is not None:
            tensors, info = self._adapter.tensors, self._adapter.info
            low = tensors[f"{stem}2.lora_b"] @ tensors[f"{stem}2.lora_a"]
            second = np.float32(info.scale2) * low
            if info.form == "mirror":
                second = first + second
        return np.concatenate([self._ordered(stem, first), self._ordered(stem, second)])

    def _bias(self, stem: str) -> Matrix:
        """Return ``[2 n D]``: the paper's second branch has no bias."""
        first = self._load(f"{stem}.bias")
        low_rank_only = self._adapter.info.form == "paper" and self._lam(stem) is not None
        second = np.zeros_like(first) if low_rank_only and _part(stem) != "v" else first
        return np.concatenate([self._ordered(stem, first), self._ordered(stem, second)])

    def _output(self, stem: str) -> Matrix:
        """Return ``[W_O, -lam W_O]``, each head's columns over ``1 - lam`` if rescaled."""
        info = self._adapter.info
        weight, lam = self._merged(stem), self._lam(stem)
        lam = np.zeros(info.n_heads, np.float32) if lam is None else lam
        gain = 1 / (1 - lam) if info.rescale else np.ones_like(lam)
        first, second = (np.repeat(w, info.head_dim) for w in (gain, -lam * gain))
        return np.concatenate([weight * first, weight * second], axis=1)

    def _ordered(self, stem: str, rows: Matrix) -> Matrix:
        """Put the rows of rotated heads in llama's order: halves become pairs."""
        if self._adapter.info.architecture == "llama" or _part(stem) == "v":
            return rows
        head = self._adapter.info.head_dim
        halves = rows.reshape(-1, 2, head // 2, *rows.shape[1:])
        return np.swapaxes(halves, 1, 2).reshape(rows.shape)


def _part(stem: str) -> str:
    """Return ``q``, ``k``, ``v`` or ``output`` for ``blk.0.attn_q``; else nothing."""
    block, _, part = stem.rpartition(".attn_")
    return part if block.startswith("blk.") and part in ("q", "k", "v", "output") else ""
