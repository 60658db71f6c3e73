"""Vectors: one per text and embedder, however many passages hold the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.catalogue.embedders import embedder_id, ensure_embedder
from engine.catalogue.passages import batches, marks
from engine.catalogue.removal import drop_unused_vectors
from engine.catalogue.store import Store
from engine.catalogue.texts import TextReader
from engine.catalogue.values import passage_text

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

_ROWS_AT_ONCE = 2048


@dataclass(frozen=True)
class PendingText:
    """A text without a vector.

    Attributes:
        passage_id: One of the passages that hold it.
        text_hash: Its name.
        text: Context and text, as it is to be embedded.
    """

    passage_id: int
    text_hash: bytes
    text: str


@dataclass(frozen=True)
class VectorStamp:
    """A state of a collection's vectors; equal stamps mean equal vectors.

    Attributes:
        catalogue: Names the catalogue, so that caches of another one are not believed.
        vector_mark: Highest row of a vector, whatever its embedder.
        passage_mark: Highest row of a passage of the collection.
        n_removals: Passages ever removed from the collection.
    """

    catalogue: str
    vector_mark: int
    passage_mark: int
    n_removals: int


class VectorTable:
    """Vectors by text and embedder, and the passages that wait for theirs.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- writing -----------------------------------------------------------------------

    def use_embedder(self, collection_id: int, name: str) -> None:
        """Make ``pending`` mean this embedder; nothing is written if it does already."""
        row = self._store.row(
            "SELECT e.name FROM collections c JOIN embedders e ON e.id = c.embedder_id"
            " WHERE c.id = ?",
            (collection_id,),
        )
        if row is None or row[0] == name:
            return
        with self._store.transaction() as db:
            embedder = ensure_embedder(db.conn, name)
            db.conn.execute(
                "UPDATE collections SET embedder_id = ? WHERE id = ?", (embedder, collection_id)
            )
            db.conn.execute("DELETE FROM pending WHERE collection_id = ?", (collection_id,))
            db.conn.execute(
                "INSERT INTO pending (passage_id, collection_id)"
                " SELECT p.id, p.collection_id FROM passages p WHERE p.collection_id = ?"
                " AND NOT EXISTS (SELECT 1 FROM vectors v"
                "  WHERE v.text_hash = p.text_hash AND v.embedder_id = ?)",
                (collection_id, embedder),
            )

    def store(self, embedder: str, hashes: Sequence[bytes], vectors: Floats) -> None:
        """Store the vectors of texts, ``[n, d]`` float32, in one transaction.

        Texts that have lost their last passage meanwhile are left out. All vectors of an
        embedder have one width; see :meth:`check_dimension`.
        """
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        with self._store.transaction() as db:
            number = ensure_embedder(db.conn, embedder)
            db.conn.execute(
                "UPDATE embedders SET dimension = ? WHERE id = ?", (rows.shape[1], number)
            )
            db.conn.executemany(
                "INSERT OR IGNORE INTO vectors (text_hash, embedder_id, vector)"
                " SELECT ?1, ?2, ?3 WHERE EXISTS"
                "  (SELECT 1 FROM passages WHERE text_hash = ?1)",
                ((h, number, row.tobytes()) for h, row in zip(hashes, rows, strict=True)),
            )
            db.conn.executemany(
                "DELETE FROM pending WHERE passage_id IN (SELECT p.id FROM passages p"
                " JOIN collections c ON c.id = p.collection_id"
                " WHERE p.text_hash = ? AND c.embedder_id = ?)",
                ((text_hash, number) for text_hash in hashes),
            )

    def check_dimension(self, embedder: str, dimension: int) -> None:
        """Drop an embedder's vectors if they have another width: the model was changed."""
        row = self._store.row("SELECT id, dimension FROM embedders WHERE name = ?", (embedder,))
        if row is None or row[1] in (0, dimension):
            return
        with self._store.transaction() as db:
            db.conn.execute("DELETE FROM vectors WHERE embedder_id = ?", (row[0],))
            db.conn.execute("UPDATE embedders SET dimension = ? WHERE id = ?", (dimension, row[0]))
            db.conn.execute(
                "INSERT OR IGNORE INTO pending (passage_id, collection_id)"
                " SELECT p.id, p.collection_id FROM passages p JOIN collections c"
                " ON c.id = p.collection_id WHERE c.embedder_id = ?",
                (row[0],),
            )
            db.conn.execute("UPDATE collections SET n_removals = n_removals + n_passages")

    def prune(self) -> None:
        """Delete vectors that lost their last passage; nothing is written if none did."""
        if self._store.row("SELECT 1 FROM unused LIMIT 1") is not None:
            with self._store.transaction() as db:
                drop_unused_vectors(db.conn)

    # --- reading -----------------------------------------------------------------------

    def n_pending(self, collection_id: int) -> int:
        """Return how many passages wait for a vector of the collection's embedder."""
        return int(
            self._store.rows(
                "SELECT count(*) FROM pending WHERE collection_id = ?", (collection_id,)
            )[0][0]
        )

    def pending_characters(self, collection_id: int) -> int:
        """Return the length of all pending passages together."""
        found = self._store.rows(
            'SELECT coalesce(sum(p."end" - p.start + length(p.context) + 1), 0)'
            " FROM pending q JOIN passages p ON p.id = q.passage_id WHERE q.collection_id = ?",
            (collection_id,),
        )
        return int(found[0][0])

    def pending(self, collection_id: int, limit: int) -> list[PendingText]:
        """Return up to ``limit`` texts that have no vector, each text once, oldest first."""
        with self._store.snapshot() as conn:
            reader = TextReader(conn)
            rows = conn.execute(
                'SELECT p.id, p.text_hash, p.document_id, p.start, p."end", p.context'
                " FROM pending q JOIN passages p ON p.id = q.passage_id"
                " WHERE q.collection_id = ? ORDER BY q.passage_id LIMIT ?",
                (collection_id, limit),
            ).fetchall()
            unique = {row[1]: row for row in reversed(rows)}
            return [
                PendingText(row, text_hash, passage_text(context, reader.span(doc, start, end)))
                for row, text_hash, doc, start, end, context in reversed(unique.values())
            ]

    def stamp(self, collection_id: int) -> VectorStamp:
        """Return the state of a collection's vectors; a few look-ups, whatever its size."""
        row = self._store.row(
            "SELECT (SELECT value FROM meta WHERE name = 'catalogue_id'),"
            " (SELECT coalesce(max(id), 0) FROM vectors),"
            " (SELECT coalesce(max(id), 0) FROM passages WHERE collection_id = ?1),"
            " (SELECT n_removals FROM collections WHERE id = ?1)",
            (collection_id,),
        )
        catalogue, vector_mark, passage_mark, n_removals = row or ("", 0, 0, 0)
        return VectorStamp(catalogue or "", vector_mark, passage_mark, n_removals or 0)

    def since(
        self, collection_id: int, embedder: str, since: VectorStamp, until: VectorStamp
    ) -> Iterator[tuple[Ids, Floats]]:
        """Yield passage ids and vectors that came between two stamps, in blocks.

        A passage comes when it is stored and its text has a vector, or when its text
        gets one.
        """
        number = embedder_id(self._store, embedder)
        both = {
            "collection": collection_id,
            "embedder": number,
            "v0": since.vector_mark,
            "v1": until.vector_mark,
            "p0": since.passage_mark,
            "p1": until.passage_mark,
        }
        with self._store.snapshot() as conn:
            for query in (_NEW_VECTORS, _NEW_PASSAGES):
                cursor = conn.execute(query, both)
                while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
                    yield ids, _matrix([row[1] for row in rows])

    def embedded_passages(self, collection_id: int, embedder: str) -> Ids:
        """Return the rows of all passages that have a vector, ascending."""
        rows = self._store.rows(
            "SELECT p.id FROM passages p WHERE p.collection_id = ? AND EXISTS (SELECT 1 FROM"
            " vectors v WHERE v.text_hash = p.text_hash AND v.embedder_id = ?) ORDER BY p.id",
            (collection_id, embedder_id(self._store, embedder)),
        )
        return np.fromiter((row[0] for row in rows), np.int64, len(rows))

    def of(self, embedder: str, passage_ids: Sequence[int]) -> dict[int, Floats]:
        """Return the vectors of passages; those without one are left out."""
        number = embedder_id(self._store, embedder)
        found: dict[int, Floats] = {}
        for some in batches(list(passage_ids)):
            rows = self._store.rows(
                "SELECT p.id, v.vector FROM passages p JOIN vectors v"  # noqa: S608
                " ON v.text_hash = p.text_hash AND v.embedder_id = ?"
                f" WHERE p.id IN ({marks(some)})",
                (number, *some),
            )
            found.update((row, np.frombuffer(blob, np.float32)) for row, blob in rows)
        return found


def _matrix(blobs: list[bytes]) -> Floats:
    return np.frombuffer(b"".join(blobs), np.float32).reshape(len(blobs), -1)


# CROSS JOIN fixes the order: new vectors first, then the passages that hold their text.
_NEW_VECTORS = """
SELECT p.id, v.vector FROM vectors v CROSS JOIN passages p ON p.text_hash = v.text_hash
WHERE v.id > :v0 AND v.id <= :v1 AND v.embedder_id = :embedder
    AND p.collection_id = :collection AND p.id <= :p1
"""
_NEW_PASSAGES = """
SELECT p.id, v.vector FROM passages p CROSS JOIN vectors v
    ON v.text_hash = p.text_hash AND v.embedder_id = :embedder
WHERE p.collection_id = :collection AND p.id > :p0 AND p.id <= :p1 AND v.id <= :v0
"""
