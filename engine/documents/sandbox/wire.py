"""What goes through the pipe between the program and its parser: JSON, never pickles.

The parser handles hostile files; what it sends back is data to be checked, and unpickling
would run whatever a broken parser wants. JSON is also smaller and faster here. Strings
that many blocks share (headings, names) are sent once.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, cast, get_args

from engine.records import (
    Block,
    Location,
    LocationKind,
    Notice,
    ParsedDocument,
    TableHead,
    TableRow,
)
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


class _Heads:
    """Numbers the names of tables in the order of their first use; rows share them."""

    def __init__(self) -> None:
        self._number: dict[int, int] = {}
        self._found: list[TableHead] = []

    def __call__(self, head: TableHead) -> int:
        """Return the number of a head; it is known by its identity."""
        number = self._number.get(id(head))
        if number is None:
            number = self._number[id(head)] = len(self._found)
            self._found.append(head)
        return number

    def packed(self) -> list[list[Any]]:
        """Return the heads in the order of their numbers."""
        return [[head.caption, *head.columns] for head in self._found]


def _flags(block: Block) -> int:
    row = block.row
    of_row = (4 * int(row.is_first) + 8 * int(row.is_total)) if row else 0
    return int(block.joined) + 2 * int(block.atomic) + of_row


def _rows(blocks: Iterable[Block], strings: _Strings, heads: _Heads) -> list[list[Any]]:
    rows: list[list[Any]] = [
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
    for block, packed_row in zip(blocks, rows, strict=True):
        if block.row is not None:
            packed_row.append(heads(block.row.head))
            packed_row.extend(itertools.chain.from_iterable(block.row.cells))
    return rows


def _row(
    flags: int, heads: Sequence[TableHead], number: int, places: Sequence[int], n_characters: int
) -> TableRow:
    """Return the cells of a row.

    Raises:
        ValueError: One does not lie within the text, or in no column.
    """
    head = heads[number]
    cells = tuple(zip(places[::3], places[1::3], places[2::3], strict=True))
    for column, start, end in cells:
        if not (-1 <= column < len(head.columns) and 0 <= start <= end <= n_characters):
            raise ValueError("the parser sent a cell outside of its row")
    return TableRow(head, cells, bool(flags & 4), bool(flags & 8))


def packed(document: ParsedDocument) -> bytes:
    """Return a document as bytes.

    A title that is a file name may hold bytes that are no Unicode; they become ``?``.
    """
    strings, heads = _Strings(), _Heads()
    rows = _rows(document.blocks, strings, heads)
    notes = [[note.code, dict(note.data)] for note in document.notes]
    head = [document.title, document.media_type, document.modified_in_document, notes]
    text = json.dumps([head, list(strings.number), heads.packed(), rows], ensure_ascii=False)
    return text.encode("utf-8", "replace")


def unpacked(data: bytes) -> ParsedDocument:
    """Return the document again."""
    (title, media_type, modified, notes), strings, packed_heads, rows = json.loads(data)
    heads = [TableHead(tuple(columns), caption) for caption, *columns in packed_heads]
    blocks = tuple(
        Block(
            text,
            Location(cast(LocationKind, _KINDS[kind]), first, last, strings[name]),
            strings[heading],
            joined=bool(flags & 1),
            atomic=bool(flags & 2),
            row=_row(flags, heads, cells[0], cells[1:], len(text)) if cells else None,
        )
        for text, kind, first, last, name, heading, flags, *cells in rows
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
