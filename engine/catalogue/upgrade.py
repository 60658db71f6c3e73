"""Let a reader open a data folder that an older Sabun wrote."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from engine.catalogue import Catalogue
from engine.catalogue.faults import translated
from engine.catalogue.lock import DataFolderLock
from engine.catalogue.migrations import APPLICATION_ID
from engine.catalogue.schema import MIGRATIONS
from engine.paths import DataPaths


def upgrade_older(paths: DataPaths) -> None:
    """Migrate an older catalogue, after a backup; any other is left as it is.

    Raises:
        DataFolderInUse: Another process, which may be the older Sabun, writes to it.
        DataFolderUnusable: The folder is not writable.
        CatalogueDamaged: SQLite cannot read it.
        DiskFull: There is no room for the backup.
    """
    if not paths.catalogue.is_file() or not _is_older(paths):
        return
    lock = DataFolderLock(paths, exclusive=True)
    try:
        Catalogue(paths, writable=True).close()
    finally:
        lock.release()


def _is_older(paths: DataPaths) -> bool:
    uri = f"{paths.catalogue.absolute().as_uri()}?mode=ro"
    with translated(paths.catalogue), closing(sqlite3.connect(uri, uri=True)) as conn:
        owner, version = (
            int(conn.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("application_id", "user_version")
        )
    return owner == APPLICATION_ID and 0 < version < len(MIGRATIONS)
