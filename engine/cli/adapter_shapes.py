"""What ``sabun adapters`` says of an adapter, as JSON and in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.adapters.gguf_export import ModelExported
from engine.adapters.layout import layouts
from engine.records import Adapter, AdapterInfo, ModelFile


def adapter_shape(info: AdapterInfo, fits: dict[str, list[str]]) -> dict[str, Any]:
    """Return one adapter as JSON; ``fits`` are model names by fingerprint."""
    return {
        "name": info.name,
        "path": str(info.path),
        "variant": info.variant,
        "form": info.form,
        "rescale": info.rescale,
        "rank": info.rank,
        "alpha": info.alpha,
        "rank2": info.rank2,
        "alpha2": info.alpha2,
        "base": info.base_name,
        "base_fingerprint": info.base_fingerprint,
        "architecture": info.architecture,
        "layers": list(info.layers),
        "positive": list(info.positive),
        "parameters": info.n_parameters,
        "bytes": info.n_bytes,
        "licence": info.licence,
        "fits": fits.get(info.base_fingerprint, []),
    }


def layer_lambdas(adapter: Adapter) -> dict[int, dict[str, float]]:
    """Return the lambdas of each layer that has constant ones, as ``{min, mean, max}``."""
    found = {}
    for layer in adapter.info.layers:
        values = adapter.tensors.get(f"blk.{layer}.lambda")
        if values is not None:
            three = (np.min(values), np.mean(values), np.max(values))
            found[layer] = dict(zip(("min", "mean", "max"), map(float, three), strict=True))
    return found


def exported_shape(done: ModelExported, info: AdapterInfo, model: ModelFile) -> dict[str, Any]:
    """Return the object of ``adapters export-gguf --json``."""
    return {
        "path": str(done.path),
        "architecture": done.architecture,
        "bytes": done.n_bytes,
        "heads_doubled": done.doubled,
        "adapter": info.name,
        "base": model.name,
    }


def kind_of(info: AdapterInfo) -> str:
    """Return variant, form and scaling in words."""
    words = [info.variant, info.form, "rescaled" if info.rescale else ""]
    return ", ".join(word for word in words if word)


def fitting(info: AdapterInfo, fits: dict[str, list[str]]) -> str:
    """Return which models here an adapter fits; ``fits`` are model names by fingerprint."""
    names = fits.get(info.base_fingerprint, [])
    return f"fits {', '.join(names)}" if names else "no model here fits"


def inspection(adapter: Adapter, fits: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return ``(what, value)`` lines about an adapter, printable whatever its file holds."""
    info = adapter.info
    lines = [
        ("file", f"{info.path}, {info.n_bytes / 2**20:.1f} MiB, good"),
        ("base model", f"{info.base_name} ({fitting(info, fits)})"),
        ("fingerprint", info.base_fingerprint),
        ("parameters", f"{info.n_parameters:,}"),
    ]
    if info.positive:
        parts = ", ".join(info.positive)
        lines.append(("weights", f"rank {info.rank}, alpha {info.alpha:g}, on {parts}"))
    if layouts()[info.variant].second_branch:
        lines.append(("second map", f"rank {info.rank2}, alpha {info.alpha2:g}"))
    if info.layers:
        lines.append(("layers", f"{len(info.layers)} of {info.n_layers}: {info.layer_ranges}"))
    for layer, lam in layer_lambdas(adapter).items():
        lines.append(("lambda", f"layer {layer}: {lam['min']:.3f} to {lam['max']:.3f}"))
    lines += [("training", f"{key}: {value}") for key, value in info.training.items()]
    if info.licence:
        lines.append(("licence", info.licence))
    return [(what, "".join(c if c.isprintable() else "?" for c in value)) for what, value in lines]
