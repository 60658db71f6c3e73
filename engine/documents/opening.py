"""From a path to bytes: what is checked before any reader sees a file."""

from __future__ import annotations

from pathlib import Path

from engine.documents import limits
from engine.errors import FileUnreadable
from engine.records import Notice, SkipReason

_SNIFFED_BYTES = 4096
"""Read of a file that has no reader, to say what it is."""


def file_bytes(path: Path, limit: int | None) -> bytes:
    """Return the content of a file.

    Args:
        path: The file.
        limit: Bytes it may have; None reads just its beginning.

    Raises:
        FileUnreadable: It is away, empty, too large, no file, or may not be read.
    """
    try:
        n_bytes = path.stat().st_size
        if not path.is_file():
            raise _fault(path, SkipReason.UNSUPPORTED, "not-regular")
        if limit is not None and n_bytes > limit:
            size = {"mib": n_bytes // limits.MIB, "limit_mib": limit // limits.MIB}
            raise _fault(path, SkipReason.TOO_LARGE, "over-size", **size)
        if n_bytes == 0:
            raise _fault(path, SkipReason.EMPTY, "no-bytes")
        with path.open("rb") as file:
            return file.read(_SNIFFED_BYTES if limit is None else limit + 1)
    except FileNotFoundError as error:
        raise _fault(path, SkipReason.VANISHED, "gone") from error
    except PermissionError as error:
        raise _fault(path, SkipReason.NO_PERMISSION, "not-allowed") from error
    except OSError as error:
        said = error.strerror or str(error)
        raise _fault(path, SkipReason.DAMAGED, "disk-error", said=said) from error


def _fault(path: Path, reason: SkipReason, code: str, **data: str | int) -> FileUnreadable:
    return FileUnreadable(path=str(path), reason=reason.value, detail=Notice(code, data))
