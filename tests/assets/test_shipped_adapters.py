"""The adapters that come with the program: small, whole, documented, for the embedded model."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.adapters.file import load_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.inference.availability import BEST_SHIPPED, default_attention
from engine.models.library import CHAT_MODEL, ModelLibrary
from engine.paths import ASSETS_DIR, DataPaths

FILES = sorted((ASSETS_DIR / "adapters").glob("*.safetensors"))


def test_the_one_to_begin_with_and_plain_lora_are_there() -> None:
    assert {load_adapter(path).info.variant for path in FILES} >= {BEST_SHIPPED, "lora"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_says_how_it_was_made(path: Path) -> None:
    info = load_adapter(path).info
    assert info.name == path.stem
    assert info.n_bytes <= 8 << 20
    assert info.licence
    record = info.training
    assert {"recipe", "run", "sources", "rows_sha256", "development_losses"} <= record.keys()
    assert all(len(source["sha256"]) == 64 for source in record["sources"])


def test_all_arms_have_the_same_size() -> None:
    sizes = [load_adapter(path).info.n_parameters for path in FILES]
    assert max(sizes) <= 1.03 * min(sizes)


@pytest.mark.models
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_fits_the_embedded_model_in_every_layout(path: Path, tmp_path: Path) -> None:
    library = ModelLibrary(DataPaths(tmp_path))
    models = {library.find(name, kind="chat") for name in (CHAT_MODEL, "")}
    for model in models:
        assert load_adapter(path).info.base_fingerprint == model_fingerprint(model.path)


@pytest.mark.models
def test_the_embedded_model_begins_with_the_best_one(tmp_path: Path) -> None:
    from engine.adapters.library import AdapterLibrary

    paths = DataPaths(tmp_path)
    model = ModelLibrary(paths).find("", kind="chat")
    assert default_attention(model, AdapterLibrary(paths), "auto") == BEST_SHIPPED
