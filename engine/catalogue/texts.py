"""Stored texts: segments in, slices out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from engine.catalogue.values import SEGMENT_CHARACTERS, pack_text, unpack_segment

_KEPT_SEGMENTS = 64


class TextReader:
    """Slices the texts of documents; neighbouring slices unpack their segment once.

    Not for several threads: make one per request.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._segments: dict[tuple[int, int], str] = {}

    def span(self, document_id: int, start: int, end: int) -> str:
        """Return ``document_text[start:end]``; shorter where the text ends before."""
        if end <= start:
            return ""
        first, last = start // SEGMENT_CHARACTERS, (end - 1) // SEGMENT_CHARACTERS
        joined = "".join(self._segment(document_id, n) for n in range(first, last + 1))
        offset = first * SEGMENT_CHARACTERS
        return joined[start - offset : end - offset]

    def _segment(self, document_id: int, ordinal: int) -> str:
        key = (document_id, ordinal)
        if key not in self._segments:
            if len(self._segments) >= _KEPT_SEGMENTS:
                del self._segments[next(iter(self._segments))]
            row = self._conn.execute(
                "SELECT body FROM segments WHERE document_id = ? AND ordinal = ?", key
            ).fetchone()
            self._segments[key] = unpack_segment(row[0]) if row else ""
        return self._segments[key]


def add_text(conn: sqlite3.Connection, document_id: int, text: str) -> None:
    """Store the text of a new document."""
    conn.executemany(
        "INSERT INTO segments (document_id, ordinal, body) VALUES (?, ?, ?)",
        ((document_id, ordinal, body) for ordinal, body in enumerate(pack_text(text))),
    )


def passages_with_text(
    conn: sqlite3.Connection, condition: str, parameters: tuple[object, ...]
) -> Iterator[tuple[int, str, str]]:
    """Yield ``(id, context, text)`` of the passages that fulfil an SQL condition."""
    reader = TextReader(conn)
    cursor = conn.execute(
        'SELECT id, document_id, start, "end", context FROM passages '  # noqa: S608
        f"WHERE {condition} ORDER BY document_id, ordinal",
        parameters,
    )
    for row, document_id, start, end, context in cursor:
        yield row, context, reader.span(document_id, start, end)
