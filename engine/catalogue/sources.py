"""The folders and files that collections watch."""

from __future__ import annotations

import os

from engine.catalogue.removal import drop_unused_vectors, take_out
from engine.catalogue.store import Store
from engine.catalogue.values import load_path, store_path
from engine.records import WatchedSource


class SourceTable:
    """Sources by collection.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, collection_id: int) -> tuple[WatchedSource, ...]:
        """Return the folders and files that a collection watches, by path."""
        rows = self._store.rows(
            "SELECT id, path, online FROM sources WHERE collection_id = ? ORDER BY path",
            (collection_id,),
        )
        return tuple(
            WatchedSource(row, load_path(path), bool(online)) for row, path, online in rows
        )

    def add(self, collection_id: int, path: str) -> None:
        """Watch a path; nothing is written if it is watched already."""
        if any(source.path == path for source in self.of(collection_id)):
            return
        with self._store.transaction() as db:
            db.conn.execute(
                "INSERT INTO sources (collection_id, path) VALUES (?, ?)",
                (collection_id, store_path(path)),
            )

    def set_online(self, source: WatchedSource, online: bool) -> None:
        """Remember whether a source is there; nothing is written if that is known."""
        if source.online == online:
            return
        with self._store.transaction() as db:
            db.conn.execute("UPDATE sources SET online = ? WHERE id = ?", (online, source.id))

    def remove(self, source_id: int) -> None:
        """Stop watching a source; its files go unless another source covers them."""
        found = self._store.row("SELECT collection_id FROM sources WHERE id = ?", (source_id,))
        if found is None:
            return
        collection_id = int(found[0])
        kept = [s.path for s in self.of(collection_id) if s.id != source_id]
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


def covers(source: str, path: str) -> bool:
    """Tell whether a path is a source or lies below it."""
    return path == source or path.startswith(source.rstrip(os.sep) + os.sep)
