"""A data folder with a tiny model and two adapters for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_adapters import random_adapter
from tiny_models import CHATML, TinyModel, write_tiny_model

from engine.adapters.file import save_adapter
from engine.adapters.fingerprint import model_fingerprint


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "models").mkdir(parents=True)
    return folder


@pytest.fixture
def tiny(data: Path) -> TinyModel:
    path = data / "models" / "tiny.gguf"
    tiny = write_tiny_model(path, n_ctx=8192, template=CHATML)
    for seed in (1, 2):
        fields, tensors = random_adapter(tiny.spec, "difflora", form="mirror", seed=seed)
        fields |= {"base_fingerprint": model_fingerprint(path), "base_name": "tiny"}
        fields["name"] = f"diff-s{seed}"
        save_adapter(data / "adapters" / f"diff-s{seed}.safetensors", fields, tensors)
    return tiny
