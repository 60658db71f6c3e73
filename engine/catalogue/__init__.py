"""The catalogue: one SQLite file that is the truth about everything indexed and asked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from engine.catalogue.collections import CollectionTable
from engine.catalogue.conversations import ConversationTable
from engine.catalogue.files import FileTable, Fingerprint, KnownFile
from engine.catalogue.passages import PassageTable
from engine.catalogue.schema import MIGRATIONS
from engine.catalogue.store import Store
from engine.catalogue.vector_table import PendingText, VectorStamp, VectorTable
from engine.catalogue.votes import VoteTable
from engine.paths import DataPaths

__all__ = ["Catalogue", "Fingerprint", "KnownFile", "PendingText", "VectorStamp"]


class Catalogue(
    CollectionTable, FileTable, PassageTable, VectorTable, ConversationTable, VoteTable
):
    """Everything stored, in one place. May be used from any thread.

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
        super().__init__(Store(paths, writable=writable, migrations=migrations))
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
        if self.meta("catalogue_id") is None:
            self.store_meta("catalogue_id", secrets.token_hex(8))
        self.refresh_full_text()
