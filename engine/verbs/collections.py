"""What the engine does with collections, their sources and documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.catalogue import Catalogue
from engine.errors import CollectionEmpty, CollectionMissing
from engine.records import Collection, DocumentRef, Passage, SkippedFile, Source
from engine.settings import DEFAULT_COLLECTION
from engine.vectors import VectorStore

if TYPE_CHECKING:
    from engine.documents.pdf.rendering import PageImage


class CollectionVerbs:
    """Part of the engine; it owns the stores."""

    _catalogue: Catalogue
    _vectors: VectorStore

    def collections(self) -> tuple[Collection, ...]:
        """Return all collections by name."""
        return self._catalogue.collections.list()

    def collection(self, name: str = DEFAULT_COLLECTION) -> Collection:
        """Return one collection.

        Raises:
            CollectionMissing: There is none of that name.
        """
        for found in self.collections():
            if found.name == name:
                return found
        raise CollectionMissing(name=name)

    def create_collection(self, name: str) -> Collection:
        """Create an empty collection.

        Raises:
            CollectionNameTaken: The name is in use.
        """
        return self._catalogue.collections.create(name)

    def rename_collection(self, collection_id: int, name: str) -> None:
        """Rename a collection; see :meth:`create_collection` for the errors."""
        self._catalogue.collections.rename(collection_id, name)

    def delete_collection(self, collection_id: int) -> None:
        """Delete a collection with its index and conversations; never the user's files."""
        self._catalogue.collections.delete(collection_id)
        self._vectors.forget(collection_id)

    def sources(self, collection_id: int) -> tuple[Source, ...]:
        """Return the folders and files that a collection watches."""
        return self._catalogue.sources.of(collection_id)

    def remove_source(self, source_id: int) -> None:
        """Stop watching a source and drop its documents from the index."""
        self._catalogue.sources.remove(source_id)

    def documents(self, collection_id: int) -> tuple[DocumentRef, ...]:
        """Return the searchable documents by path."""
        return self._catalogue.documents.list(collection_id)

    def skipped_files(self, collection_id: int) -> tuple[SkippedFile, ...]:
        """Return the files that could not be read, by path."""
        return self._catalogue.files.skipped(collection_id)

    def document_text(self, document_id: int) -> str:
        """Return the whole stored text of a document; all offsets point into it."""
        return self._catalogue.documents.text(document_id)

    def passages(self, collection_id: int) -> Iterator[Passage]:
        """Yield all passages of a collection, document by document."""
        for document in self.documents(collection_id):
            ids = self._catalogue.passages.ids_of_document(document.id)
            found = self._catalogue.passages.get(ids)
            yield from (found[each] for each in ids if each in found)

    def render_page(
        self, document: DocumentRef, page: int, *, width_px: int, quote: str = ""
    ) -> PageImage:
        """Draw one page of a PDF with the boxes of a quote.

        Args:
            document: A PDF.
            page: 1-based.
            width_px: Width of the picture in device pixels.
            quote: Text to find on the page; empty for none.

        Raises:
            FileUnreadable: The file is away, changed or damaged.
        """
        from engine.documents.pdf.rendering import render_page

        return render_page(Path(document.path), page, width_px=width_px, quote=quote)

    def _searchable(self, name: str) -> Collection:
        found = self.collection(name)
        if not found.n_documents:
            raise CollectionEmpty(name=name)
        return found
