"""Documents within a document: parts that Word inserts, and embedded workbooks and the like."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from engine.documents.detection import detect, is_mail
from engine.documents.limits import MAX_ATTACHMENT_DEPTH
from engine.documents.office.archive import Package
from engine.documents.source import Reader
from engine.errors import FileUnreadable
from engine.records import Block, Notice

INNER_RELATIONS = frozenset({"aFChunk", "package", "oleObject"})
"""Types of the relations that lead to a document within."""

_MAX_DOCUMENTS = 50
"""Each is a document of its own; a report that some system assembled has a dozen."""

_MAX_NOTES = 20

_SUFFIXES = {
    "html": ".html",
    "docx": ".docx",
    "pptx": ".pptx",
    "xlsx": ".xlsx",
    "pdf": ".pdf",
    "mail": ".eml",
    "text": ".txt",
}
_TEXT_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xml", ".csv", ".md"})
_OLD = frozenset({"old-office", "doc", "xls", "ppt"})


class InnerDocuments:
    """Reads what lies within one document.

    Args:
        package: The document.
        read_inner: Reads a document of any format; None if nothing within is to be read.

    Attributes:
        notes: What could not be read, so far.
    """

    def __init__(self, package: Package, read_inner: Reader | None) -> None:
        self._package = package
        self._read_inner = read_inner
        self._n_read = 0
        self.notes: list[Notice] = []

    def blocks(self, part: str) -> Iterator[Block]:
        """Yield the text of an inner document; each is read once."""
        name = posixpath.basename(part)
        source = self._package.source
        if self._read_inner is None or source.depth >= MAX_ATTACHMENT_DEPTH:
            self.notes.append(Notice("inserted-too-deep", {"inserted": name}))
            return
        try:
            data = self._package.read(part)
            self._n_read += 1
            if self._n_read > _MAX_DOCUMENTS or detect(data) in _OLD:
                if len(self.notes) < _MAX_NOTES:  # a text with formulas has hundreds
                    self.notes.append(Notice("object-not-read", {"inserted": name}))
                return
            inner = self._read_inner(source.attachment(_named(name, data), data))
        except FileUnreadable as error:
            skipped = Notice.caused(
                "inserted-skipped", error.detail, inserted=name, reason=error.reason
            )
            self.notes.append(skipped)
            return
        self.notes.extend(_inside(name, note) for note in inner.notes)
        yield from (block for block in inner.blocks if not _is_frame(block))


def _inside(name: str, note: Notice) -> Notice:
    """Return a note on an inner document as one on the whole."""
    if "inserted" in note.data:
        return replace(note, data={**note.data, "inserted": f"{name} > {note.data['inserted']}"})
    return note if note.cause() else Notice.caused("inserted-note", note, inserted=name)


def _is_frame(block: Block) -> bool:
    """Tell whether a block is the header of a web archive, which is stored as a mail."""
    return block.location.kind == "part" and block.location.name == "header"


def _named(name: str, data: bytes) -> str:
    """Return a name that says what the content is: such parts have any name."""
    stem, suffix = posixpath.splitext(name)
    content = "mail" if is_mail(data) or suffix in (".mht", ".mhtml") else detect(data)
    if content == "text" and suffix in _TEXT_SUFFIXES:
        return name  # a fragment of a page does not look like one
    return stem + _SUFFIXES.get(content, suffix)
