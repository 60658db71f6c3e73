"""One full-text table per collection: ranking never depends on another collection's words.

The tables are contentless: only the inverted index is stored, over the tokens that
:func:`engine.text.index_tokens` cuts. Deleting therefore needs the same tokens again. If
the cutting has changed since a table was filled, :func:`refresh_tables` fills it anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator

from engine.catalogue.values import passage_text
from engine.text import index_tokens

_PROBE = (
    "契約書のSSOを2024年に、ﾊﾝｶｸ 한국어 don't naïve co-op U.S. x_y 3.5% 々〆ー 東\U00020000"
    " 髙﨑 令和六年 R6.4.1 第三条 1,520,000 サーバー ウィルス 三ヶ月 FY2025"
)


_TABLES = "passages, names"
"""Which tables are filled; a change fills them all again."""


def token_fingerprint() -> str:
    """Return a value that changes whenever texts may be cut differently, or tables come."""
    probe = f"{index_tokens(_PROBE)}|{unicodedata.unidata_version}|{_TABLES}"
    return hashlib.sha256(probe.encode()).hexdigest()[:16]


def table(collection_id: int) -> str:
    """Return the name of a collection's table; an integer, so nothing can be injected."""
    return f"full_text_{int(collection_id)}"


def create_table(conn: sqlite3.Connection, collection_id: int) -> None:
    """Create the empty table of a collection."""
    conn.execute(
        f"CREATE VIRTUAL TABLE {table(collection_id)} USING fts5"
        "(tokens, content='', tokenize='porter unicode61 remove_diacritics 2')"
    )


def drop_table(conn: sqlite3.Connection, collection_id: int) -> None:
    """Drop the table of a collection."""
    conn.execute(f"DROP TABLE IF EXISTS {table(collection_id)}")


def add(
    conn: sqlite3.Connection, collection_id: int, passages: Iterable[tuple[int, str, str]]
) -> None:
    """Index passages, given as ``(id, context, text)``."""
    conn.executemany(
        f"INSERT INTO {table(collection_id)} (rowid, tokens) VALUES (?, ?)",  # noqa: S608
        ((row, index_tokens(passage_text(context, text))) for row, context, text in passages),
    )


def remove(
    conn: sqlite3.Connection, collection_id: int, passages: Iterable[tuple[int, str, str]]
) -> None:
    """Take passages out again; they must be given exactly as they were added."""
    name = table(collection_id)
    conn.executemany(
        f"INSERT INTO {name} ({name}, rowid, tokens) VALUES ('delete', ?, ?)",  # noqa: S608
        ((row, index_tokens(passage_text(context, text))) for row, context, text in passages),
    )


def refill(
    conn: sqlite3.Connection, collection_id: int, passages: Iterator[tuple[int, str, str]]
) -> None:
    """Replace everything a table holds."""
    drop_table(conn, collection_id)
    create_table(conn, collection_id)
    add(conn, collection_id, passages)
