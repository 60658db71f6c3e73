"""Collections, the sources they watch and the documents in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.catalogue import Catalogue
from engine.errors import CollectionEmpty
from engine.records import (
    Collection,
    DocumentRef,
    PartlyReadFile,
    Passage,
    SkippedFile,
    WatchedSource,
)
from engine.records.tables import TypedColumn
from engine.vectors import VectorStore

if TYPE_CHECKING:
    from engine.documents.pdf.rendering import PageImage


class Library:
    """What a person does with collections; indexing has the tables behind them.

    May be used from any thread.

    Args:
        catalogue: Where collections and documents are kept.
        vectors: Their indexes, which go with a collection.
    """

    def __init__(self, catalogue: Catalogue, vectors: VectorStore) -> None:
        self._catalogue = catalogue
        self._vectors = vectors

    # --- collections -----------------------------------------------------------------

    def collections(self) -> tuple[Collection, ...]:
        """Return all collections by name."""
        return self._catalogue.collections.list()

    def collection(self, name: str) -> Collection:
        """Return one collection.

        Raises:
            CollectionMissing: There is none of that name.
        """
        return self._catalogue.collections.named(name)

    def searchable(self, name: str) -> Collection:
        """Return a collection that has documents.

        Raises:
            CollectionMissing: There is none of that name.
            CollectionEmpty: Nothing is indexed in it.
        """
        collection = self.collection(name)
        if not collection.n_documents:
            raise CollectionEmpty(name=name)
        return collection

    def create_collection(self, name: str) -> Collection:
        """Create an empty collection.

        Raises:
            BlankName: The name has no visible character.
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

    # --- sources ---------------------------------------------------------------------

    def sources(self, collection_id: int) -> tuple[WatchedSource, ...]:
        """Return the folders and files that a collection watches, by path."""
        return self._catalogue.sources.of(collection_id)

    def remove_source(self, source_id: int) -> None:
        """Stop watching a source and drop its documents from the index."""
        self._catalogue.sources.remove(source_id)

    def skipped_files(self, collection_id: int) -> tuple[SkippedFile, ...]:
        """Return the files that could not be read, by path."""
        return self._catalogue.files.skipped(collection_id)

    def partly_read_files(self, collection_id: int) -> tuple[PartlyReadFile, ...]:
        """Return the searchable files of which something could not be read, by path."""
        return self._catalogue.files.partly_read(collection_id)

    # --- documents -------------------------------------------------------------------

    def documents(self, collection_id: int) -> tuple[DocumentRef, ...]:
        """Return the searchable documents by path."""
        return self._catalogue.documents.list(collection_id)

    def document_text(self, document_id: int) -> str:
        """Return the whole stored text of a document; all offsets point into it."""
        return self._catalogue.documents.text(document_id)

    def passages(self, collection_id: int) -> Iterator[Passage]:
        """Yield all passages of a collection, document by document."""
        table = self._catalogue.passages
        for document in self.documents(collection_id):
            ids = table.ids_of_document(document.id)
            there = table.get(ids)
            yield from (there[each] for each in ids if each in there)

    def table_columns(self, table_id: int) -> tuple[TypedColumn, ...]:
        """Return the columns of a table, from the left; none if the table is gone since."""
        return self._catalogue.tables.columns(table_id)

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
