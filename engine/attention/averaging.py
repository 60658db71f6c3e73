"""The mean of an adapter before and after more practice.

Adapters that were trained one from another lie in one valley of the loss, and the mean of
their weights often lies deeper in it than each of them (Izmailov et al., 2018, arXiv 1803.05407;
Wortsman et al., 2022, arXiv 2203.05482). Adapters of different origin have no such mean: the
same product ``B A`` has many factors, and theirs do not go together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.attention.adapter_file import load_adapter, save_adapter
from engine.attention.adapter_info import Adapter, AdapterInfo
from engine.errors import OutputExists, RecipeUnusable
from engine.models.files import sha256_of

_SAME = (
    "base_fingerprint",
    "variant",
    "form",
    "rescale",
    "rank",
    "alpha",
    "rank2",
    "alpha2",
    "layers",
    "positive",
)


def average_adapters(paths: Sequence[Path], name: str, target: Path) -> AdapterInfo:
    """Write the mean of some adapters, all with the same weight.

    Its record is that of the last one, with the names and hashes of all under ``mean_of``.

    Args:
        paths: Two files or more; each but the first was begun with another of them, or with
            the same adapter as another.
        name: Of the mean.
        target: Must not exist.

    Raises:
        AdapterDamaged: A file is no adapter.
        RecipeUnusable: They differ in their recipe or in their origin.
        OutputExists: There is a file at ``target``.
        DiskFull: It does not fit.
    """
    if target.exists():
        raise OutputExists(path=str(target))
    adapters = [load_adapter(path) for path in paths]
    hashes = [sha256_of(path) for path in paths]
    _check_alike(adapters)
    _check_related(adapters, hashes)
    tensors = {
        key: np.stack([adapter.tensors[key] for adapter in adapters]).mean(axis=0)
        for key in adapters[0].tensors
    }
    fields = {
        **vars(adapters[-1].info),
        "name": name,
        "training": _record([adapter.info for adapter in adapters], hashes),
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    return save_adapter(target, fields, tensors)


def _check_alike(adapters: Sequence[Adapter]) -> None:
    first, *others = (adapter.info for adapter in adapters)
    if not others:
        raise RecipeUnusable(detail="a mean needs two adapters or more")
    for info in others:
        differing = [field for field in _SAME if getattr(info, field) != getattr(first, field)]
        if differing:
            named = ", ".join(differing)
            raise RecipeUnusable(detail=f"{first.name} and {info.name} differ in: {named}")


def _check_related(adapters: Sequence[Adapter], hashes: Sequence[str]) -> None:
    family: set[str] = set()
    for adapter, digest in zip(adapters, hashes, strict=True):
        start = adapter.info.training.get("start")
        kin = {digest, str(start.get("sha256")) if isinstance(start, dict) else digest}
        if family and not family & kin:
            raise RecipeUnusable(
                detail=f"{adapter.info.name} was not begun with one of the others (--start-from), "
                "and adapters of different origin have no mean"
            )
        family |= kin


def _record(infos: Sequence[AdapterInfo], hashes: Sequence[str]) -> Mapping[str, Any]:
    """Return the record of the last, with what a comparison must know of all of them."""
    parts = [
        {"name": info.name, "sha256": digest, "n_tokens": info.training.get("n_tokens", 0)}
        for info, digest in zip(infos, hashes, strict=True)
    ]
    shares = [info.training.get("development_share") for info in infos]
    share = min(share if isinstance(share, float) else 0.0 for share in shares)
    return {"mean_of": parts, **infos[-1].training, "development_share": share}
