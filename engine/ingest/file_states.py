"""What has to happen to one file: nothing, a note of its new path, or reading it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.cancel import CancelToken
from engine.catalogue import Catalogue, Fingerprint, KnownFile
from engine.documents import READERS, limits
from engine.documents.chunking import chunk
from engine.documents.sandbox.isolation import ParserProcess
from engine.documents.table_contents import tables_of
from engine.errors import FileUnreadable
from engine.events import FileIndexed, FileSkipped, FileUnchanged
from engine.formats.atomic_files import sha256_of
from engine.ingest.progress import Stopwatch
from engine.records import Notice, SkippedFile, SkipReason
from engine.version import program_version

_TRANSIENT = frozenset({SkipReason.NO_PERMISSION, SkipReason.VANISHED})
"""Reasons that pass without the file changing (Excel has it open): tried at every scan."""

FileEvent = FileIndexed | FileUnchanged | FileSkipped


def content_hash(path: str, n_bytes: int, cancel: CancelToken) -> bytes:
    """Return the hash of a file's content; empty for files too large to be read anyway.

    Raises:
        OSError: It cannot be opened.
        Cancelled: The token was set.
    """
    if n_bytes > limits.MAX_FILE_BYTES:
        return b""
    return bytes.fromhex(sha256_of(Path(path), cancel.raise_if_cancelled))


class FileHandler:
    """Brings one file after the other to its final state.

    Args:
        catalogue: Where it is stored.
        collection_id: For which collection.
        gone: Known files that are no longer at their path, by content; what reappears
            elsewhere is taken out.
        parser: Reads files.
        stopwatch: Takes the times.
        retry_skipped: Read again what was skipped.
        passwords: By absolute path.
        cancel: Polled while reading.

    Attributes:
        n_characters: Text stored so far.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        collection_id: int,
        *,
        gone: dict[bytes, list[KnownFile]],
        parser: ParserProcess,
        stopwatch: Stopwatch,
        retry_skipped: bool,
        passwords: dict[str, str],
        cancel: CancelToken,
    ) -> None:
        self._catalogue = catalogue
        self._collection_id = collection_id
        self._gone = gone
        self._parser = parser
        self._stopwatch = stopwatch
        self._retry = retry_skipped
        self._passwords = passwords
        self._cancel = cancel
        self.n_characters = 0

    def handle(self, path: str, n_bytes: int, mtime_ns: int) -> FileEvent:
        """Return the final state of one scanned file.

        Raises:
            Cancelled: Nothing of this file was stored.
            DiskFull: Likewise.
        """
        known = self._catalogue.files.known(self._collection_id, path)
        file = Fingerprint(path, n_bytes, mtime_ns, readers=READERS)
        if known is not None and _looks_the_same(known, file) and not self._read_again(known):
            return _as_before(known, path)
        try:
            with self._stopwatch.timed("read"):
                file = replace(file, sha256=content_hash(path, n_bytes, self._cancel))
        except OSError as error:
            return self._skip(file, known, _opening_failed(path, error))
        same = self._same_content(known, file)
        if same is not None and not self._read_again(same):
            self._catalogue.files.move(same, file)
            if known is None:
                self._gone[file.sha256].remove(same)
            return _as_before(same, path)
        return self._read(file, known)

    def _read_again(self, known: KnownFile) -> bool:
        if known.skipped is None:
            return False
        asked = self._retry or known.fingerprint.path in self._passwords
        return asked or known.skipped.reason in _TRANSIENT or _mended(known.skipped)

    def _same_content(self, known: KnownFile | None, file: Fingerprint) -> KnownFile | None:
        if not file.sha256:
            return None
        if known is None:
            moved = self._gone.get(file.sha256)
            known = moved[-1] if moved else None
        if known is None or known.fingerprint.readers != file.readers:
            return None
        return known if known.fingerprint.sha256 == file.sha256 else None

    def _read(self, file: Fingerprint, known: KnownFile | None) -> FileEvent:
        try:
            with self._stopwatch.timed("read"):
                parsed = self._parser.read(
                    Path(file.path), self._passwords.get(file.path), self._cancel
                )
        except FileUnreadable as error:
            reason = SkipReason(error.reason)
            return self._skip(file, known, SkippedFile(file.path, reason, error.detail))
        with self._stopwatch.timed("chunk"):
            text, chunks = chunk(parsed)
            tables = tables_of(parsed)
        with self._stopwatch.timed("store"):
            self._catalogue.files.store_document(
                self._collection_id, file, parsed, text, chunks, tables
            )
        self.n_characters += len(text)
        return FileIndexed(file.path, len(chunks), parsed.notes)

    def _skip(
        self, file: Fingerprint, known: KnownFile | None, skipped: SkippedFile
    ) -> FileSkipped:
        if skipped.reason in _TRANSIENT and known is not None:
            return FileSkipped(skipped)  # what is stored stays until the file can be opened
        if skipped.reason != SkipReason.VANISHED:
            with self._stopwatch.timed("store"):
                self._catalogue.files.store_skipped(self._collection_id, file, skipped)
        return FileSkipped(skipped)


def _looks_the_same(known: KnownFile, file: Fingerprint) -> bool:
    before = known.fingerprint
    return (before.n_bytes, before.mtime_ns, before.readers) == (
        file.n_bytes,
        file.mtime_ns,
        file.readers,
    )


def _mended(skipped: SkippedFile) -> bool:
    """Tell whether another program than this one failed on a file: it may read it now."""
    failed = skipped.reason == SkipReason.READER_FAILED
    return failed and skipped.detail.data.get("version") != program_version()


def _as_before(known: KnownFile, path: str) -> FileEvent:
    if known.skipped is not None:
        return FileSkipped(replace(known.skipped, path=path))
    return FileUnchanged(path)


def _opening_failed(path: str, error: OSError) -> SkippedFile:
    if isinstance(error, FileNotFoundError):
        return SkippedFile(path, SkipReason.VANISHED, Notice("gone"))
    notice = Notice("not-allowed")
    if not isinstance(error, PermissionError):
        notice = Notice("not-opened", {"said": error.strerror or "unknown"})
    return SkippedFile(path, SkipReason.NO_PERMISSION, notice)
