"""A small shelf of stored documents and an embedder that needs no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bag_of_words import BagOfWords

from engine.answering.answer import AnswerRequest, Resources, answer
from engine.answering.compare import compare
from engine.cancel import CancelToken
from engine.catalogue import Catalogue, Fingerprint
from engine.catalogue.lock import DataFolderLock
from engine.events import AnswerEvent, CompareEvent
from engine.inference.chat_model import ChatModel
from engine.paths import DataPaths
from engine.records import (
    AttentionChoice,
    Block,
    Chunk,
    Coverage,
    Location,
    ModelFile,
    ParsedDocument,
)
from engine.vectors import VectorStore


class Shelf:
    """A real catalogue with one collection and its vectors."""

    def __init__(self, folder: Path) -> None:
        paths = DataPaths(folder)
        self._lock = DataFolderLock(paths, exclusive=True)
        self.catalogue = Catalogue(paths, writable=True)
        self.vectors = VectorStore(paths, self.catalogue)
        self.collection = self.catalogue.collections.create("Documents").id
        self.embedder = BagOfWords()

    def add(self, path: str, *texts: str) -> None:
        """Store a document, one passage a page."""
        whole = "\n".join(texts)
        chunks, at = [], 0
        for number, text in enumerate(texts, start=1):
            chunks.append(Chunk(at, at + len(text), text, "", Location("page", number)))
            at += len(text) + 1
        self.catalogue.files.store_document(
            self.collection,
            Fingerprint(path, len(whole), 0, path.encode()),
            ParsedDocument(path, (Block(whole, Location("page", 1)),), "text/plain"),
            whole,
            chunks,
        )
        self.catalogue.vectors.use_embedder(self.collection, self.embedder.name)
        while pending := self.catalogue.vectors.pending(self.collection, 100):
            vectors = self.embedder.embed_passages([item.text for item in pending])
            hashes = [item.text_hash for item in pending]
            self.catalogue.vectors.store(self.embedder.name, hashes, vectors)

    def ask(
        self,
        question: str,
        chat_model: Callable[[], ChatModel],
        model: ModelFile,
        *,
        choice: AttentionChoice | None = None,
        cancel: CancelToken | None = None,
        **more: object,
    ) -> Iterator[AnswerEvent]:
        """Ask the collection."""
        resources = self.resources(chat_model, model)
        choice = choice or AttentionChoice()
        return answer(self.request(question, **more), choice, resources, cancel or CancelToken())

    def compare(
        self,
        question: str,
        chat_model: Callable[[], ChatModel],
        model: ModelFile,
        *,
        choices: tuple[AttentionChoice, AttentionChoice],
        cancel: CancelToken | None = None,
        **more: object,
    ) -> Iterator[CompareEvent]:
        """Ask the collection twice."""
        resources = self.resources(chat_model, model)
        return compare(self.request(question, **more), choices, resources, cancel or CancelToken())

    def request(self, question: str, **more: object) -> AnswerRequest:
        """Return a question to the collection."""
        return AnswerRequest(
            question=question,
            collection_id=self.collection,
            coverage=Coverage(3, 1, n_passages=40),
            **more,  # type: ignore[arg-type]
        )

    def resources(self, chat_model: Callable[[], ChatModel], model: ModelFile) -> Resources:
        """Return the stores, with a model."""
        return Resources(
            catalogue=self.catalogue,
            vectors=self.vectors,
            embedder=lambda: self.embedder,  # type: ignore[arg-type, return-value]
            chat_model_file=lambda: model,
            chat_model=chat_model,
        )

    def close(self) -> None:
        """Let go of the folder."""
        self.vectors.close()
        self.catalogue.close()
        self._lock.release()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Three documents, two English and one Japanese."""
    made = Shelf(tmp_path / "shelf")
    made.add(
        "/docs/handbook.txt",
        "Every employee has twenty-five days of paid leave in a calendar year. Days that are "
        "not taken can be carried over until the end of March of the following year.",
        "Hotels should not cost more than 140 euros a night, breakfast included. Expense "
        "reports must be handed in within thirty days after the end of the journey.",
    )
    made.add(
        "/docs/lease.txt",
        "The lease of the Osaka office ends on 31 March 2027. The deposit is two months of rent.",
        "Notice must be given in writing six months before the end of the lease.",
    )
    made.add("/docs/規程.txt", "有給休暇は入社６か月後に１０日付与する。繰越は５日までとする。")
    yield made
    made.close()
