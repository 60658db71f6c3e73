"""Given passages as a collection: each one document with one passage, none cut."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.catalogue import Catalogue, Fingerprint
from engine.ingest.embed import embed_pending
from engine.ingest.progress import Forecast, Stopwatch
from engine.records import (
    Block,
    Chunk,
    Location,
    ParsedDocument,
    RetrievedPassage,
    Retriever,
)
from engine.retrieval import retrieve
from engine.vectors import VectorStore
from engine.workshop.questions.file import Question

if TYPE_CHECKING:
    from engine.embedding import Embedder

_TOP_K = 10


class Pool:
    """A temporary collection over the program's own stores.

    Args:
        catalogue: Empty and writable.
        vectors: Over that catalogue.
        cancel: Stops between batches.
    """

    def __init__(self, catalogue: Catalogue, vectors: VectorStore, cancel: CancelToken) -> None:
        self._cancel = cancel
        self._catalogue = catalogue
        self._vectors = vectors
        self._collection_id = catalogue.collections.create("pool").id

    def index(self, texts: Sequence[str], embedder: Callable[[], Embedder] | None) -> Iterator[int]:
        """Store and embed distinct texts; yield after each step how many are done.

        Args:
            texts: The passages.
            embedder: None stores them for lexical search only.
        """
        for number, text in enumerate(texts):
            self._cancel.raise_if_cancelled()
            self._store(number, text)
            if embedder is None:
                yield number + 1
        if embedder is not None:
            yield from self._embed(embedder())

    def _store(self, number: int, text: str) -> None:
        location = Location("line", 1)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        self._catalogue.files.store_document(
            self._collection_id,
            Fingerprint(f"/pool/{number}", len(text), 0, digest),
            ParsedDocument(str(number), (Block(text, location),), "text/plain"),
            text,
            [Chunk(0, len(text), text, "", location)],
        )

    def _embed(self, model: Embedder) -> Iterator[int]:
        self._catalogue.vectors.use_embedder(self._collection_id, model.name)
        for event in embed_pending(
            self._catalogue,
            model,
            self._collection_id,
            stopwatch=Stopwatch(),
            forecast=Forecast(0, 0.0),
            cancel=self._cancel,
        ):
            yield event.n_done

    def found(
        self,
        embedder: Callable[[], Embedder],
        question: str,
        *,
        top_k: int,
        retriever: Retriever = "hybrid",
    ) -> tuple[RetrievedPassage, ...]:
        """Return what the program's own search finds."""
        return retrieve(
            self._catalogue,
            self._vectors,
            embedder,
            question,
            self._collection_id,
            top_k=top_k,
            retriever=retriever,
        )

    def ranked(
        self, embedder: Callable[[], Embedder], question: Question, retriever: Retriever
    ) -> list[str]:
        """Return the texts that a retriever ranks, best first, through the program's own search.

        Where equal texts share a rank, a gold one stands for all of them.
        """
        found = self.found(embedder, question.text, top_k=_TOP_K, retriever=retriever)
        gold = set(question.gold)
        ranked: list[str] = []
        for item in found:
            texts = [passage.text for passage in (item.passage, *item.also_in)]
            ranked.append(next((text for text in texts if text in gold), texts[0]))
        return ranked
