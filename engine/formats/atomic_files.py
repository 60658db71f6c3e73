"""Hashes, copies and replacements that never leave half a file under its final name."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import DiskFull

BLOCK = 1 << 22
"""4 MiB: large enough for full disk speed, small enough to react to a cancel."""


def sha256_of(path: Path, poll: Callable[[], None] = lambda: None) -> str:
    """Return the SHA-256 of a file, hexadecimal; ``poll`` may raise to stop."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            poll()
            digest.update(block)
    return digest.hexdigest()


def copy_blocks(source: Path, target: Path, poll: Callable[[], None]) -> Iterator[tuple[int, str]]:
    """Copy a file and yield after each block ``(bytes so far, SHA-256 so far)``.

    The last pair is that of the whole file. ``poll`` may raise to stop.
    """
    digest = hashlib.sha256()
    n_done = 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(BLOCK):
            poll()
            digest.update(block)
            writing.write(block)
            n_done += len(block)
            yield n_done, digest.hexdigest()
        writing.flush()
        os.fsync(writing.fileno())
    if not n_done:
        yield 0, digest.hexdigest()


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target`` that takes its place when the block succeeds.

    The temporary file or folder is removed when the block fails; a full disk becomes
    :class:`engine.errors.DiskFull`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    remove(partial)
    try:
        yield partial
        if target.is_dir():
            shutil.rmtree(target)
        partial.replace(target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=str(target)) from error
        raise
    finally:
        remove(partial)


def remove(path: Path) -> None:
    """Remove a file or folder if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def size_of(path: Path) -> int:
    """Return the size of a file, or of all files under a folder, in bytes."""
    if path.is_dir():
        return sum(item.stat().st_size for item in path.rglob("*") if item.is_file())
    return path.stat().st_size
