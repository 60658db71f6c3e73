"""A folder, a data folder, and the verb between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hashing_embedder import HashingEmbedder

from engine.cancel import CancelToken
from engine.catalogue import Catalogue
from engine.catalogue.consistency import check
from engine.events import IndexEvent, IndexFinished
from engine.ingest import index
from engine.paths import DataPaths
from engine.records import IndexSummary
from engine.retrieval.terms import lexical_match
from engine.vectors import VectorStore


class World:
    """One data folder and one folder of documents."""

    def __init__(self, root: Path) -> None:
        self.paths = DataPaths(root / "data")
        self.paths.root.mkdir()
        self.folder = root / "documents"
        self.folder.mkdir()
        self.embedder = HashingEmbedder()
        self.n_loads = 0
        self.open()

    def open(self) -> None:
        self.catalogue = Catalogue(self.paths, writable=True)
        self.vectors = VectorStore(self.paths, self.catalogue)

    def load(self) -> HashingEmbedder:
        self.n_loads += 1
        return self.embedder

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def events(self, *paths: Path, **options: Any) -> Iterator[IndexEvent]:
        options.setdefault("cancel", CancelToken())
        options.setdefault("collection", "Documents")
        loader = options.pop("loader", self.load)
        return index(self.catalogue, loader, self.vectors, paths=paths, **options)

    def index(self, *paths: Path, **options: Any) -> list[IndexEvent]:
        return list(self.events(*(paths or (self.folder,)), **options))

    def rescan(self, **options: Any) -> list[IndexEvent]:
        return list(self.events(**options))

    @property
    def id(self) -> int:
        return self.catalogue.collections.named("Documents").id

    def lexical(self, words: str) -> list[str]:
        hits = self.catalogue.passages.lexical(self.id, lexical_match(words), 50)
        found = self.catalogue.passages.get([row for row, _ in hits])
        return sorted({found[row].document.name for row, _ in hits})

    def nearest(self, words: str) -> str:
        query = self.embedder.embed_query(words)
        ((row, _),) = self.vectors.search(self.id, self.embedder.name, query, 1)
        return self.catalogue.passages.get([row])[row].document.name

    def check(self) -> list[str]:
        return check(self.catalogue, self.embedder.name)

    def close(self) -> None:
        self.vectors.close()
        self.catalogue.close()


def summary_of(events: list[IndexEvent]) -> IndexSummary:
    last = events[-1]
    assert isinstance(last, IndexFinished)
    return last.summary


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def summary() -> Any:
    return summary_of
