"""What every room of the tests may use."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "assets" / "samples"


@pytest.fixture(autouse=True)
def _no_data_dir_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test never touches the data folder of the person who runs it."""
    monkeypatch.delenv("SABUN_DATA_DIR", raising=False)


@pytest.fixture(scope="session")
def sample_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample collection, indexed once with the real models; treat it as read-only.

    ``SABUN_TEST_SAMPLE_DATA_DIR`` names a folder that is kept between runs while working
    on retrieval; the index then only takes in what changed.
    """
    from engine.facade import Engine

    kept = os.environ.get("SABUN_TEST_SAMPLE_DATA_DIR")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("sample-data")
    with contextlib.closing(Engine(folder)) as engine:
        for _event in engine.index([SAMPLES / "documents"]):
            pass
    yield folder
    if not kept:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def toy() -> Iterator[object]:
    """A variant that the program knows for the length of a test; name it before the window."""
    import toy_variant

    with toy_variant.registered() as variant:
        yield variant
