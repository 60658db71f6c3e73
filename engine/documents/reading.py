"""From a path to a parsed document: checks, then the reader that the content asks for."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

from engine.documents import limits
from engine.documents.detection import KIND_BY_SUFFIX, detect, is_mail
from engine.documents.source import Source
from engine.errors import FileUnreadable
from engine.records import ParsedDocument, SkipReason

SUPPORTED_SUFFIXES: frozenset[str] = frozenset(KIND_BY_SUFFIX)
"""Lower-case suffixes that have a reader."""

_READERS = {
    "pdf": "pdf.reader",
    "docx": "office.word",
    "pptx": "office.slides",
    "xlsx": "office.sheets",
    "html": "text_files.web_page",
    "mail": "text_files.mail",
    "text": "text_files.plain_text",
}
_OWN_READERS = {
    ".md": "text_files.markdown",
    ".markdown": "text_files.markdown",
    ".csv": "text_files.delimited",
    ".tsv": "text_files.delimited",
}
_TEXTUAL = frozenset({"text", "html", "mail"})
_LEGACY = {
    ".doc": "the old Word format; save it as .docx",
    ".xls": "the old Excel format; save it as .xlsx",
    ".ppt": "the old PowerPoint format; save it as .pptx",
}
_LITTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})

# What libraries raise on broken input. Anything else is our bug and stays visible.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    AssertionError,
    EOFError,
    ET.ParseError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def is_candidate(path: Path) -> bool:
    """Tell whether a scan should account for a file at all.

    Hidden files, lock files of Office (``~$report.docx``) and litter of file managers are
    not documents; everything else counts, if only to be listed as unsupported.
    """
    name = path.name
    return not (name.startswith((".", "~$", "~WRL")) or name.lower() in _LITTER)


def _load(path: Path, password: str | None, heartbeat: Callable[[float], None] | None) -> Source:
    def fault(reason: SkipReason, detail: str) -> FileUnreadable:
        return FileUnreadable(path=str(path), reason=reason.value, detail=detail)

    try:
        n_bytes = path.stat().st_size
        if not path.is_file():
            raise fault(SkipReason.UNSUPPORTED, "it is not a regular file")
        limit = limits.MAX_FILE_BYTES
        if KIND_BY_SUFFIX.get(path.suffix.lower()) in _TEXTUAL:
            limit = limits.MAX_TEXT_FILE_BYTES
        if n_bytes > limit and path.suffix.lower() in SUPPORTED_SUFFIXES:
            size = f"it has {n_bytes // limits.MIB:,} MiB; the limit is {limit // limits.MIB:,} MiB"
            raise fault(SkipReason.TOO_LARGE, size)
        if n_bytes == 0:
            raise fault(SkipReason.EMPTY, "the file has 0 bytes")
        with path.open("rb") as file:
            supported = path.suffix.lower() in SUPPORTED_SUFFIXES
            data = file.read(limit + 1 if supported else 4096)
    except FileNotFoundError as error:
        raise fault(SkipReason.VANISHED, "it is no longer there") from error
    except PermissionError as error:
        raise fault(SkipReason.NO_PERMISSION, "you may not read it") from error
    except OSError as error:
        detail = f"the disk or share reports: {error.strerror or error}"
        raise fault(SkipReason.DAMAGED, detail) from error
    source = Source(path.name, data, str(path), password)
    if heartbeat is None:
        return source
    return Source(path.name, data, str(path), password, heartbeat=heartbeat)


def _reader_name(source: Source) -> str:
    """Compare content with suffix and return the module of the reader."""
    claimed = KIND_BY_SUFFIX.get(source.suffix)
    if claimed is None:
        detail = _LEGACY.get(source.suffix) or f"there is no reader for {detect(source.data)[1]}"
        raise source.unreadable(SkipReason.UNSUPPORTED, detail)
    kind, name = detect(source.data)
    if kind == claimed or (claimed in ("text", "html") and kind in _TEXTUAL):
        return _OWN_READERS.get(source.suffix) or _READERS[claimed]
    if claimed == "mail" and kind == "text":
        if is_mail(source.data):
            return "mail"
        raise source.unreadable(SkipReason.WRONG_TYPE, "it does not begin like an e-mail")
    if kind == "encrypted-office" and claimed in ("docx", "pptx", "xlsx"):
        raise source.unreadable(SkipReason.ENCRYPTED, "it is protected with a password")
    if name == "a damaged zip archive" and claimed in ("docx", "pptx", "xlsx"):
        raise source.unreadable(SkipReason.DAMAGED, "its zip container is broken or cut off")
    detail = f"its name ends in {source.suffix}, but the content is {name}"
    raise source.unreadable(SkipReason.WRONG_TYPE, detail)


def read_source(source: Source) -> ParsedDocument:
    """Read bytes that may come from a file or from a mail.

    Raises:
        FileUnreadable: With one of the skip reasons.
    """
    if not source.data.strip(b"\0\t\n\r "):
        reason = SkipReason.EMPTY if not source.data else SkipReason.NO_TEXT
        raise source.unreadable(reason, "there is nothing in it but blanks")
    module = import_module(f"engine.documents.{_reader_name(source)}")
    read = cast(Callable[[Source], ParsedDocument], module.read)
    try:
        return read(source)
    except RecursionError as error:
        raise source.unreadable(SkipReason.DAMAGED, "it is nested too deeply") from error
    except _DAMAGE as error:
        detail = f"its structure is broken ({type(error).__name__}: {str(error)[:120]})"
        raise source.unreadable(SkipReason.DAMAGED, detail) from error
    except MemoryError as error:
        detail = "reading it needs more memory than is allowed"
        raise source.unreadable(SkipReason.OUT_OF_MEMORY, detail) from error


def read_document(
    path: Path,
    *,
    password: str | None = None,
    heartbeat: Callable[[float], None] | None = None,
) -> ParsedDocument:
    """Read one file in this process.

    Args:
        path: The file.
        password: For encrypted PDFs; the empty password is always tried first.
        heartbeat: Called before long steps with the seconds they may take.

    Raises:
        FileUnreadable: ``reason`` is one of :class:`engine.records.SkipReason`.
    """
    return read_source(_load(path, password, heartbeat))
