"""Taking documents out: passages, full text and vectors that nobody needs any more."""

from __future__ import annotations

import sqlite3

from engine.catalogue import full_text, name_text
from engine.catalogue.texts import passages_with_text


def take_out(conn: sqlite3.Connection, collection_id: int, document_id: int) -> None:
    """Delete one document inside a transaction of the caller.

    Its row in ``files`` is left without a document; the caller deletes it. Its vectors
    stay until :func:`drop_unused_vectors`.
    """
    conn.execute(
        "INSERT OR IGNORE INTO unused (text_hash)"
        " SELECT text_hash FROM passages WHERE document_id = ?",
        (document_id,),
    )
    full_text.remove(
        conn, collection_id, passages_with_text(conn, "document_id = ?", (document_id,))
    )
    conn.execute(
        "UPDATE files SET document_id = NULL, state = 'skipped' WHERE document_id = ?",
        (document_id,),
    )
    removed = conn.execute("DELETE FROM passages WHERE document_id = ?", (document_id,)).rowcount
    name_text.remove(conn, collection_id, document_id)
    conn.execute("DELETE FROM documents WHERE id = ?", (document_id,))
    conn.execute(
        "UPDATE collections SET n_passages = n_passages - ?1, n_removals = n_removals + ?1"
        " WHERE id = ?2",
        (removed, collection_id),
    )


def drop_unused_vectors(conn: sqlite3.Connection) -> None:
    """Delete the vectors of queued texts that no passage holds any more."""
    conn.execute(
        "DELETE FROM vectors WHERE text_hash IN (SELECT text_hash FROM unused)"
        " AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.text_hash = vectors.text_hash)"
    )
    conn.execute("DELETE FROM unused")


def drop_collection_vectors(conn: sqlite3.Connection, collection_id: int) -> None:
    """Delete the vectors of texts that only this collection holds."""
    conn.execute(
        "DELETE FROM vectors WHERE text_hash IN"
        " (SELECT text_hash FROM passages WHERE collection_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM passages p"
        "  WHERE p.text_hash = vectors.text_hash AND p.collection_id <> ?1)",
        (collection_id,),
    )
