"""Does the catalogue agree with itself? Slow and thorough; for tests and ``sabun doctor``."""

from __future__ import annotations

import sqlite3

from engine.catalogue import Catalogue, full_text
from engine.catalogue.texts import passages_with_text
from engine.catalogue.values import passage_text, text_hash

_CHECKS = {
    "{n} documents have no file": (
        "SELECT count(*) FROM documents WHERE id NOT IN"
        " (SELECT document_id FROM files WHERE document_id IS NOT NULL)"
    ),
    "{n} indexed files have no document": (
        "SELECT count(*) FROM files WHERE state = 'indexed' AND document_id NOT IN"
        " (SELECT id FROM documents)"
    ),
    "{n} skipped files have no reason": (
        "SELECT count(*) FROM files WHERE state = 'skipped' AND reason = ''"
    ),
    "{n} passages reach past the end of their document": (
        "SELECT count(*) FROM passages p JOIN documents d ON d.id = p.document_id"
        ' WHERE p.start < 0 OR p."end" <= p.start OR p."end" > d.n_characters'
    ),
    "{n} collections count their passages wrongly": (
        "SELECT count(*) FROM collections c WHERE n_passages <>"
        " (SELECT count(*) FROM passages WHERE collection_id = c.id)"
    ),
    "{n} passages have neither a vector nor a place in the queue": (
        "SELECT count(*) FROM passages p JOIN collections c ON c.id = p.collection_id"
        " WHERE p.id NOT IN (SELECT passage_id FROM pending) AND NOT EXISTS"
        " (SELECT 1 FROM vectors v"
        "  WHERE v.text_hash = p.text_hash AND v.embedder_id = c.embedder_id)"
    ),
    "{n} queued passages have a vector already": (
        "SELECT count(*) FROM pending q JOIN passages p ON p.id = q.passage_id"
        " JOIN collections c ON c.id = p.collection_id WHERE EXISTS"
        " (SELECT 1 FROM vectors v"
        "  WHERE v.text_hash = p.text_hash AND v.embedder_id = c.embedder_id)"
    ),
    "{n} vectors belong to no passage": (
        "SELECT count(*) FROM vectors WHERE text_hash NOT IN (SELECT text_hash FROM passages)"
        " AND text_hash NOT IN (SELECT text_hash FROM unused)"
    ),
    "{n} vectors have the wrong width": (
        "SELECT count(*) FROM vectors v JOIN embedders e ON e.id = v.embedder_id"
        " WHERE length(v.vector) <> 4 * e.dimension"
    ),
}


def check(catalogue: Catalogue, embedder_name: str) -> list[str]:
    """Return English sentences, one per disagreement; none if all is well.

    Args:
        catalogue: Open.
        embedder_name: Whose vectors every passage should have.
    """
    with catalogue._store.snapshot() as conn:
        found = [f"SQLite: {row[0]}" for row in conn.execute("PRAGMA integrity_check(10)")]
        found = [] if found == ["SQLite: ok"] else found
        found += _foreign_keys(conn)
        for sentence, query in _CHECKS.items():
            n = int(conn.execute(query).fetchone()[0])
            if n:
                found.append(sentence.format(n=n))
        found += _texts(conn)
        found += _full_text(conn)
        found += _missing_vectors(conn, embedder_name)
    return found


def _foreign_keys(conn: sqlite3.Connection) -> list[str]:
    rows = conn.execute("PRAGMA foreign_key_check").fetchall()
    return [f"{len(rows)} rows refer to rows that are gone"] if rows else []


def _texts(conn: sqlite3.Connection) -> list[str]:
    hashes = dict(conn.execute("SELECT id, text_hash FROM passages"))
    wrong = sum(
        hashes[row] != text_hash(passage_text(context, text))
        for row, context, text in passages_with_text(conn, "1", ())
    )
    return [f"{wrong} passages do not match their document's text"] if wrong else []


def _full_text(conn: sqlite3.Connection) -> list[str]:
    found: list[str] = []
    for (collection_id,) in conn.execute("SELECT id FROM collections").fetchall():
        name = full_text.table(collection_id)
        indexed = {row[0] for row in conn.execute(f"SELECT id FROM {name}_docsize")}  # noqa: S608
        stored = {
            row[0]
            for row in conn.execute(
                "SELECT id FROM passages WHERE collection_id = ?", (collection_id,)
            )
        }
        if indexed != stored:
            n = len(indexed ^ stored)
            found.append(f"full text and passages of collection {collection_id} differ by {n}")
    return found


def _missing_vectors(conn: sqlite3.Connection, embedder_name: str) -> list[str]:
    n = conn.execute(
        "SELECT count(*) FROM passages p WHERE NOT EXISTS (SELECT 1 FROM vectors v"
        " JOIN embedders e ON e.id = v.embedder_id"
        " WHERE v.text_hash = p.text_hash AND e.name = ?)",
        (embedder_name,),
    ).fetchone()[0]
    return [f"{n} passages have no vector of {embedder_name}"] if n else []
