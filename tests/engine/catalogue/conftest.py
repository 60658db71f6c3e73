"""An empty catalogue, and documents to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.catalogue import Catalogue, Fingerprint
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, Notice, ParsedDocument

Store = Callable[..., int]


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    made = DataPaths(tmp_path / "data")
    made.root.mkdir()
    return made


@pytest.fixture
def catalogue(paths: DataPaths) -> Iterator[Catalogue]:
    made = Catalogue(paths, writable=True)
    yield made
    made.close()


@pytest.fixture
def store(catalogue: Catalogue) -> Store:
    """Return a function that stores a text in pieces of ``width`` characters."""

    def put(collection: int, path: str, text: str, width: int = 40, context: str = "") -> int:
        chunks = [
            Chunk(
                n,
                min(n + width, len(text)),
                text[n : n + width],
                context,
                Location("line", n + 1, n + 2, "名"),
            )
            for n in range(0, len(text), width)
        ]
        blocks = (Block(text, Location("line", 1)),)
        notes = (Notice("sheet-cut", {"sheet": '名 "x"', "row": 3}),)
        parsed = ParsedDocument(Path(path).name, blocks, "text/plain", None, notes)
        file = Fingerprint(
            path, len(text), 1_700_000_000_500_000_000, path.encode("utf-8", "surrogateescape")
        )
        return catalogue.files.store_document(collection, file, parsed, text, chunks)

    return put
