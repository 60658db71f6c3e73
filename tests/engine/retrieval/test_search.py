"""Search over the real catalogue and vector index; the embedder is a small real class."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.catalogue import Catalogue, Fingerprint
from engine.catalogue.lock import DataFolderLock
from engine.errors import EmptyQuestion, ModelMissing, NothingFits
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, ParsedDocument
from engine.retrieval import retrieve
from engine.text import content_tokens
from engine.vectors import VectorStore


class BagOfWords:
    name = "bag-of-words"
    axis = None

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(256, 1e-4, np.float32)
        for token in content_tokens(text):
            vector[zlib.crc32(token.encode()) % 256] += 1
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])


class Shelf:
    """A catalogue with one collection and its vectors."""

    def __init__(self, folder: Path) -> None:
        paths = DataPaths(folder)
        self.lock = DataFolderLock(paths, exclusive=True)
        self.catalogue = Catalogue(paths, writable=True)
        self.vectors = VectorStore(paths, self.catalogue)
        self.collection = self.catalogue.collections.create("Quote ' % 🗂\n").id
        self.model = BagOfWords()
        self.n_loads = 0

    def embedder(self) -> BagOfWords:
        self.n_loads += 1
        return self.model

    def add(self, path: str, *texts: str, collection: int | None = None) -> None:
        whole = "\n".join(texts)
        chunks, at = [], 0
        for number, text in enumerate(texts, start=1):
            place = Location("page", number)
            chunks.append(Chunk(at, at + len(text), text, "", place))
            at += len(text) + 1
        self.catalogue.files.store_document(
            collection or self.collection,
            Fingerprint(path, len(whole), 0, path.encode()),
            ParsedDocument(path, (Block(whole, Location("page", 1)),), "text/plain"),
            whole,
            chunks,
        )
        self._embed(collection or self.collection)

    def _embed(self, collection: int) -> None:
        self.catalogue.vectors.use_embedder(collection, self.model.name)
        while pending := self.catalogue.vectors.pending(collection, 100):
            vectors = self.model.embed_passages([p.text for p in pending])
            self.catalogue.vectors.store(self.model.name, [p.text_hash for p in pending], vectors)

    def search(self, query: str, retriever: str = "hybrid", top_k: int = 5):
        return retrieve(
            self.catalogue,
            self.vectors,
            self.embedder,
            query,
            self.collection,
            top_k=top_k,
            retriever=retriever,  # type: ignore[arg-type]
        )


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    made.add("/docs/leave.txt", "Employees receive 20 days of paid leave.", "Ask the manager.")
    made.add("/docs/lease.txt", "The lease of the Osaka office ends in March.")
    made.add("/docs/契約.txt", "本契約の有効期間は締結日から2年間とする。", "裁判所は東京とする。")
    yield made
    made.vectors.close()
    made.catalogue.close()
    made.lock.release()


@pytest.mark.parametrize("retriever", ["hybrid", "dense", "lexical"])
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("How many days of paid leave?", "leave.txt"),
        ("When does the lease end?", "lease.txt"),
        ("有効期間", "契約.txt"),
        ("契約はいつまでですか？", "契約.txt"),
    ],
)
def test_every_retriever_finds_the_passage(
    shelf: Shelf, retriever: str, query: str, name: str
) -> None:
    found = shelf.search(query, retriever)
    assert found[0].passage.document.name == name
    assert [item.number for item in found] == list(range(1, len(found) + 1))
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)


def test_scores_say_where_they_come_from(shelf: Shelf) -> None:
    best = shelf.search("paid leave")[0]
    assert best.lexical_rank == best.dense_rank == 1
    assert 0 < best.similarity <= 1.0001
    lexical = shelf.search("paid leave", "lexical")[0]
    assert (lexical.dense_rank, lexical.similarity) == (None, None)
    dense = shelf.search("paid leave", "dense")[0]
    assert dense.lexical_rank is None
    assert dense.score == dense.similarity


def test_lexical_never_asks_for_the_model(shelf: Shelf) -> None:
    shelf.search("paid leave", "lexical")
    assert shelf.n_loads == 0


@pytest.mark.parametrize("retriever", ["hybrid", "dense"])
def test_a_missing_model_is_said_and_nothing_falls_back(shelf: Shelf, retriever: str) -> None:
    def missing() -> BagOfWords:
        raise ModelMissing(name="multilingual-e5-small")

    with pytest.raises(ModelMissing):
        retrieve(
            shelf.catalogue,
            shelf.vectors,
            missing,
            "leave",
            shelf.collection,
            top_k=3,
            retriever=retriever,  # type: ignore[arg-type]
        )


@pytest.mark.parametrize("retriever", ["hybrid", "dense", "lexical"])
def test_a_blank_query_is_refused(shelf: Shelf, retriever: str) -> None:
    with pytest.raises(EmptyQuestion):
        shelf.search(" \n\u3000", retriever)


@pytest.mark.parametrize("query", ["???", '"', "NEAR(", "a AND", "* OR -", "'; DROP TABLE x", "🙂"])
def test_odd_queries_are_only_text(shelf: Shelf, query: str) -> None:
    for retriever in ("lexical", "hybrid"):
        shelf.search(query, retriever)
    assert shelf.search("paid leave", "lexical")


def test_equal_passages_take_one_rank_and_both_documents_stay_known(shelf: Shelf) -> None:
    same = "Visitors park behind the building."
    shelf.add("/docs/a/README.pdf", same)
    shelf.add("/docs/b/README.pdf", same + " ")
    shelf.add("/docs/c/other.txt", "Visitors sign the book. They park elsewhere.")
    found = shelf.search("Where do visitors park?")
    assert len([f for f in found if f.passage.text.strip() == same]) == 1
    paths = {p.document.path for p in (found[0].passage, *found[0].also_in)}
    assert paths == {"/docs/a/README.pdf", "/docs/b/README.pdf"}
    assert found[1].passage.document.name == "other.txt"


@pytest.mark.parametrize("retriever", ["hybrid", "dense", "lexical"])
def test_a_folder_that_is_there_twice_is_ranked_as_if_it_was_there_once(
    shelf: Shelf, retriever: str
) -> None:
    texts = ("Visitors park behind the building.", "Trucks park at gate 4.", "Bicycles stand here.")
    shelf.add("/docs/a/parking.txt", *texts)
    once = shelf.search("Where do trucks park?", retriever)
    shelf.add("/backup/a/parking.txt", *texts)
    twice = shelf.search("Where do trucks park?", retriever)
    assert once[0].passage.text == texts[1]

    def ranks(found):
        return [(f.number, f.passage.text, f.lexical_rank, f.dense_rank) for f in found]

    assert ranks(twice) == ranks(once)
    assert {len(f.also_in) for f in twice if f.passage.text in texts} == {1}


def test_versions_that_differ_in_one_number_are_both_shown(shelf: Shelf) -> None:
    shelf.add("/docs/v1.txt", "Remote work is allowed on 2 days a week.")
    shelf.add("/docs/v2.txt", "Remote work is allowed on 3 days a week.")
    names = [f.passage.document.name for f in shelf.search("remote work days")[:2]]
    assert sorted(names) == ["v1.txt", "v2.txt"]


def test_file_filters_narrow_every_retriever(shelf: Shelf) -> None:
    for retriever in ("hybrid", "dense", "lexical"):
        found = shelf.search("ask paid leave ends file:lease", retriever)
        assert {f.passage.document.name for f in found} == {"lease.txt"}


def test_other_collections_are_not_seen(shelf: Shelf) -> None:
    other = shelf.catalogue.collections.create("other").id
    shelf.add("/docs/secret.txt", "Paid leave of the directors is 99 days.", collection=other)
    for retriever in ("hybrid", "dense", "lexical"):
        found = shelf.search("paid leave of the directors", retriever)
        assert "secret.txt" not in {f.passage.document.name for f in found}


def test_top_k_bounds_the_answer(shelf: Shelf) -> None:
    shelf.add("/docs/many.txt", *(f"Rule {n} about leave." for n in range(30)))
    assert len(shelf.search("rule about leave", top_k=7)) == 7


def test_searching_lexically_imports_no_model_library() -> None:
    code = (
        "import sys, engine.retrieval, engine.facade; "
        "print([m for m in ('torch', 'sentence_transformers', 'llama_cpp') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_a_document_is_found_by_its_name_though_nothing_in_it_fits(shelf: Shelf) -> None:
    shelf.add("/docs/sales/Vertrag Bergmann Kai.txt", "Forty racks, delivered in March.")
    shelf.add("/docs/sales/業務委託契約書_なぎさ電装.txt", "月額30万円とし、翌月末に払う。")
    assert shelf.search("Vertrag Bergmann Kai")[0].passage.text.startswith("Forty racks")
    assert "30万円" in shelf.search("なぎさ電装の業務委託契約書")[0].passage.text


def test_a_word_of_a_name_does_not_beat_the_passage_that_answers(shelf: Shelf) -> None:
    shelf.add("/docs/leave form.txt", "Fill in this page and hand it in.")
    assert "20 days" in shelf.search("How many days of paid leave?")[0].passage.text


@pytest.mark.parametrize("retriever", ["hybrid", "dense", "lexical"])
def test_exact_words_must_stand_there_just_so(shelf: Shelf, retriever: str) -> None:
    shelf.add("/docs/notes.txt", "Leave the paid invoices here.", "PAID  leave is 20 days.")
    found = shelf.search('"paid leave"', retriever)
    assert {item.passage.text for item in found} == {
        "Employees receive 20 days of paid leave.",
        "PAID  leave is 20 days.",
    }


@pytest.mark.parametrize("query", ["leave file:nowhere", 'leave "of absence"', "leave after:2199"])
def test_a_filter_that_fits_nothing_says_so(shelf: Shelf, query: str) -> None:
    with pytest.raises(NothingFits) as raised:
        shelf.search(query)
    assert str(raised.value.data["filters"]) in query
