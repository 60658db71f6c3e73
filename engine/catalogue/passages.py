"""Passages: full text, slices, neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.catalogue import full_text, name_text
from engine.catalogue.documents import document_ref
from engine.catalogue.meta import MetaTable
from engine.catalogue.store import Store
from engine.catalogue.texts import TextReader, passages_with_text
from engine.catalogue.values import load_location, load_path
from engine.records import Passage

_AT_ONCE = 500
"""Parameters per query; SQLite takes far more, but plans are made per length."""

_PASSAGE = """
SELECT p.id, p.ordinal, p.start, p."end", p.context, p.location, p.document_id,
    d.id, f.path, d.title, f.mtime_ns, d.media_type
FROM passages p
JOIN documents d ON d.id = p.document_id
JOIN files f ON f.document_id = d.id
"""


def batches(values: Sequence[Any], size: int = _AT_ONCE) -> Iterator[Sequence[Any]]:
    """Yield slices of at most ``size`` values."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def marks(values: Sequence[Any]) -> str:
    """Return as many parameter marks as there are values."""
    return ", ".join("?" * len(values))


class PassageTable:
    """Passages by row, and the full-text index over them.

    Args:
        store: Connections and transactions.
        meta: Remembers how the indexed texts were cut.
    """

    def __init__(self, store: Store, meta: MetaTable) -> None:
        self._store = store
        self._meta = meta

    def lexical(self, collection_id: int, match: str, limit: int) -> list[tuple[int, float]]:
        """Return ``(passage id, BM25 score)`` of the best full-text hits, best first.

        Args:
            collection_id: Where to search; an unknown one has no hits.
            match: FTS5 expression from :func:`engine.retrieval.terms.lexical_match`; empty
                has no hits.
            limit: Upper bound.
        """
        name = full_text.table(collection_id)
        if not match or not self._has_table(name):
            return []
        rows = self._store.rows(
            f"SELECT rowid, -rank FROM {name} WHERE {name} MATCH ?"  # noqa: S608
            " ORDER BY rank, rowid LIMIT ?",
            (match, limit),
        )
        return [(row, score) for row, score in rows]

    def named(self, collection_id: int, match: str, limit: int) -> dict[int, str]:
        """Return what documents are called whose names fit best, by their row, best first.

        Args:
            collection_id: Where to search; an unknown one has no documents.
            match: As in :meth:`lexical`.
            limit: Upper bound.
        """
        name = name_text.table(collection_id)
        if not match or not self._has_table(name):
            return {}
        hits = self._store.rows(
            f"SELECT rowid FROM {name} WHERE {name} MATCH ?"  # noqa: S608
            " ORDER BY rank, rowid LIMIT ?",
            (match, limit),
        )
        ids = [row[0] for row in hits]
        rows = self._store.rows(
            "SELECT d.id, f.path, d.title FROM documents d JOIN files f ON f.document_id = d.id"  # noqa: S608
            f" WHERE d.id IN ({marks(ids)})",
            tuple(ids),
        )
        called = {row: name_text.names_of(load_path(path), title) for row, path, title in rows}
        return {row: called[row] for row in ids if row in called}

    def holding(self, collection_id: int, match: str) -> list[tuple[int, int]]:
        """Return ``(passage id, document id)`` of all full-text hits, in reading order.

        Args:
            collection_id: Where to search; an unknown one has no hits.
            match: As in :meth:`lexical`.
        """
        name = full_text.table(collection_id)
        if not match or not self._has_table(name):
            return []
        rows = self._store.rows(
            f"SELECT p.id, p.document_id FROM {name} f JOIN passages p ON p.id = f.rowid"  # noqa: S608
            f" WHERE {name} MATCH ? ORDER BY p.document_id, p.ordinal",
            (match,),
        )
        return [(row, document) for row, document in rows]

    def documents_holding(self, collection_id: int, match: str) -> set[int]:
        """Return the documents that have a full-text hit, by their row; see :meth:`holding`."""
        name = full_text.table(collection_id)
        if not match or not self._has_table(name):
            return set()
        rows = self._store.rows(
            f"SELECT DISTINCT p.document_id FROM {name} f JOIN passages p ON p.id = f.rowid"  # noqa: S608
            f" WHERE {name} MATCH ?",
            (match,),
        )
        return {row[0] for row in rows}

    def counts(self, collection_id: int) -> dict[int, int]:
        """Return how many passages each document of a collection has, by its row."""
        return dict(
            self._store.rows(
                "SELECT document_id, count(*) FROM passages WHERE collection_id = ?"
                " GROUP BY document_id",
                (collection_id,),
            )
        )

    def of_document(self, document_id: int) -> tuple[Passage, ...]:
        """Return the passages of a document, in reading order."""
        found = self.get(self.ids_of_document(document_id))
        return tuple(sorted(found.values(), key=lambda passage: passage.ordinal))

    def first_of_documents(self, document_ids: Sequence[int], n_first: int) -> tuple[int, ...]:
        """Return the rows of the first passages of some documents."""
        rows = self._store.rows(
            f"SELECT id FROM passages WHERE document_id IN ({marks(document_ids)})"  # noqa: S608
            " AND ordinal < ? ORDER BY document_id, ordinal",
            (*document_ids, n_first),
        )
        return tuple(row[0] for row in rows)

    def get(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return passages by row; those that are gone are left out."""
        found: dict[int, Passage] = {}
        with self._store.snapshot() as conn:
            reader = TextReader(conn)
            for some in batches(list(ids)):
                cursor = conn.execute(f"{_PASSAGE} WHERE p.id IN ({marks(some)})", some)
                for row in cursor.fetchall():
                    found[row[0]] = _passage(row, reader)
        return found

    def ids_of_document(self, document_id: int) -> tuple[int, ...]:
        """Return the rows of a document's passages, in reading order."""
        rows = self._store.rows(
            "SELECT id FROM passages WHERE document_id = ? ORDER BY ordinal", (document_id,)
        )
        return tuple(row[0] for row in rows)

    def neighbours(self, passage_id: int) -> tuple[Passage | None, Passage | None]:
        """Return the passages before and after one in its document."""
        rows = self._store.rows(
            "SELECT n.ordinal - p.ordinal, n.id FROM passages p JOIN passages n"
            " ON n.document_id = p.document_id AND n.ordinal IN (p.ordinal - 1, p.ordinal + 1)"
            " WHERE p.id = ?",
            (passage_id,),
        )
        beside: dict[int, int] = dict(rows)
        found = self.get(list(beside.values()))
        return found.get(beside.get(-1, 0)), found.get(beside.get(1, 0))

    def refresh_full_text(self) -> None:
        """Fill the full-text tables again if this program cuts texts differently."""
        if self._meta.get("token_fingerprint") == full_text.token_fingerprint():
            return
        with self._store.transaction() as db:
            for (collection_id,) in db.conn.execute("SELECT id FROM collections").fetchall():
                found = passages_with_text(db.conn, "collection_id = ?", (collection_id,))
                full_text.refill(db.conn, collection_id, found)
                name_text.refill(db.conn, collection_id)
            db.conn.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES ('token_fingerprint', ?)",
                (full_text.token_fingerprint(),),
            )

    def _has_table(self, name: str) -> bool:
        return self._store.row("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)) is not None


def _passage(row: Sequence[Any], reader: TextReader) -> Passage:
    number, ordinal, start, end, context, location, document_id = row[:7]
    return Passage(
        id=number,
        document=document_ref(row[7:]),
        ordinal=ordinal,
        start=start,
        end=end,
        text=reader.span(document_id, start, end),
        context=context,
        location=load_location(location),
    )
