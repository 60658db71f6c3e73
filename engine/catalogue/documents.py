"""The documents that were read, and their texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from engine.catalogue.store import Store
from engine.catalogue.texts import TextReader
from engine.catalogue.values import load_notice, load_path
from engine.records import DocumentRef, Notice

_DOCUMENT = """
SELECT d.id, f.path, d.title, f.mtime_ns, d.media_type
FROM documents d JOIN files f ON f.document_id = d.id
"""


def document_ref(row: Sequence[Any]) -> DocumentRef:
    """Build the record from ``id, path, title, mtime_ns, media_type``."""
    number, stored, title, mtime_ns, media_type = row
    path = load_path(stored)
    return DocumentRef(number, PurePath(path).name, path, title, mtime_ns / 1e9, media_type)


class DocumentTable:
    """Documents by collection and row.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, collection_id: int) -> tuple[DocumentRef, ...]:
        """Return the searchable documents by path."""
        rows = self._store.rows(
            _DOCUMENT + " WHERE d.collection_id = ? ORDER BY f.path", (collection_id,)
        )
        return tuple(document_ref(row) for row in rows)

    def get(self, document_id: int) -> DocumentRef | None:
        """Return one document, None if it is gone."""
        row = self._store.row(_DOCUMENT + " WHERE d.id = ?", (document_id,))
        return document_ref(row) if row else None

    def notes(self, document_id: int) -> tuple[Notice, ...]:
        """Return which parts of a document could not be read."""
        row = self._store.row("SELECT notes FROM documents WHERE id = ?", (document_id,))
        return tuple(map(load_notice, json.loads(row[0]))) if row else ()

    def text(self, document_id: int) -> str:
        """Return the whole stored text; empty if the document is gone."""
        row = self._store.row("SELECT n_characters FROM documents WHERE id = ?", (document_id,))
        return self.span(document_id, 0, row[0]) if row else ""

    def span(self, document_id: int, start: int, end: int) -> str:
        """Return ``document_text[start:end]`` without unpacking the rest."""
        with self._store.snapshot() as conn:
            return TextReader(conn).span(document_id, max(start, 0), end)
