"""Bring a catalogue to this program's version; refuse what cannot be read."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from engine.errors import CatalogueDamaged, CatalogueTooNew
from engine.paths import DataPaths

APPLICATION_ID = 0x53414255
"""``SABU``: tells our catalogue from any other SQLite file."""


def user_version(db: Database) -> int:
    """Return the catalogue's version; 0 if it is new."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def check_version(db: Database, paths: DataPaths, supported: int) -> int:
    """Return the version if this program can read it.

    Raises:
        CatalogueTooNew: A newer program wrote it.
        CatalogueDamaged: It is a database, but not ours.
    """
    found = user_version(db)
    owner = int(db.execute("PRAGMA application_id").fetchone()[0])
    if owner != APPLICATION_ID and db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        raise CatalogueDamaged(path=str(paths.catalogue), detail="it is not a Sabun catalogue")
    if found > supported:
        raise CatalogueTooNew(path=str(paths.root), found=found, supported=supported)
    return found


def check_length(catalogue: Path) -> None:
    """Raise if the file is shorter than its own header says (SQLite itself finds out late).

    Raises:
        CatalogueDamaged: The file was cut off.
    """
    if catalogue.with_name(catalogue.name + "-wal").exists():
        return  # pages may still stand in the log
    with catalogue.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        return  # new and empty, or not a database: SQLite says so itself
    page = int.from_bytes(header[16:18], "big")
    expected = (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big")
    if catalogue.stat().st_size < expected:
        raise CatalogueDamaged(path=str(catalogue), detail="the file was cut off")


def back_up(conn: sqlite3.Connection, paths: DataPaths, version: int) -> Path:
    """Copy the whole catalogue, log included, into the folder of backups."""
    paths.backups.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    target = paths.backups / f"catalogue-v{version}-{stamp}.sqlite3"
    copy = sqlite3.connect(target)
    try:
        conn.backup(copy)
    finally:
        copy.close()
    return target


def _statements(script: str) -> list[str]:
    statements: list[str] = []
    rest = ""
    for line in script.splitlines(keepends=True):
        rest += line
        if sqlite3.complete_statement(rest):
            statements.append(rest.strip())
            rest = ""
    if rest.strip():
        raise ValueError(f"incomplete SQL: {rest.strip()[:80]}")
    return statements


def migrate(db: Database, paths: DataPaths, migrations: Sequence[str]) -> None:
    """Run the migrations that are missing, each in its own transaction.

    A catalogue that already holds something is backed up first.
    """
    found = check_version(db, paths, len(migrations))
    if found == len(migrations):
        return
    if found:
        back_up(db.conn, paths, found)
    for version in range(found + 1, len(migrations) + 1):
        with db.atomic():
            for statement in _statements(migrations[version - 1]):
                db.conn.execute(statement)
            db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.conn.execute(f"PRAGMA user_version = {version}")
