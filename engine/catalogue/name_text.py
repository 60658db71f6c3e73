"""The names of documents as searchable text: file name, the folders it is in, title.

One full-text table per collection, a row per document. It holds its tokens, so that a row can be
taken out whatever the document was called when it came in.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import PurePosixPath

from engine.catalogue.values import load_path
from engine.text import index_tokens

N_FOLDERS = 3
"""Folders above a file whose names count; further up stand users and drives."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def table(collection_id: int) -> str:
    """Return the name of a collection's table; an integer, so nothing can be injected."""
    return f"document_names_{int(collection_id)}"


def names_of(path: str, title: str) -> str:
    """Return what a document is called, a name a line: ``SupplyAgreement`` is two words."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    stem = PurePosixPath(parts[-1]).stem if parts else ""
    names = (stem, *parts[-1 - N_FOLDERS : -1], title)
    return _CAMEL.sub(" ", "\n".join(name.replace("_", " ") for name in names))


def create_table(conn: sqlite3.Connection, collection_id: int) -> None:
    """Create the empty table of a collection."""
    conn.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {table(collection_id)} USING fts5"
        "(tokens, tokenize='porter unicode61 remove_diacritics 2')"
    )


def drop_table(conn: sqlite3.Connection, collection_id: int) -> None:
    """Drop the table of a collection."""
    conn.execute(f"DROP TABLE IF EXISTS {table(collection_id)}")


def put(conn: sqlite3.Connection, collection_id: int, document_id: int) -> None:
    """Store what a document is called now; its file must be stored already."""
    row = conn.execute(
        "SELECT f.path, d.title FROM documents d JOIN files f ON f.document_id = d.id"
        " WHERE d.id = ?",
        (document_id,),
    ).fetchone()
    remove(conn, collection_id, document_id)
    if row is not None:
        conn.execute(
            f"INSERT INTO {table(collection_id)} (rowid, tokens) VALUES (?, ?)",  # noqa: S608
            (document_id, index_tokens(names_of(load_path(row[0]), row[1]))),
        )


def remove(conn: sqlite3.Connection, collection_id: int, document_id: int) -> None:
    """Forget what a document was called."""
    conn.execute(f"DELETE FROM {table(collection_id)} WHERE rowid = ?", (document_id,))  # noqa: S608


def refill(conn: sqlite3.Connection, collection_id: int) -> None:
    """Replace everything a table holds."""
    drop_table(conn, collection_id)
    create_table(conn, collection_id)
    rows = conn.execute("SELECT id FROM documents WHERE collection_id = ?", (collection_id,))
    for (document_id,) in rows.fetchall():
        put(conn, collection_id, document_id)
