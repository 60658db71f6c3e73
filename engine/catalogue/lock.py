"""One writer per data folder."""

from __future__ import annotations

import os

from filelock import FileLock, Timeout

from engine.errors import DataFolderInUse, DataFolderUnusable
from engine.paths import DataPaths


class DataFolderLock:
    """Holds the data folder for this process, until released.

    Args:
        paths: The folder; it is created if it does not exist.
        exclusive: True takes the folder for writing; False takes nothing, since SQLite's
            write-ahead log lets any number of readers stand beside the one writer.

    Raises:
        DataFolderInUse: Another process (or another engine in this one) writes to it.
        DataFolderUnusable: It cannot be created, or not be written.
    """

    def __init__(self, paths: DataPaths, *, exclusive: bool) -> None:
        self._lock: FileLock | None = None
        try:
            paths.root.mkdir(parents=True, exist_ok=True)
            if not exclusive:
                return
            if not os.access(paths.root, os.W_OK):
                raise DataFolderUnusable(path=str(paths.root), detail="it is not writable")
            # thread_local off: the window may close the engine from another thread.
            lock = FileLock(str(paths.lock), timeout=0, thread_local=False)
            lock.acquire()
        except Timeout:
            raise DataFolderInUse(path=str(paths.root)) from None
        except (OSError, NotImplementedError) as error:
            raise DataFolderUnusable(path=str(paths.root), detail=_reason(error)) from error
        self._lock = lock

    def release(self) -> None:
        """Let another process write. Safe to call twice."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
