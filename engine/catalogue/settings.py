"""Stored settings."""

from __future__ import annotations

import json
from typing import Any

from engine.catalogue.store import Store
from engine.settings import Settings


class SettingsTable:
    """What the user chose, by the names that :class:`engine.settings.Settings` declares.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def stored(self) -> dict[str, Any]:
        """Return the settings that were stored, by name."""
        rows = self._store.rows("SELECT name, value FROM settings")
        return {name: json.loads(value) for name, value in rows}

    def store(self, values: dict[str, Any]) -> None:
        """Store settings; the others keep their values."""
        with self._store.transaction() as db:
            db.conn.executemany(
                "INSERT INTO settings (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [(name, json.dumps(value)) for name, value in values.items()],
            )

    def embedder_name(self) -> str:
        """Return the embedding model that the settings name."""
        row = self._store.row("SELECT value FROM settings WHERE name = 'embedding_model'")
        return str(json.loads(row[0])) if row else Settings().embedding_model
