"""The files in a zip archive that is attached to a mail, within limits."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.documents import limits
from engine.documents.cleaning import one_line
from engine.documents.detection import ZIP_ERRORS
from engine.documents.encoding import decode
from engine.documents.source import Source
from engine.records import SkipReason

MAX_FILES = 200
"""Over all archives of a mail; each is a document of its own."""

MAX_BYTES = 256 * limits.MIB
"""Unpacked, over all archives of a mail."""

_UTF8_NAME = 0x800


@dataclass
class Budget:
    """What the archives of one mail may still hold.

    Attributes:
        n_files: Files that may be read.
        n_bytes: Bytes that may be unpacked.
    """

    n_files: int = MAX_FILES
    n_bytes: int = MAX_BYTES


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows of Japan stores them in CP932 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = decode(name.encode("cp437"))
    return one_line(name).replace("\\", "/")


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(_name(info))
    is_hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in path.parts)
    return not info.is_dir() and not is_hidden


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return (
        info.file_size > limits.RATIO_MATTERS_ABOVE_BYTES
        and info.file_size > limits.MAX_COMPRESSION_RATIO * max(info.compress_size, 1)
    )


def files(source: Source, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files of an archive while the budget lasts.

    Raises:
        FileUnreadable: Broken, protected, or made to unpack without end.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except ZIP_ERRORS as error:
        raise source.unreadable(SkipReason.DAMAGED, "zip-broken") from error
    infos = [info for info in archive.infolist() if _is_wanted(info)]
    if any(info.flag_bits & 1 for info in infos):
        raise source.unreadable(SkipReason.ENCRYPTED, "zip-password")
    total = sum(info.file_size for info in infos)
    if any(map(_is_bomb, infos)) or total > limits.MAX_UNPACKED_BYTES:
        mib = total // limits.MIB
        raise source.unreadable(SkipReason.TOO_LARGE, "zip-bomb", mib=mib)
    for info in infos:
        if budget.n_files <= 0 or info.file_size > budget.n_bytes:
            return
        budget.n_files -= 1
        budget.n_bytes -= info.file_size
        try:
            with archive.open(info) as member:
                # zipfile never gives more than the declared size.
                data = member.read(info.file_size + 1)
        except ZIP_ERRORS as error:
            raise source.unreadable(SkipReason.DAMAGED, "zip-broken") from error
        yield _name(info), data


def n_files(source: Source) -> int:
    """Return how many files an archive has that would be read; 0 if it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return sum(map(_is_wanted, archive.infolist()))
    except ZIP_ERRORS:
        return 0
