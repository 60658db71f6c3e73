"""From a path to a parsed document: checks, then the reader that the content asks for."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from engine.documents import limits
from engine.documents.detection import detect, is_mail
from engine.documents.formats import TEXTUAL, Format
from engine.documents.office import sheets, slides, word
from engine.documents.opening import file_bytes
from engine.documents.pdf import reader as pdf
from engine.documents.source import Source, silent, unheard
from engine.documents.text_files import calendar, delimited, mail, markdown, plain_text, web_page
from engine.errors import FileUnreadable
from engine.records import ParsedDocument, SkipReason
from engine.version import program_version


def _mail(source: Source) -> ParsedDocument:
    return mail.read(source, read_source)


def _pdf(source: Source) -> ParsedDocument:
    return pdf.read(source, read_source)


def _word(source: Source) -> ParsedDocument:
    return word.read(source, read_source)


def _slides(source: Source) -> ParsedDocument:
    return slides.read(source, read_source)


READERS = 4
"""Raised when readers or passages change what is found in files: a file that was read with others
is read again at the next run. 1 read tables, numbers and pages more simply,
2 kept no tables, 3 read no pictures and fewer kinds of files."""

FORMATS = (
    Format("pdf", (".pdf",), _pdf),
    Format("docx", (".docx", ".docm", ".dotx", ".dotm"), _word),
    Format("pptx", (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"), _slides),
    Format("xlsx", (".xlsx", ".xlsm", ".xltx", ".xltm"), sheets.read),
    Format("html", (".html", ".htm", ".xhtml"), web_page.read),
    Format("mail", (".eml",), _mail),
    Format("text", (".md", ".markdown"), markdown.read),
    Format("text", (".csv", ".tsv"), delimited.read),
    Format("text", (".ics",), calendar.read),
    Format(
        "text",
        (".txt", ".text", ".log", ".rst", ".json", ".jsonl", ".ndjson", ".xml", ".yaml", ".yml"),
        plain_text.read,
    ),
)
"""Every format that has a reader; see docs/add-a-format.md."""

_BY_SUFFIX = {suffix: each for each in FORMATS for suffix in each.suffixes}
SUPPORTED_SUFFIXES: frozenset[str] = frozenset(_BY_SUFFIX)
"""Lower-case suffixes that have a reader."""

_OFFICE = ("docx", "pptx", "xlsx")
_LEGACY = {
    ".doc": ("Word", ".docx"),
    ".xls": ("Excel", ".xlsx"),
    ".ppt": ("PowerPoint", ".pptx"),
}
_LITTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})

# A value in the file that is none (a number, a date, a name of an encoding), or a container that
# ends too early: damage wherever it is met. What else a library raises on broken input is caught
# at the call; what comes through is a fault of ours.
_DAMAGE = (
    EOFError,
    ET.ParseError,
    OverflowError,
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


def _limit(path: Path) -> int | None:
    """Return how many bytes a file may have; None if there is no reader for it."""
    claimed = _BY_SUFFIX.get(path.suffix.lower())
    if claimed is None:
        return None
    textual = claimed.content in TEXTUAL
    return limits.MAX_TEXT_FILE_BYTES if textual else limits.MAX_FILE_BYTES


def _format(source: Source) -> Format:
    """Compare content with suffix and return the format to read."""
    claimed = _BY_SUFFIX.get(source.suffix)
    content = detect(source.data)
    if claimed is None:
        raise _no_reader(source, content)
    if claimed.accepts(content):
        return claimed
    if claimed.content == "mail" and content == "text":
        if is_mail(source.data):
            return claimed
        raise source.unreadable(SkipReason.WRONG_TYPE, "no-mail")
    if content == "encrypted-office" and claimed.content in _OFFICE:
        raise source.unreadable(SkipReason.ENCRYPTED, "password-needed")
    if content == "damaged-zip" and claimed.content in _OFFICE:
        raise source.unreadable(SkipReason.DAMAGED, "zip-broken")
    raise source.unreadable(
        SkipReason.WRONG_TYPE, "other-content", suffix=source.suffix, content=content
    )


def _no_reader(source: Source, content: str) -> FileUnreadable:
    if source.suffix in _LEGACY:
        program, save_as = _LEGACY[source.suffix]
        named = {"format": program, "save_as": save_as}
        return source.unreadable(SkipReason.UNSUPPORTED, "old-format", **named)
    return source.unreadable(SkipReason.UNSUPPORTED, "no-reader", content=content)


def read_source(source: Source) -> ParsedDocument:
    """Read bytes that may come from a file or from a mail.

    Raises:
        FileUnreadable: With one of the skip reasons; ``reader-failed`` stands for a fault of
            ours, which was given to ``source.report``.
    """
    if not source.data.strip(b"\0\t\n\r "):
        reason = SkipReason.EMPTY if not source.data else SkipReason.NO_TEXT
        raise source.unreadable(reason, "only-blanks")
    try:
        return _format(source).read(source)
    except FileUnreadable:
        raise
    except RecursionError as error:
        raise source.unreadable(SkipReason.DAMAGED, "nested-too-deeply") from error
    except _DAMAGE as error:
        raise source.damaged(error) from error
    except MemoryError as error:
        raise source.unreadable(SkipReason.OUT_OF_MEMORY, "memory-needed") from error
    except Exception as error:
        source.report(error)
        fault = {"error": type(error).__name__, "version": program_version()}
        raise source.unreadable(SkipReason.READER_FAILED, "reader-fault", **fault) from error


def read_document(
    path: Path,
    *,
    password: str | None = None,
    heartbeat: Callable[[float], None] = silent,
    report: Callable[[Exception], None] = unheard,
) -> ParsedDocument:
    """Read one file in this process.

    Args:
        path: The file.
        password: For encrypted PDFs; the empty password is always tried first.
        heartbeat: Called before long steps with the seconds they may take.
        report: Called with a fault of ours, while it is handled.

    Raises:
        FileUnreadable: ``reason`` is one of :class:`engine.records.SkipReason`.
    """
    data = file_bytes(path, _limit(path))
    name = unicodedata.normalize("NFC", path.name)  # macOS stores accents apart
    return read_source(Source(name, data, str(path), password, heartbeat=heartbeat, report=report))
