"""SQLite's failures, translated once."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import CatalogueDamaged, DataFolderUnusable, DiskFull

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_UNUSABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
}


@contextmanager
def translated(catalogue: Path) -> Iterator[None]:
    """Raise typed errors for what SQLite and the file system report inside the block."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The low byte is the primary code; the rest says more than a person needs.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise DiskFull(path=str(catalogue)) from error
        if code in _DAMAGED:
            raise CatalogueDamaged(path=str(catalogue), detail=str(error)) from error
        if code in _UNUSABLE:
            raise DataFolderUnusable(path=str(catalogue.parent), detail=str(error)) from error
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(path=str(catalogue)) from error
        raise
