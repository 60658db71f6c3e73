"""Embedding models that were ever used, by row."""

from __future__ import annotations

import sqlite3

from engine.catalogue.store import Store


def embedder_id(store: Store, name: str) -> int:
    """Return the row of an embedder; 0 if it has never been used."""
    row = store.row("SELECT id FROM embedders WHERE name = ?", (name,))
    return int(row[0]) if row else 0


def ensure_embedder(conn: sqlite3.Connection, name: str) -> int:
    """Return the row of an embedder, made inside a transaction of the caller if need be."""
    row = conn.execute("SELECT id FROM embedders WHERE name = ?", (name,)).fetchone()
    if row is None:
        return int(conn.execute("INSERT INTO embedders (name) VALUES (?)", (name,)).lastrowid or 0)
    return int(row[0])
