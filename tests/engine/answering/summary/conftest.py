"""A shelf with one document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture
def lone_shelf(shelf, tmp_path) -> Iterator[object]:
    made = type(shelf)(tmp_path / "lone")
    made.add(
        "/docs/pool.txt",
        "The pool opens at seven in the morning and closes at nine. Children under ten years need "
        "company. A ticket costs four euros.",
    )
    yield made
    made.close()
