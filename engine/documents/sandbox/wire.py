"""What goes through the pipe between the program and its parser: JSON, never pickles.

The parser handles hostile files; what it sends back is data to be checked, and unpickling
would run whatever a broken parser wants. JSON is also smaller and faster here. Strings
that many blocks share (headings, names) are sent once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, cast, get_args

from engine.records import Block, Location, LocationKind, Notice, ParsedDocument
from engine.records.file_notices import FILE_NOTICES

_KINDS: tuple[str, ...] = get_args(LocationKind)
_MAX_TRACE_CHARACTERS = 16_384
"""A traceback of forty frames has about 6,000."""
_NOT_IN_LOG = re.compile(r"[^\n -~]")


class _Strings:
    """Numbers strings in the order of their first use."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.number.setdefault(text, len(self.number))


def _flags(block: Block) -> int:
    return int(block.joined) + 2 * int(block.atomic)


def _rows(blocks: Iterable[Block], strings: _Strings) -> list[list[Any]]:
    return [
        [
            block.text,
            _KINDS.index(block.location.kind),
            block.location.first,
            block.location.last,
            strings(block.location.name),
            strings(block.heading),
            _flags(block),
        ]
        for block in blocks
    ]


def packed(document: ParsedDocument) -> bytes:
    """Return a document as bytes.

    A title that is a file name may hold bytes that are no Unicode; they become ``?``.
    """
    strings = _Strings()
    rows = _rows(document.blocks, strings)
    notes = [[note.code, dict(note.data)] for note in document.notes]
    head = [document.title, document.media_type, document.modified_in_document, notes]
    text = json.dumps([head, list(strings.number), rows], ensure_ascii=False)
    return text.encode("utf-8", "replace")


def unpacked(data: bytes) -> ParsedDocument:
    """Return the document again."""
    (title, media_type, modified, notes), strings, rows = json.loads(data)
    blocks = tuple(
        Block(
            text,
            Location(cast(LocationKind, _KINDS[kind]), first, last, strings[name]),
            strings[heading],
            joined=bool(flags & 1),
            atomic=bool(flags & 2),
        )
        for text, kind, first, last, name, heading, flags in rows
    )
    return ParsedDocument(title, blocks, media_type, modified, tuple(map(notice_of, notes)))


def notice_of(value: Any) -> Notice:
    """Return a notice from its code and data.

    Raises:
        ValueError: It is none that a reader has.
    """
    code, data = value
    if code not in FILE_NOTICES or not isinstance(data, dict):
        raise ValueError("the parser sent no notice of a file")
    return Notice(str(code), data)


def trace_of(body: bytes) -> str:
    """Return a traceback as it may stand in the log: cut, printable, English."""
    return _NOT_IN_LOG.sub("?", str(json.loads(body))[:_MAX_TRACE_CHARACTERS])
