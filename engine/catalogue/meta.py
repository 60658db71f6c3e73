"""Measured and derived values."""

from __future__ import annotations

from typing import Any

from engine.catalogue.store import Store


class MetaTable:
    """What the program notes for itself.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str) -> Any:
        """Return a value, None if it was never stored."""
        row = self._store.row("SELECT value FROM meta WHERE name = ?", (name,))
        return row[0] if row else None

    def store(self, name: str, value: float | str) -> None:
        """Store a value in place of the one before."""
        with self._store.transaction() as db:
            db.conn.execute(
                "INSERT INTO meta (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )
