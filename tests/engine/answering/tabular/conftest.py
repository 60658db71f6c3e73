"""A real catalogue of files, asked through the route of tables; no model runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from table_desk import Desk

from engine.paths import DataPaths


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(DataPaths(tmp_path / "data"))
    yield made
    made.catalogue.close()
