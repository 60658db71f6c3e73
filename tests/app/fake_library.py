"""The library of the small engine: documents in memory, word search."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import CollectionEmpty, CollectionMissing, CollectionNameTaken, EmptyQuestion
from engine.records import (
    Collection,
    Conversation,
    DocumentRef,
    Location,
    Notice,
    PartlyReadFile,
    Passage,
    RetrievedPassage,
    SkippedFile,
    SkipReason,
    WatchedSource,
)
from engine.records.tables import TypedColumn
from engine.text import content_tokens


@dataclass
class Shelf:
    """A collection with all that belongs to it."""

    id: int
    name: str
    sources: list[WatchedSource]
    documents: dict[str, tuple[DocumentRef, str]]
    skipped: dict[str, SkippedFile]
    conversations: dict[int, Conversation]

    def read(self, file: Path, number: int, *, unlocked: bool) -> SkippedFile | None:
        """Take a file in; return why it could not be."""
        if file.name.startswith("locked") and not unlocked:
            skipped = SkippedFile(str(file), SkipReason.ENCRYPTED, Notice("password-needed"))
        elif not file.stat().st_size:
            skipped = SkippedFile(str(file), SkipReason.EMPTY, Notice("no-bytes"))
        else:
            text = file.read_text(encoding="utf-8", errors="replace")
            ref = DocumentRef(number, file.name, str(file), file.stem, 0.0, "text/plain")
            self.documents[str(file)] = (ref, text)
            self.skipped.pop(str(file), None)
            return None
        self.skipped[str(file)] = skipped
        return skipped


class FakeLibrary:
    """Collections, sources and documents.

    Args:
        enter: Called at the beginning of what may be made to fail.
    """

    def __init__(self, enter: Callable[[], None]) -> None:
        self._enter = enter
        self.ids = itertools.count(1)
        self.guard = threading.RLock()
        self.shelves: dict[int, Shelf] = {}

    def collections(self) -> tuple[Collection, ...]:
        with self.guard:
            self._enter()
            return tuple(
                Collection(s.id, s.name, len(s.documents), len(s.skipped), len(s.documents) * 4, 0)
                for s in sorted(self.shelves.values(), key=lambda s: s.name)
            )

    def table_columns(self, table_id: int) -> tuple[TypedColumn, ...]:
        kinds = {"Region": "words", "Amount": "number", "Month": "date"} if table_id else {}
        return tuple(
            TypedColumn(ordinal, name, kind, "", "", 1, 4, 4)
            for ordinal, (name, kind) in enumerate(kinds.items(), 1)
        )

    def create_collection(self, name: str) -> Collection:
        with self.guard:
            if any(s.name == name for s in self.shelves.values()):
                raise CollectionNameTaken(name=name)
            shelf = Shelf(next(self.ids), name, [], {}, {}, {})
            self.shelves[shelf.id] = shelf
            return Collection(shelf.id, name, 0, 0, 0, 0)

    def rename_collection(self, collection_id: int, name: str) -> None:
        if any(s.name == name for s in self.shelves.values()):
            raise CollectionNameTaken(name=name)
        self.shelves[collection_id].name = name

    def delete_collection(self, collection_id: int) -> None:
        del self.shelves[collection_id]

    def sources(self, collection_id: int) -> tuple[WatchedSource, ...]:
        return tuple(self.shelves[collection_id].sources)

    def remove_source(self, source_id: int) -> None:
        for shelf in self.shelves.values():
            for source in [s for s in shelf.sources if s.id == source_id]:
                shelf.sources.remove(source)
                for path in [p for p in shelf.documents if p.startswith(source.path)]:
                    del shelf.documents[path]

    def documents(self, collection_id: int) -> tuple[DocumentRef, ...]:
        return tuple(ref for ref, _ in self.shelves[collection_id].documents.values())

    def skipped_files(self, collection_id: int) -> tuple[SkippedFile, ...]:
        return tuple(self.shelves[collection_id].skipped.values())

    def partly_read_files(self, collection_id: int) -> tuple[PartlyReadFile, ...]:
        return tuple(
            PartlyReadFile(path, (Notice("rows-cut", {"n_rows": 9}),))
            for path in self.shelves[collection_id].documents
            if "cut" in Path(path).name
        )

    def document_text(self, document_id: int) -> str:
        self._enter()
        for shelf in self.shelves.values():
            for ref, text in shelf.documents.values():
                if ref.id == document_id:
                    return text
        raise LookupError(document_id)

    def named(self, name: str) -> Shelf:
        for shelf in self.shelves.values():
            if shelf.name == name:
                return shelf
        raise CollectionMissing(name=name)

    def search(self, query: str, collection: str, top_k: int) -> tuple[RetrievedPassage, ...]:
        if not query.strip():
            raise EmptyQuestion
        shelf = self.named(collection)
        if not shelf.documents:
            raise CollectionEmpty(name=collection)
        wanted = set(content_tokens(query))
        hits: list[tuple[int, Passage]] = []
        for ref, text in shelf.documents.values():
            for ordinal, span in enumerate(_paragraphs(text)):
                score = len(wanted & set(content_tokens(text[span[0] : span[1]])))
                if score:
                    hits.append((score, _passage(ref, ordinal, span, text)))
        hits.sort(key=lambda hit: -hit[0])
        return tuple(
            RetrievedPassage(n, passage, score)
            for n, (score, passage) in enumerate(hits[:top_k], 1)
        )


def _passage(ref: DocumentRef, ordinal: int, span: tuple[int, int], text: str) -> Passage:
    start, end = span
    line = text.count("\n", 0, start) + 1
    place = Location("line", line, line + text.count("\n", start, end))
    number = ref.id * 100 + ordinal
    return Passage(number, ref, ordinal, start, end, text[start:end], ref.title, place)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for block in text.split("\n\n"):
        if block.strip():
            spans.append((start, start + len(block)))
        start += len(block) + 2
    return spans
