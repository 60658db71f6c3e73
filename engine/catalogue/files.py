"""Files, and the storing of what was read from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from engine.catalogue import full_text, name_text, table_rows
from engine.catalogue.removal import take_out
from engine.catalogue.store import Store
from engine.catalogue.texts import add_text
from engine.catalogue.values import (
    load_notice,
    load_path,
    passage_text,
    storable,
    store_location,
    store_notice,
    store_path,
    text_hash,
)
from engine.errors import CollectionMissing
from engine.records import Chunk, Notice, ParsedDocument, PartlyReadFile, SkippedFile, SkipReason
from engine.records.file_notices import MISSING
from engine.records.tables import TypedTable

_FILE = (
    "SELECT id, path, n_bytes, mtime_ns, sha256, readers, state, reason, detail, document_id"
    " FROM files"
)


@dataclass(frozen=True)
class Fingerprint:
    """What a file was when it was looked at.

    Attributes:
        path: Absolute path.
        n_bytes: Size.
        mtime_ns: Modification time, nanoseconds since the epoch.
        sha256: Of the content; empty if it could not be opened.
        readers: Number of the readers that it was, or would be, read with.
    """

    path: str
    n_bytes: int
    mtime_ns: int
    sha256: bytes = b""
    readers: int = 0


@dataclass(frozen=True)
class KnownFile:
    """A file as the catalogue remembers it.

    Attributes:
        id: Row in the catalogue.
        fingerprint: When it was last read.
        document_id: Its document; None if it was skipped.
        skipped: Why it was skipped; None if it was not.
    """

    id: int
    fingerprint: Fingerprint
    document_id: int | None
    skipped: SkippedFile | None


class FileTable:
    """Files by collection: what was read from them, or why nothing was.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- reading -----------------------------------------------------------------------

    def skipped(self, collection_id: int) -> tuple[SkippedFile, ...]:
        """Return the files that could not be read, by path."""
        rows = self._store.rows(
            "SELECT path, reason, detail FROM files"
            " WHERE collection_id = ? AND state = 'skipped' ORDER BY path",
            (collection_id,),
        )
        return tuple(
            SkippedFile(load_path(path), SkipReason(reason), load_notice(detail))
            for path, reason, detail in rows
        )

    def partly_read(self, collection_id: int) -> tuple[PartlyReadFile, ...]:
        """Return the files of which something is not searched, by path."""
        rows = self._store.rows(
            "SELECT f.path, d.notes FROM files f JOIN documents d ON d.id = f.document_id"
            " WHERE f.collection_id = ? AND d.notes != '[]' ORDER BY f.path",
            (collection_id,),
        )
        found = (
            PartlyReadFile(
                load_path(path), tuple(filter(_is_loss, map(load_notice, json.loads(notes))))
            )
            for path, notes in rows
        )
        return tuple(file for file in found if file.notes)

    def known(self, collection_id: int, path: str) -> KnownFile | None:
        """Return what is remembered of a path."""
        row = self._store.row(
            _FILE + " WHERE collection_id = ? AND path = ?", (collection_id, store_path(path))
        )
        return _known(row) if row else None

    def all_known(self, collection_id: int) -> Iterator[KnownFile]:
        """Yield every remembered file; the catalogue may be written meanwhile."""
        last = 0
        while rows := self._store.rows(
            _FILE + " WHERE collection_id = ? AND id > ? ORDER BY id LIMIT 500",
            (collection_id, last),
        ):
            yield from map(_known, rows)
            last = rows[-1][0]

    # --- writing -----------------------------------------------------------------------

    def store_document(
        self,
        collection_id: int,
        file: Fingerprint,
        parsed: ParsedDocument,
        text: str,
        chunks: Sequence[Chunk],
        tables: Sequence[TypedTable] = (),
    ) -> int:
        """Store a read file, replacing what its path held before; return the document's row.

        One transaction. Raises :class:`CollectionMissing` if there is no such collection.
        Texts that did not change keep their vectors.
        """
        with self._store.transaction() as db:
            conn = db.conn
            self._take_out(conn, collection_id, file.path)
            document_id = _insert_document(conn, collection_id, parsed, len(text))
            add_text(conn, document_id, text)
            rows = _insert_passages(conn, collection_id, document_id, chunks)
            full_text.add(conn, collection_id, rows)
            _queue(conn, collection_id, document_id)
            conn.execute(
                "UPDATE collections SET n_passages = n_passages + ? WHERE id = ?",
                (len(rows), collection_id),
            )
            _insert_file(conn, collection_id, file, document_id=document_id)
            name_text.put(conn, collection_id, document_id)
            table_rows.add(conn, collection_id, document_id, tables)
        return document_id

    def store_skipped(self, collection_id: int, file: Fingerprint, skipped: SkippedFile) -> None:
        """Remember that a file cannot be read; what its path held before is dropped."""
        with self._store.transaction() as db:
            self._take_out(db.conn, collection_id, file.path)
            _insert_file(db.conn, collection_id, file, skipped=skipped)

    def move(self, known: KnownFile, file: Fingerprint) -> None:
        """Remember that a file has another path, time or both, and the same content."""
        old, new = PurePath(known.fingerprint.path), PurePath(file.path)
        with self._store.transaction() as db:
            db.conn.execute(
                "UPDATE files SET path = ?, n_bytes = ?, mtime_ns = ?, sha256 = ? WHERE id = ?",
                (store_path(file.path), file.n_bytes, file.mtime_ns, file.sha256, known.id),
            )
            for before, after in ((old.name, new.name), (old.stem, new.stem)):
                if before != after:  # a title taken from the file name follows it
                    db.conn.execute(
                        "UPDATE documents SET title = ? WHERE id = ? AND title = ?",
                        (storable(after), known.document_id, storable(before)),
                    )
            row = db.conn.execute(
                "SELECT collection_id FROM documents WHERE id = ?", (known.document_id,)
            ).fetchone()
            if row is not None and known.document_id is not None:
                name_text.put(db.conn, row[0], known.document_id)

    def remove(self, collection_id: int, known: KnownFile) -> None:
        """Forget a file that is gone, with its document."""
        with self._store.transaction() as db:
            if known.document_id is not None:
                take_out(db.conn, collection_id, known.document_id)
            db.conn.execute("DELETE FROM files WHERE id = ?", (known.id,))

    def _take_out(self, conn: sqlite3.Connection, collection_id: int, path: str) -> None:
        if not conn.execute("SELECT 1 FROM collections WHERE id = ?", (collection_id,)).fetchone():
            raise CollectionMissing(name=str(collection_id))  # deleted while it was indexed
        row = conn.execute(
            "SELECT id, document_id FROM files WHERE collection_id = ? AND path = ?",
            (collection_id, store_path(path)),
        ).fetchone()
        if row is not None:
            if row[1] is not None:
                take_out(conn, collection_id, row[1])
            conn.execute("DELETE FROM files WHERE id = ?", (row[0],))


def _notes(stored: str) -> Iterator[Notice]:
    return map(load_notice, json.loads(stored))


def _is_loss(note: Notice) -> bool:
    cause = note.cause()
    return note.code in MISSING or (cause is not None and cause.code in MISSING)


def _known(row: Sequence[Any]) -> KnownFile:
    number, stored, n_bytes, mtime_ns, sha256, readers, state, reason, detail, document_id = row
    path = load_path(stored)
    skipped = None
    if state == "skipped":
        skipped = SkippedFile(path, SkipReason(reason), load_notice(detail))
    file = Fingerprint(path, n_bytes, mtime_ns, sha256, readers)
    return KnownFile(number, file, document_id, skipped)


def _insert_document(
    conn: sqlite3.Connection, collection_id: int, parsed: ParsedDocument, n_characters: int
) -> int:
    cursor = conn.execute(
        "INSERT INTO documents"
        " (collection_id, title, media_type, modified_in_document, notes, n_characters)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            collection_id,
            storable(parsed.title),
            parsed.media_type,
            parsed.modified_in_document,
            json.dumps([store_notice(note) for note in parsed.notes]),
            n_characters,
        ),
    )
    return int(cursor.lastrowid or 0)


def _insert_passages(
    conn: sqlite3.Connection, collection_id: int, document_id: int, chunks: Sequence[Chunk]
) -> list[tuple[int, str, str]]:
    rows: list[tuple[int, str, str]] = []
    for ordinal, chunk in enumerate(chunks):
        context = storable(chunk.context)
        cursor = conn.execute(
            "INSERT INTO passages (collection_id, document_id, ordinal, start, "
            '"end", context, location, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            (
                collection_id,
                document_id,
                ordinal,
                chunk.start,
                chunk.end,
                context,
                store_location(chunk.location),
                text_hash(passage_text(context, chunk.text)),
            ),
        )
        rows.append((int(cursor.lastrowid or 0), context, chunk.text))
    return rows


def _queue(conn: sqlite3.Connection, collection_id: int, document_id: int) -> None:
    conn.execute(
        "INSERT INTO pending (passage_id, collection_id)"
        " SELECT p.id, p.collection_id FROM passages p WHERE p.document_id = ?1 AND NOT EXISTS"
        "  (SELECT 1 FROM vectors v WHERE v.text_hash = p.text_hash AND v.embedder_id ="
        "   (SELECT embedder_id FROM collections WHERE id = ?2))",
        (document_id, collection_id),
    )


def _insert_file(
    conn: sqlite3.Connection,
    collection_id: int,
    file: Fingerprint,
    *,
    document_id: int | None = None,
    skipped: SkippedFile | None = None,
) -> None:
    conn.execute(
        "INSERT INTO files (collection_id, path, n_bytes, mtime_ns, sha256, readers, state,"
        " reason, detail, document_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            collection_id,
            store_path(file.path),
            file.n_bytes,
            file.mtime_ns,
            file.sha256,
            file.readers,
            "skipped" if skipped else "indexed",
            skipped.reason.value if skipped else "",
            store_notice(skipped.detail) if skipped else "",
            document_id,
        ),
    )
