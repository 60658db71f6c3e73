"""Which tensors an adapter file must have, and what may be in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.attention.registry import ATTENTION
from engine.attention.variant import AdapterLayout, Shape
from engine.records import AdapterInfo

POSITIVE_PARTS = ("attn_q", "attn_k", "attn_v", "attn_output")
"""Projections that the positive branch may change, by their GGUF names."""

MAX_MAGNITUDE = 65504.0
"""What F16 can hold; trained weights stay far below, and larger ones overflow in kernels."""

_LAYER = re.compile(r"blk\.(0|[1-9][0-9]{0,3})\.(.+)")


class LayoutFault(ValueError):
    """The tensors are not those of the adapter; the text says which and why."""


@dataclass
class _Layer:
    positive: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)


def layouts() -> dict[str, AdapterLayout]:
    """Return the layouts of all variants that need an adapter, by variant."""
    return {each.name: each.adapter for each in ATTENTION if each.adapter is not None}


def positive_shapes(info: AdapterInfo) -> dict[str, Shape]:
    """Return the shapes that a layer's positive branch has, rows first, by name in the layer."""
    n_q, n_kv = info.n_heads * info.head_dim, info.n_kv_heads * info.head_dim
    rows = {"attn_q": n_q, "attn_k": n_kv, "attn_v": n_kv, "attn_output": info.n_embd}
    shapes: dict[str, Shape] = {}
    for part in POSITIVE_PARTS:
        shapes[f"{part}.lora_a"] = (info.rank, n_q if part == "attn_output" else info.n_embd)
        shapes[f"{part}.lora_b"] = (rows[part], info.rank)
    return shapes


def variant_shapes(info: AdapterInfo) -> dict[str, Shape]:
    """Return the shapes of what the variant itself adds to a layer; all or none are there."""
    own_shapes = layouts()[info.variant].own_shapes
    return {} if own_shapes is None else own_shapes(info)


def layers_with_own(info: AdapterInfo, names: Iterable[str]) -> tuple[int, ...]:
    """Return the layers that have tensors of the variant; the others run baseline."""
    own = variant_shapes(info)
    matches = (_LAYER.fullmatch(name) for name in names)
    return tuple(sorted({int(match[1]) for match in matches if match and match[2] in own}))


def check_layout(info: AdapterInfo, shapes: Mapping[str, Shape]) -> None:
    """Check names and shapes against the fields of an adapter.

    Raises:
        LayoutFault: A tensor is unknown, missing or of another shape.
    """
    positive, own = positive_shapes(info), variant_shapes(info)
    layers: dict[int, _Layer] = {}
    for name, shape in shapes.items():
        layer, part = _split(name)
        expected = positive.get(part) or own.get(part)
        if layer >= info.n_layers or expected is None:
            raise LayoutFault(f'the tensor "{name}" does not belong in it')
        if shape != expected or 0 in shape:
            raise LayoutFault(f"{name} has the shape {list(shape)} and must have {list(expected)}")
        layer_parts = layers.setdefault(layer, _Layer())
        (layer_parts.positive if part in positive else layer_parts.own).add(part)
    for layer, layer_parts in sorted(layers.items()):
        _check_complete(layer, layer_parts, own)
    if not any(layer_parts.own if own else layer_parts.positive for layer_parts in layers.values()):
        raise LayoutFault(f"it holds no tensors of its variant {info.variant}")


def _split(name: str) -> tuple[int, str]:
    match = _LAYER.fullmatch(name)
    if match is None:
        shown = name if name.isprintable() else ascii(name)
        raise LayoutFault(f'the tensor "{shown[:80]}" does not belong in it')
    return int(match[1]), match[2]


def _check_complete(layer: int, parts: _Layer, own: Iterable[str]) -> None:
    missing = set(own) - parts.own if parts.own else set()
    for part in parts.positive:
        partner = part[:-1] + ("b" if part.endswith("a") else "a")
        if partner not in parts.positive:
            missing.add(partner)
    if missing:
        raise LayoutFault(f"blk.{layer}.{min(missing)} is missing")


def check_values(info: AdapterInfo, tensors: Mapping[str, NDArray[np.float32]]) -> None:
    """Check that all numbers are usable.

    Raises:
        LayoutFault: One is not finite or too large, or lambda leaves nothing to rescale.
    """
    for name, values in tensors.items():
        largest = float(np.abs(values).max(initial=0.0))
        if not np.isfinite(largest):
            raise LayoutFault(f"{name} holds values that are not numbers")
        if largest > MAX_MAGNITUDE:
            raise LayoutFault(f"{name} holds values up to {largest:.3g}, which no training gives")
        if info.rescale and name.endswith(".lambda") and largest >= 1:
            raise LayoutFault(f"{name} reaches {largest:.3g} and must stay below 1 to be rescaled")
