"""Collections and the folders they watch."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from engine.catalogue import full_text
from engine.catalogue.part import CataloguePart
from engine.catalogue.removal import drop_collection_vectors, drop_unused_vectors, take_out
from engine.catalogue.values import load_path, storable, store_path
from engine.errors import BlankName, CollectionMissing, CollectionNameTaken
from engine.records import Collection, Source

_COUNTS = """
SELECT c.id, c.name, c.embedder_id, c.n_passages,
    (SELECT count(*) FROM documents WHERE collection_id = c.id),
    (SELECT count(*) FROM files WHERE collection_id = c.id AND state = 'skipped'),
    (SELECT count(*) FROM pending WHERE collection_id = c.id)
FROM collections c
"""


class CollectionTable(CataloguePart):
    """What the catalogue knows of collections and sources."""

    def collections(self) -> tuple[Collection, ...]:
        """Return all collections by name, with counts."""
        rows = self._store.rows(_COUNTS + " ORDER BY c.name")
        current = self._embedder_id(self.embedder_name())
        return tuple(self._collection(row, current) for row in rows)

    def collection(self, collection_id: int) -> Collection:
        """Return one collection with counts.

        Raises:
            CollectionMissing: No such row.
        """
        row = self._store.row(_COUNTS + " WHERE c.id = ?", (collection_id,))
        if row is None:
            raise CollectionMissing(name=str(collection_id))
        return self._collection(row, self._embedder_id(self.embedder_name()))

    def collection_named(self, name: str) -> Collection:
        """Return one collection with counts.

        Raises:
            CollectionMissing: There is none of that name.
        """
        row = self._store.row("SELECT id FROM collections WHERE name = ?", (storable(name),))
        if row is None:
            raise CollectionMissing(name=name)
        return self.collection(row[0])

    def create_collection(self, name: str) -> Collection:
        """Create an empty collection.

        Raises:
            BlankName: The name has no visible character.
            CollectionNameTaken: The name is in use.
        """
        with self._naming(name), self._store.transaction() as db:
            embedder = self._ensure_embedder(db.conn, self.embedder_name())
            cursor = db.conn.execute(
                "INSERT INTO collections (name, embedder_id) VALUES (?, ?)",
                (storable(name), embedder),
            )
            collection_id = int(cursor.lastrowid or 0)
            full_text.create_table(db.conn, collection_id)
        return self.collection(collection_id)

    def rename_collection(self, collection_id: int, name: str) -> None:
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

    def delete_collection(self, collection_id: int) -> None:
        """Delete a collection, its index and its conversations; unknown ones are ignored."""
        with self._store.transaction() as db:
            drop_collection_vectors(db.conn, collection_id)
            full_text.drop_table(db.conn, collection_id)
            db.conn.execute("DELETE FROM files WHERE collection_id = ?", (collection_id,))
            db.conn.execute("DELETE FROM collections WHERE id = ?", (collection_id,))

    # --- sources -----------------------------------------------------------------------

    def sources(self, collection_id: int) -> tuple[Source, ...]:
        """Return the folders and files that a collection watches, by path."""
        rows = self._store.rows(
            "SELECT id, path, online FROM sources WHERE collection_id = ? ORDER BY path",
            (collection_id,),
        )
        return tuple(Source(row, load_path(path), bool(online)) for row, path, online in rows)

    def add_source(self, collection_id: int, path: str) -> None:
        """Watch a path; nothing is written if it is watched already."""
        if any(source.path == path for source in self.sources(collection_id)):
            return
        with self._store.transaction() as db:
            db.conn.execute(
                "INSERT INTO sources (collection_id, path) VALUES (?, ?)",
                (collection_id, store_path(path)),
            )

    def set_online(self, source: Source, online: bool) -> None:
        """Remember whether a source is there; nothing is written if that is known."""
        if source.online == online:
            return
        with self._store.transaction() as db:
            db.conn.execute("UPDATE sources SET online = ? WHERE id = ?", (online, source.id))

    def remove_source(self, source_id: int) -> None:
        """Stop watching a source; its files go unless another source covers them."""
        found = self._store.row("SELECT collection_id FROM sources WHERE id = ?", (source_id,))
        if found is None:
            return
        collection_id = int(found[0])
        kept = [s.path for s in self.sources(collection_id) if s.id != source_id]
        with self._store.transaction() as db:
            db.conn.execute("DELETE FROM sources WHERE id = ?", (source_id,))
            rows = db.conn.execute(
                "SELECT id, path, document_id FROM files WHERE collection_id = ?",
                (collection_id,),
            )
            gone = [
                (row, document)
                for row, path, document in rows
                if not any(covers(source, load_path(path)) for source in kept)
            ]
            for _, document in gone:
                if document is not None:
                    take_out(db.conn, collection_id, document)
            drop_unused_vectors(db.conn)
            db.conn.executemany("DELETE FROM files WHERE id = ?", ((row,) for row, _ in gone))

    # --- helpers -----------------------------------------------------------------------

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


def covers(source: str, path: str) -> bool:
    """Tell whether a path is a source or lies below it."""
    return path == source or path.startswith(source.rstrip(os.sep) + os.sep)
