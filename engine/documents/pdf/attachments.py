"""Files that are attached to a PDF, portfolios among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.documents.attached import attached_blocks, attached_notes
from engine.documents.cleaning import one_line
from engine.documents.limits import MAX_ATTACHMENT_DEPTH, MAX_MEMBER_BYTES
from engine.documents.source import Reader, Source
from engine.errors import FileUnreadable
from engine.records import Block, Notice

_MAX_FILES = 200

Attachment = tuple[str, bytes | None]
"""Name and content; None where the file does not hold it or it is too large."""


def attachments(document: Any) -> list[Attachment]:
    """Return what is attached to an open document; the caller holds the lock."""
    from pypdfium2 import PdfiumError

    found: list[Attachment] = []
    n_bytes = 0
    for index in range(min(document.count_attachments(), _MAX_FILES)):
        name = f"file {index + 1}"
        data: bytes | None = None
        try:
            attachment = document.get_attachment(index)
            stated = one_line(attachment.get_name()).replace("/", "_").replace("\\", "_")
            name = stated or name
            data = bytes(attachment.get_data())
        except PdfiumError:
            data = None
        n_bytes += len(data or b"")
        found.append((name, data if n_bytes <= MAX_MEMBER_BYTES else None))
    return found


def read_attachments(
    found: Sequence[Attachment], source: Source, read_inner: Reader | None
) -> tuple[list[Block], list[Notice]]:
    """Read attached files; what cannot be read is noted.

    Args:
        found: The files.
        source: The PDF.
        read_inner: Reads a document of any format; None if attachments are not read.
    """
    blocks: list[Block] = []
    notes: list[Notice] = []
    for name, data in found:
        if read_inner is None or source.depth >= MAX_ATTACHMENT_DEPTH:
            notes.append(Notice("attachment-too-deep", {"attachment": name}))
            continue
        try:
            if data is None:
                raise source.damaged(ValueError("no content"))
            document = read_inner(source.attachment(name, data))
        except FileUnreadable as error:
            skipped = Notice.caused(
                "attachment-skipped", error.detail, attachment=name, reason=error.reason
            )
            notes.append(skipped)
            continue
        blocks += attached_blocks(document, name)
        notes += attached_notes(document, name)
    return blocks, notes
