"""The catalogue: one SQLite file that is the truth about everything indexed and asked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from engine.catalogue.collections import CollectionTable
from engine.catalogue.conversations import ConversationTable
from engine.catalogue.documents import DocumentTable
from engine.catalogue.files import FileTable, Fingerprint, KnownFile
from engine.catalogue.meta import MetaTable
from engine.catalogue.passages import PassageTable
from engine.catalogue.schema import MIGRATIONS
from engine.catalogue.settings import SettingsTable
from engine.catalogue.sources import SourceTable
from engine.catalogue.store import Store
from engine.catalogue.tables import TableShelf
from engine.catalogue.vector_table import PendingText, VectorStamp, VectorTable
from engine.catalogue.votes import VoteTable
from engine.paths import DataPaths

__all__ = ["Catalogue", "Fingerprint", "KnownFile", "PendingText", "VectorStamp"]


class Catalogue:
    """Everything stored, in one place: one table object per subject over one store.

    May be used from any thread.

    Args:
        paths: The data folder; it must exist. :class:`engine.catalogue.lock.DataFolderLock`
            makes it and keeps it for one writer.
        writable: False reads beside a writer; a missing catalogue then reads as empty.
        migrations: The schema's history, for tests.

    Raises:
        CatalogueTooNew: A newer Sabun wrote it.
        CatalogueDamaged: SQLite cannot read it, or it is not a catalogue.
        DataFolderUnusable: It cannot be opened.
        DiskFull: It cannot be created or migrated.

    Attributes:
        paths: The data folder.
        writable: Whether it was opened for writing.
        settings: What the user chose.
        meta: What the program notes for itself.
        collections: Collections with counts.
        sources: The folders and files that collections watch.
        files: Files, and the storing of what was read from them.
        documents: Documents and their texts.
        passages: Passages and full-text search.
        vectors: Vectors, and the passages that wait for theirs.
        conversations: Kept conversations and their turns.
        votes: Votes on comparisons.
        tables: The typed tables of documents.
    """

    def __init__(
        self,
        paths: DataPaths,
        *,
        writable: bool,
        migrations: Sequence[str] = MIGRATIONS,
    ) -> None:
        self.paths = paths
        self.writable = writable
        self._store = store = Store(paths, writable=writable, migrations=migrations)
        self.settings = SettingsTable(store)
        self.meta = MetaTable(store)
        self.collections = CollectionTable(store, self.settings)
        self.sources = SourceTable(store)
        self.files = FileTable(store)
        self.documents = DocumentTable(store)
        self.passages = PassageTable(store, self.meta)
        self.vectors = VectorTable(store)
        self.conversations = ConversationTable(store)
        self.votes = VoteTable(store)
        self.tables = TableShelf(store)
        if writable:
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close all connections. Safe to call twice."""
        self._store.close()

    def _prepare(self) -> None:
        if self.meta.get("catalogue_id") is None:
            self.meta.store("catalogue_id", secrets.token_hex(8))
        self.passages.refresh_full_text()
