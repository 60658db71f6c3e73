"""Collections."""

from __future__ import annotations

import sqlite3
from typing import Any

from engine.catalogue import full_text, name_text
from engine.catalogue.embedders import embedder_id, ensure_embedder
from engine.catalogue.removal import drop_collection_vectors
from engine.catalogue.settings import SettingsTable
from engine.catalogue.store import Store
from engine.catalogue.values import storable
from engine.errors import BlankName, CollectionMissing, CollectionNameTaken
from engine.records import Collection

_COUNTS = """
SELECT c.id, c.name, c.embedder_id, c.n_passages,
    (SELECT count(*) FROM documents WHERE collection_id = c.id),
    (SELECT count(*) FROM files WHERE collection_id = c.id AND state = 'skipped'),
    (SELECT count(*) FROM pending WHERE collection_id = c.id)
FROM collections c
"""


class CollectionTable:
    """Collections by name and row, with counts.

    Args:
        store: Connections and transactions.
        settings: Says which embedding model the counts of waiting passages are about.
    """

    def __init__(self, store: Store, settings: SettingsTable) -> None:
        self._store = store
        self._settings = settings

    def list(self) -> tuple[Collection, ...]:
        """Return all collections by name, with counts."""
        rows = self._store.rows(_COUNTS + " ORDER BY c.name")
        current = embedder_id(self._store, self._settings.embedder_name())
        return tuple(self._collection(row, current) for row in rows)

    def get(self, collection_id: int) -> Collection:
        """Return one collection with counts.

        Raises:
            CollectionMissing: No such row.
        """
        row = self._store.row(_COUNTS + " WHERE c.id = ?", (collection_id,))
        if row is None:
            raise CollectionMissing(name=str(collection_id))
        return self._collection(row, embedder_id(self._store, self._settings.embedder_name()))

    def named(self, name: str) -> Collection:
        """Return one collection with counts.

        Raises:
            CollectionMissing: There is none of that name.
        """
        row = self._store.row("SELECT id FROM collections WHERE name = ?", (storable(name),))
        if row is None:
            raise CollectionMissing(name=name)
        return self.get(row[0])

    def create(self, name: str) -> Collection:
        """Create an empty collection.

        Raises:
            BlankName: The name has no visible character.
            CollectionNameTaken: The name is in use.
        """
        with self._naming(name), self._store.transaction() as db:
            embedder = ensure_embedder(db.conn, self._settings.embedder_name())
            cursor = db.conn.execute(
                "INSERT INTO collections (name, embedder_id) VALUES (?, ?)",
                (storable(name), embedder),
            )
            collection_id = int(cursor.lastrowid or 0)
            full_text.create_table(db.conn, collection_id)
            name_text.create_table(db.conn, collection_id)
        return self.get(collection_id)

    def rename(self, collection_id: int, name: str) -> None:
        """Give a collection another name.

        Raises:
            BlankName: The name has no visible character.
            CollectionNameTaken: The name is in use.
            CollectionMissing: No such collection.
        """
        with self._naming(name), self._store.transaction() as db:
            changed = db.conn.execute(
                "UPDATE collections SET name = ? WHERE id = ?", (storable(name), collection_id)
            )
            if not changed.rowcount:
                raise CollectionMissing(name=str(collection_id))

    def delete(self, collection_id: int) -> None:
        """Delete a collection, its index and its conversations; unknown ones are ignored."""
        with self._store.transaction() as db:
            drop_collection_vectors(db.conn, collection_id)
            full_text.drop_table(db.conn, collection_id)
            name_text.drop_table(db.conn, collection_id)
            db.conn.execute("DELETE FROM files WHERE collection_id = ?", (collection_id,))
            db.conn.execute("DELETE FROM collections WHERE id = ?", (collection_id,))

    def _collection(self, row: tuple[Any, ...], current_embedder: int) -> Collection:
        number, name, embedder, n_passages, n_documents, n_skipped, n_pending = row
        if embedder != current_embedder:
            # The user chose another model and has not indexed since: count exactly.
            n_pending = self._store.rows(
                "SELECT count(*) FROM passages p WHERE p.collection_id = ? AND NOT EXISTS"
                " (SELECT 1 FROM vectors WHERE text_hash = p.text_hash AND embedder_id = ?)",
                (number, current_embedder),
            )[0][0]
        return Collection(number, name, n_documents, n_skipped, n_passages, n_pending)

    def _naming(self, name: str) -> _Naming:
        if not name.strip():
            raise BlankName
        return _Naming(name)


class _Naming:
    """Turns SQLite's uniqueness failure into the error about names."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.IntegrityError) and "collections.name" in str(error):
            raise CollectionNameTaken(name=self._name) from error
