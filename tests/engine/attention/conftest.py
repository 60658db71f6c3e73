"""Adapters of tiny models, on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_adapters import random_adapter
from tiny_models import TinySpec

from engine.attention.adapters import AdapterInfo, save_adapter

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
