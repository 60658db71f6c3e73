"""Connections: one writer behind a lock, one reader per thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from engine.catalogue.faults import translated
from engine.catalogue.migrations import check_length, check_version, migrate
from engine.catalogue.schema import MIGRATIONS
from engine.errors import DataFolderUnusable
from engine.paths import DataPaths

Row = tuple[Any, ...]
_BUSY_MS = 10_000


class Store:
    """The SQLite file. May be used from any thread.

    Args:
        paths: The data folder.
        writable: False opens for reading only; a catalogue that does not exist then
            reads as an empty one.
        migrations: The schema's history.
    """

    def __init__(
        self, paths: DataPaths, *, writable: bool, migrations: Sequence[str] = MIGRATIONS
    ) -> None:
        self.paths = paths
        self.writable = writable
        self._migrations = migrations
        self._guard = threading.RLock()
        self._local = threading.local()
        self._readers: list[tuple[threading.Thread, Database]] = []
        self._writer: Database | None = None
        self._closed = False
        with self._faults():
            if writable:
                self._writer = self._open_writer()
            else:
                self._reader()

    def close(self) -> None:
        """Close all connections of all threads. Safe to call twice."""
        with self._guard:
            self._closed = True
            for _, reader in self._readers:
                reader.close()
            self._readers.clear()
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    # --- reading -----------------------------------------------------------------------

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """Return all rows of a query, from this thread's connection."""
        with self._faults():
            found: list[Row] = self._reader().conn.execute(sql, parameters).fetchall()
            return found

    def row(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
        """Return the first row of a query, None if it has none."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Read several times from one state of the catalogue, whatever is written meanwhile.

        Inside another snapshot of the same thread, that one's state.
        """
        with self._faults():
            conn = self._reader().conn
            if conn.in_transaction:
                yield conn
                return
            conn.execute("BEGIN")
            try:
                yield conn
            finally:
                conn.execute("ROLLBACK")

    # --- writing -----------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """Write: all of the block, or nothing of it; one thread at a time.

        Raises:
            DiskFull: The catalogue cannot grow; nothing of the block was stored.
            DataFolderUnusable: The catalogue was opened for reading only.
        """
        with self._guard, self._faults():
            if self._writer is None:
                detail = "it is closed" if self._closed else "it was opened for reading only"
                raise DataFolderUnusable(path=str(self.paths.root), detail=detail)
            with self._writer.atomic():
                yield self._writer

    # --- connections -------------------------------------------------------------------

    @contextmanager
    def _faults(self) -> Iterator[None]:
        with translated(self.paths.catalogue):
            yield

    def _open_writer(self) -> Database:
        if self.paths.catalogue.exists():
            check_length(self.paths.catalogue)
        db = Database(_connect(str(self.paths.catalogue)))
        try:
            check_version(db, self.paths, len(self._migrations))
            db.enable_wal()
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA journal_size_limit = 67108864")
            migrate(db, self.paths, self._migrations)
        except BaseException:
            db.close()
            raise
        return db

    def _reader(self) -> Database:
        if self._closed:
            raise DataFolderUnusable(path=str(self.paths.root), detail="it is closed")
        reader: Database | None = getattr(self._local, "reader", None)
        if reader is not None and self._local.empty and self.paths.catalogue.exists():
            reader = None  # a writer has created the catalogue meanwhile
        if reader is None:
            reader, self._local.empty = self._open_reader()
            self._local.reader = reader
            self._remember(reader)
        return reader

    def _open_reader(self) -> tuple[Database, bool]:
        if not self.paths.catalogue.exists() or not self.paths.catalogue.stat().st_size:
            db = Database(_connect(":memory:"))
            migrate(db, self.paths, self._migrations)
            return db, True
        if not self.writable:
            check_length(self.paths.catalogue)
        db = Database(_connect(f"{self.paths.catalogue.absolute().as_uri()}?mode=ro", uri=True))
        try:
            found = check_version(db, self.paths, len(self._migrations))
            if found < len(self._migrations):
                detail = "it was written by an older Sabun; open it once for writing"
                raise DataFolderUnusable(path=str(self.paths.root), detail=detail)
        except BaseException:
            db.close()
            raise
        return db, False

    def _remember(self, reader: Database) -> None:
        with self._guard:
            alive = []
            for thread, other in self._readers:
                if thread.is_alive():
                    alive.append((thread, other))
                else:
                    other.close()
            self._readers = [*alive, (threading.current_thread(), reader)]


def _connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    # check_same_thread off: the writer moves between threads behind its lock, and close()
    # closes the readers of all threads.
    conn = sqlite3.connect(target, uri=uri, timeout=_BUSY_MS / 1000, check_same_thread=False)
    conn.execute("PRAGMA temp_store = MEMORY")
    return conn
