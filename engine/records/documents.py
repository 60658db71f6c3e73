"""Documents as their readers and the chunker see them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from engine.records.notices import Notice


class SkipReason(StrEnum):
    """Why a file is not searchable; the closed list that people see."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    WRONG_TYPE = "wrong-type"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too-large"
    NO_TEXT = "no-text"
    NO_PERMISSION = "no-permission"
    TIMED_OUT = "timed-out"
    OUT_OF_MEMORY = "out-of-memory"
    CRASHED = "crashed"
    READER_FAILED = "reader-failed"
    VANISHED = "vanished"


LocationKind = Literal["page", "paragraph", "sheet", "slide", "part", "section", "line"]


@dataclass(frozen=True)
class Location:
    """A place in a document that a person can find again.

    Attributes:
        kind: What ``first`` and ``last`` count.
        first: 1-based page, paragraph, slide, line, or row of a sheet; 0 where unused.
        last: Inclusive; equals ``first`` for a single one.
        name: Sheet name and cell range (``Prices!A2:D9``), mail part, heading trail.
    """

    kind: LocationKind
    first: int = 0
    last: int = 0
    name: str = ""

    def __str__(self) -> str:
        """Return the English label: ``page 3``, ``paragraphs 4-6``, ``sheet Prices!A2:D9``."""
        if self.kind in ("sheet", "part", "section"):
            return f"{self.kind} {self.name}".strip()
        label = f"{self.kind} {self.first}"
        if self.last > self.first:
            label = f"{self.kind}s {self.first}-{self.last}"
        return f"{label} ({self.name})" if self.name else label

    def to(self, other: Location) -> Location:
        """Return the span from this place to a later one of the same kind."""
        if other.kind != self.kind or other == self:
            return self
        return Location(self.kind, self.first, max(self.last, other.last, other.first), self.name)


@dataclass(frozen=True, slots=True)
class TableHead:
    """What a table calls its columns.

    Attributes:
        columns: Full name by grid column; empty where there is none.
        caption: Title that stands above it in the same sheet or table; may be empty.
    """

    columns: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """Where the cells of a row of a table stand in the text of its block.

    Attributes:
        head: Of the table; rows that share it and follow each other are of one table.
        cells: Grid column, start and end in the block's text; column -1 is the section, a title
            within the table under which the row stands.
        is_first: Whether a table begins with this row.
        is_total: Whether it adds up others.
    """

    head: TableHead
    cells: tuple[tuple[int, int, int], ...]
    is_first: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Block:
    """A run of text with one location: a page, paragraph, table row, slide, mail part.

    Attributes:
        text: Text as a person would read it; NFC, LF line ends, no NUL.
        location: Where it stands.
        heading: Trail of headings above it, outermost first, `` > `` between; may be empty.
        joined: True if the block continues the one before it (no boundary between them).
        atomic: True if the block should not be split while it fits a chunk (a table row).
        row: Its cells, if it is a row of a table whose columns have names.
    """

    text: str
    location: Location
    heading: str = ""
    joined: bool = False
    atomic: bool = False
    row: TableRow | None = None


@dataclass(frozen=True)
class ParsedDocument:
    """What a reader makes of one file.

    Attributes:
        title: Title from the document's metadata or first heading; the file name if none.
        blocks: In reading order; never empty (a reader raises ``no-text`` instead).
        media_type: What the content is, by its bytes, e.g. ``application/pdf``.
        modified_in_document: A date that the document states of itself (mail date, PDF
            modification date), seconds since the epoch; None if it states none.
        notes: Parts that could not be read; codes in :mod:`engine.records.file_notices`.
    """

    title: str
    blocks: tuple[Block, ...]
    media_type: str
    modified_in_document: float | None = None
    notes: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Chunk:
    """One passage before it is stored.

    Attributes:
        start: Offset of the first character in the document's text.
        end: Offset past the last.
        text: Exactly ``document_text[start:end]``.
        context: Title and heading trail; embedded and indexed with the text, never cited.
        location: Where the passage starts and ends.
    """

    start: int
    end: int
    text: str
    context: str
    location: Location


@dataclass(frozen=True)
class DocumentRef:
    """A document as lists and citations name it.

    Attributes:
        id: Row in the catalogue.
        name: File name without folders.
        path: Absolute path when last seen; identity together with the content hash.
        title: What the document calls itself.
        modified: Modification time of the file.
        media_type: By content.
    """

    id: int
    name: str
    path: str
    title: str
    modified: float
    media_type: str


@dataclass(frozen=True)
class Passage:
    """A stored chunk.

    Attributes:
        id: Row in the catalogue.
        document: Where it comes from.
        ordinal: 0-based position among the document's passages.
        start: Offset into the document's text.
        end: Offset past the last character.
        text: The exact slice.
        context: Title and heading trail.
        location: Page, cell range, slide, ...
    """

    id: int
    document: DocumentRef
    ordinal: int
    start: int
    end: int
    text: str
    context: str
    location: Location
