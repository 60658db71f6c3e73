"""FAISS caches follow the catalogue, whatever happened to their files."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.catalogue import Catalogue, Fingerprint
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, ParsedDocument
from engine.vectors import VectorStore

DIMENSION = 24
NAME = "embedder ' 名"


class Collection:
    """A collection whose every passage is a word, embedded as a seeded random vector."""

    def __init__(self, root: Path) -> None:
        self.paths = DataPaths(root)
        root.mkdir(exist_ok=True)
        self.open()
        self.id = self.catalogue.collections.create("x").id
        self.catalogue.vectors.use_embedder(self.id, NAME)

    def open(self, *, writable: bool = True) -> None:
        self.catalogue = Catalogue(self.paths, writable=writable)
        self.vectors = VectorStore(self.paths, self.catalogue)

    def close(self) -> None:
        self.vectors.close()
        self.catalogue.close()

    def add(self, path: str, words: list[str], collection: int | None = None) -> None:
        text = "".join(words)
        place = Location("line", 1)
        chunks, start = [], 0
        for word in words:
            chunks.append(Chunk(start, start + len(word), word, "", place))
            start += len(word)
        self.catalogue.files.store_document(
            collection or self.id,
            Fingerprint(path, 1, 1, b"x"),
            ParsedDocument(path, (Block(text, place),), "text/plain"),
            text,
            chunks,
        )

    def remove(self, path: str) -> None:
        self.catalogue.files.remove(self.id, self.catalogue.files.known(self.id, path))
        self.catalogue.vectors.prune()

    def embed(self) -> None:
        pending = self.catalogue.vectors.pending(self.id, 10_000)
        if pending:
            rows = np.stack([vector_of(item.text) for item in pending])
            self.catalogue.vectors.store(NAME, [item.text_hash for item in pending], rows)

    def expected(self, query: np.ndarray, k: int) -> list[tuple[float, str]]:
        """Brute force over what the catalogue holds."""
        rows = self.catalogue.vectors.embedded_passages(self.id, NAME).tolist()
        found = self.catalogue.passages.get(rows)
        scores = [(float(vector_of(found[row].text) @ query), found[row].text) for row in rows]
        return sorted(scores, reverse=True)[:k]

    def found(self, query: np.ndarray, k: int) -> list[tuple[float, str]]:
        hits = self.vectors.search(self.id, NAME, query, k)
        passages = self.catalogue.passages.get([row for row, _ in hits])
        return [(score, passages[row].text) for row, score in hits]

    def agrees(self, k: int = 7) -> bool:
        query = vector_of("the query")
        found, expected = self.found(query, k), self.expected(query, k)
        return [text for _, text in found] == [text for _, text in expected] and np.allclose(
            [score for score, _ in found], [score for score, _ in expected], atol=1e-5
        )

    @property
    def files(self) -> list[Path]:
        return sorted(self.paths.vectors.iterdir()) if self.paths.vectors.exists() else []


def vector_of(text: str) -> np.ndarray:
    seed = int.from_bytes(text.encode(), "big") % (2**63)
    vector = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
    return vector / np.linalg.norm(vector)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    made = Collection(tmp_path)
    yield made
    made.close()


def words(start: int, stop: int) -> list[str]:
    return [f"word {n}." for n in range(start, stop)]


def test_search_equals_brute_force(collection: Collection) -> None:
    collection.add("/a", words(0, 60))
    collection.embed()
    assert collection.agrees()
    assert len(collection.found(vector_of("q"), 1000)) == 60
    assert collection.found(vector_of("q"), 0) == []
    score, text = collection.found(vector_of("word 3."), 1)[0]
    assert text == "word 3."
    assert score == pytest.approx(1.0, abs=1e-5)


def test_nothing_embedded_finds_nothing(collection: Collection) -> None:
    assert collection.found(vector_of("q"), 5) == []
    collection.add("/a", words(0, 3))
    assert collection.found(vector_of("q"), 5) == []
    collection.vectors.refresh(collection.id, NAME)
    assert collection.files == []
    assert collection.vectors.search(99, NAME, vector_of("q"), 5) == []
    assert collection.vectors.search(collection.id, "unknown", vector_of("q"), 5) == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "embed", "refresh", "reopen", "search"]),
              st.integers(0, 5)),
    max_size=14,
)  # fmt: skip


@given(steps=STEPS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_history_agrees_with_the_catalogue(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    collection = Collection(tmp_path_factory.mktemp("history"))
    try:
        for step, n in steps:
            known = collection.catalogue.files.known(collection.id, f"/{n}")
            if step == "add":
                collection.add(f"/{n}", words(n * 3, n * 3 + 5))  # neighbours share words
            elif step == "remove" and known is not None:
                collection.remove(f"/{n}")
            elif step == "embed":
                collection.embed()
            elif step == "refresh":
                collection.vectors.refresh(collection.id, NAME)
            elif step == "reopen":
                collection.close()
                collection.open()
            assert step != "search" or collection.agrees()
        assert collection.agrees()
    finally:
        collection.close()


@pytest.mark.parametrize("damage", ["missing", "no-stamp", "cut", "empty", "bit", "noise", "stale",
                                    "stamp-cut", "stamp-odd", "stamp-list"])  # fmt: skip
def test_a_cache_that_cannot_be_trusted_is_made_again(collection: Collection, damage: str) -> None:
    collection.add("/a", words(0, 50))
    collection.embed()
    collection.vectors.refresh(collection.id, NAME)
    index, stamp = collection.files
    good, said = index.read_bytes(), stamp.read_bytes()
    if damage == "stale":
        collection.remove("/a")
        collection.add("/b", words(100, 120))
        collection.embed()
    collection.close()
    harm = {
        "cut": good[:-100],
        "empty": b"",
        "bit": good[:500] + bytes([good[500] ^ 4]) + good[501:],
        "noise": os.urandom(len(good)),
    }
    if damage in harm:
        index.write_bytes(harm[damage])
    odd = {"stamp-cut": said[:20], "stamp-odd": b'{"stamp": {"x": 1}}', "stamp-list": b"[1]"}
    if damage in odd:
        stamp.write_bytes(odd[damage])
    if damage == "missing":
        index.unlink()
    if damage == "no-stamp":
        stamp.unlink()
    collection.open()
    assert collection.agrees()
    collection.vectors.refresh(collection.id, NAME)
    collection.close()
    collection.open()
    assert collection.agrees()
    if damage != "stale":
        assert index.read_bytes() == good


def test_the_cache_of_another_catalogue_is_not_believed(
    collection: Collection, tmp_path: Path
) -> None:
    collection.add("/a", words(0, 20))
    collection.embed()
    collection.vectors.refresh(collection.id, NAME)
    other = Collection(tmp_path / "other")
    other.add("/a", words(20, 40))
    other.embed()
    other.close()
    other.paths.vectors.mkdir()
    for file in collection.files:
        (other.paths.vectors / file.name).write_bytes(file.read_bytes())
    other.open()
    assert other.agrees()
    other.close()


def test_an_up_to_date_cache_is_read_and_not_written(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection.add("/a", words(0, 20))
    collection.embed()
    collection.vectors.refresh(collection.id, NAME)
    before = [(f.read_bytes(), f.stat().st_mtime_ns) for f in collection.files]
    collection.close()
    collection.open()
    asked: list[Any] = []
    real = collection.catalogue.vectors.since
    monkeypatch.setattr(
        collection.catalogue.vectors, "since", lambda *a: asked.append(a) or real(*a)
    )
    assert collection.agrees()
    collection.vectors.refresh(collection.id, NAME)
    assert asked == []
    assert [(f.read_bytes(), f.stat().st_mtime_ns) for f in collection.files] == before


def test_new_vectors_are_added_without_a_rebuild(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection.add("/a", words(0, 50))
    collection.embed()
    assert collection.agrees()
    n_rows = []
    real = collection.catalogue.vectors.since

    def counted(*arguments: Any) -> Any:
        for ids, vectors in real(*arguments):
            n_rows.append(len(ids))
            yield ids, vectors

    monkeypatch.setattr(collection.catalogue.vectors, "since", counted)
    collection.add("/b", words(50, 53))
    collection.embed()
    assert collection.agrees()
    assert n_rows == [3]


def test_a_cache_that_cannot_be_written_loses_nothing(collection: Collection) -> None:
    collection.paths.vectors.write_text("a file stands where the folder should be")
    collection.add("/a", words(0, 20))
    collection.embed()
    collection.vectors.refresh(collection.id, NAME)
    assert collection.agrees()


def test_a_reader_uses_the_cache_and_writes_nothing(collection: Collection) -> None:
    collection.add("/a", words(0, 20))
    collection.embed()
    reader = Catalogue(collection.paths, writable=False)
    store = VectorStore(collection.paths, reader)
    assert len(store.search(collection.id, NAME, vector_of("q"), 50)) == 20
    store.refresh(collection.id, NAME)
    assert collection.files == []
    collection.add("/b", words(20, 30))
    collection.embed()
    assert len(store.search(collection.id, NAME, vector_of("q"), 50)) == 30
    reader.close()


def test_similarities_are_cosines_of_the_passages_that_have_a_vector(
    collection: Collection,
) -> None:
    collection.add("/a", words(0, 5))
    collection.embed()
    collection.add("/b", words(5, 7))
    query = vector_of("word 2.")
    rows = [row for d in collection.catalogue.documents.list(collection.id)
            for row in collection.catalogue.passages.ids_of_document(d.id)]  # fmt: skip
    found = collection.vectors.similarities(NAME, rows, query)
    assert len(found) == 5
    texts = collection.catalogue.passages.get(rows)
    for row, score in found.items():
        assert score == pytest.approx(float(vector_of(texts[row].text) @ query), abs=1e-5)
    assert collection.vectors.similarities(NAME, rows, np.ones(3, np.float32)) == {}


def test_a_deleted_collection_leaves_no_file(collection: Collection) -> None:
    collection.add("/a", words(0, 5))
    collection.embed()
    collection.vectors.refresh(collection.id, NAME)
    assert len(collection.files) == 2
    collection.catalogue.collections.delete(collection.id)
    collection.vectors.forget(collection.id)
    assert collection.files == []
    assert collection.vectors.search(collection.id, NAME, vector_of("q"), 5) == []
    assert collection.catalogue._store.rows("SELECT count(*) FROM vectors") == [(0,)]


def test_searching_threads_while_vectors_come_and_go(collection: Collection) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                hits = collection.vectors.search(collection.id, NAME, vector_of("q"), 10)
                assert [s for _, s in hits] == sorted((s for _, s in hits), reverse=True)
        except Exception as error:  # noqa: BLE001 - shown by the test
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for n in range(15):
            collection.add(f"/{n % 4}", words(n * 10, n * 10 + 10))
            collection.embed()
            collection.vectors.refresh(collection.id, NAME)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert collection.agrees()
