"""What the parts of the catalogue share."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from engine.catalogue.store import Store
from engine.settings import Settings


class CataloguePart:
    """A group of the catalogue's methods over the one store.

    Attributes:
        _store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- settings ----------------------------------------------------------------------

    def settings(self) -> dict[str, Any]:
        """Return the settings that were stored, by name."""
        rows = self._store.rows("SELECT name, value FROM settings")
        return {name: json.loads(value) for name, value in rows}

    def store_settings(self, values: dict[str, Any]) -> None:
        """Store settings; the others keep their values."""
        with self._store.transaction() as db:
            db.conn.executemany(
                "INSERT INTO settings (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [(name, json.dumps(value)) for name, value in values.items()],
            )

    def meta(self, name: str) -> Any:
        """Return a measured or derived value, None if it was never stored."""
        row = self._store.row("SELECT value FROM meta WHERE name = ?", (name,))
        return row[0] if row else None

    def store_meta(self, name: str, value: float | str) -> None:
        """Store a measured or derived value."""
        with self._store.transaction() as db:
            db.conn.execute(
                "INSERT INTO meta (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    # --- embedders ---------------------------------------------------------------------

    def embedder_name(self) -> str:
        """Return the embedding model that the settings name."""
        row = self._store.row("SELECT value FROM settings WHERE name = 'embedding_model'")
        return str(json.loads(row[0])) if row else Settings().embedding_model

    def _embedder_id(self, name: str) -> int:
        """Return the row of an embedder; 0 if it has never been used."""
        row = self._store.row("SELECT id FROM embedders WHERE name = ?", (name,))
        return int(row[0]) if row else 0

    def _ensure_embedder(self, conn: sqlite3.Connection, name: str) -> int:
        row = conn.execute("SELECT id FROM embedders WHERE name = ?", (name,)).fetchone()
        if row is None:
            return int(
                conn.execute("INSERT INTO embedders (name) VALUES (?)", (name,)).lastrowid or 0
            )
        return int(row[0])
