"""Taking documents out: passages, full text and vectors that nobody needs any more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from engine.catalogue import full_text
from engine.catalogue.texts import passages_with_text


def remove_documents(
    conn: sqlite3.Connection, collection_id: int, documents: Iterable[int]
) -> None:
    """Delete documents and what only they needed, inside a transaction of the caller.

    Their rows in ``files`` are left without a document; the caller deletes them.
    """
    for document_id in documents:
        drop_unused_vectors(conn, take_out(conn, collection_id, document_id))


def take_out(conn: sqlite3.Connection, collection_id: int, document_id: int) -> set[bytes]:
    """Delete one document and keep its vectors for now; return its text hashes."""
    rows = conn.execute(
        "SELECT text_hash FROM passages WHERE document_id = ?", (document_id,)
    ).fetchall()
    full_text.remove(
        conn, collection_id, passages_with_text(conn, "document_id = ?", (document_id,))
    )
    conn.execute(
        "UPDATE files SET document_id = NULL, state = 'skipped' WHERE document_id = ?",
        (document_id,),
    )
    conn.execute("DELETE FROM documents WHERE id = ?", (document_id,))
    conn.execute(
        "UPDATE collections SET n_passages = n_passages - ?, n_removals = n_removals + ?"
        " WHERE id = ?",
        (len(rows), len(rows), collection_id),
    )
    return {row[0] for row in rows}


def drop_unused_vectors(conn: sqlite3.Connection, hashes: Iterable[bytes]) -> None:
    """Delete the vectors of texts that no passage holds any more."""
    conn.executemany(
        "DELETE FROM vectors WHERE text_hash = ?1"
        " AND NOT EXISTS (SELECT 1 FROM passages WHERE text_hash = ?1)",
        ((text_hash,) for text_hash in hashes),
    )


def drop_collection_vectors(conn: sqlite3.Connection, collection_id: int) -> None:
    """Delete the vectors of texts that only this collection holds."""
    conn.execute(
        "DELETE FROM vectors WHERE text_hash IN"
        " (SELECT text_hash FROM passages WHERE collection_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM passages p"
        "  WHERE p.text_hash = vectors.text_hash AND p.collection_id <> ?1)",
        (collection_id,),
    )
