"""Find the files of sources: one ``stat`` per file, nothing opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.cancel import CancelToken
from engine.catalogue.sources import covers
from engine.documents import is_candidate
from engine.records import Notice, WatchedSource

_NOT_DOCUMENTS = frozenset(
    {"$recycle.bin", "system volume information", "__macosx", "node_modules", "__pycache__"}
)


@dataclass
class Scan:
    """What stands in the sources.

    Attributes:
        files: Size in bytes and modification time in nanoseconds, by absolute path.
        unreadable: Why a folder could not be listed, by absolute path.
        offline: Sources that are away.
        online: The others.
    """

    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    unreadable: dict[str, Notice] = field(default_factory=dict)
    offline: list[WatchedSource] = field(default_factory=list)
    online: list[WatchedSource] = field(default_factory=list)

    @property
    def n_bytes(self) -> int:
        """Total size of the files."""
        return sum(size for size, _ in self.files.values())

    def is_gone(self, path: str, watched: Iterable[WatchedSource]) -> bool:
        """Tell whether a file that was known has really been deleted.

        It has not if its folder cannot be listed, or if it belongs to a source that is
        away or was not scanned.
        """
        if path in self.files or not any(covers(source.path, path) for source in self.online):
            return False
        if any(covers(folder, path) and folder != path for folder in self.unreadable):
            return False
        scanned = {source.id for source in self.online}
        # A source inside another one (a share mounted in a folder) decides for its files.
        inner = [s for s in watched if s.id not in scanned and covers(s.path, path)]
        return not inner


class Scanner:
    """Walks sources; each folder is listed once, however many links lead to it.

    Args:
        exclude: Never entered: our own data folder.
        cancel: Polled in every folder.
    """

    def __init__(self, exclude: Path, cancel: CancelToken) -> None:
        self._exclude = str(exclude)
        self._cancel = cancel
        self._visited: set[tuple[int, int]] = set()
        self._roots: list[str] = []
        self.scan = Scan()

    def run(self, sources: Iterable[WatchedSource]) -> Scan:
        """Scan sources, in their order.

        Raises:
            Cancelled: The token was set.
        """
        chosen = list(sources)
        self._roots = [os.path.realpath(source.path) for source in chosen]
        for source in chosen:
            try:
                found = Path(source.path).stat()
            except OSError:
                self.scan.offline.append(source)
                continue
            self.scan.online.append(source)
            if stat.S_ISDIR(found.st_mode):
                self._walk(source.path)
            else:
                self._take(source.path, found)
        return self.scan

    def _walk(self, root: str) -> None:
        waiting = [root]
        while waiting:
            self._cancel.raise_if_cancelled()
            folder = waiting.pop()
            # Reversed: a stack gives the last one back first.
            waiting.extend(reversed(list(self._list(folder))))

    def _list(self, folder: str) -> Iterator[str]:
        """Take in the files of one folder; yield the folders in it."""
        try:
            found = Path(folder).stat()
            key = (found.st_dev, found.st_ino)
            if key in self._visited:
                return
            self._visited.add(key)
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except FileNotFoundError:
            return  # it vanished during the scan
        except OSError as error:
            notice = Notice("folder-not-allowed")
            if not isinstance(error, PermissionError):
                notice = Notice("folder-not-listed", {"said": error.strerror or "unknown"})
            self.scan.unreadable[folder] = notice
            return
        for entry in entries:
            yield from self._look_at(entry)

    def _look_at(self, entry: os.DirEntry[str]) -> Iterator[str]:
        try:
            if entry.is_symlink() and self._scanned_anyway(entry.path):
                return
            if entry.is_dir():
                if _is_for_documents(entry.name) and entry.path != self._exclude:
                    yield entry.path
            elif is_candidate(Path(entry.name)):
                self._take(entry.path, entry.stat())
        except OSError:
            return  # a dangling link, a loop, or it vanished

    def _scanned_anyway(self, link: str) -> bool:
        target = os.path.realpath(link)
        return any(covers(root, target) for root in self._roots)

    def _take(self, path: str, found: os.stat_result) -> None:
        if stat.S_ISREG(found.st_mode):
            self.scan.files[path] = (found.st_size, found.st_mtime_ns)


def _is_for_documents(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in _NOT_DOCUMENTS
