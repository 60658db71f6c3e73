"""Collections, their sources, and what became of each file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.records.documents import SkipReason
from engine.records.notices import Notice

FileState = Literal["indexed", "unchanged", "skipped"]


@dataclass(frozen=True)
class Collection:
    """A named set of sources.

    Attributes:
        id: Row in the catalogue.
        name: Any non-blank text; unique.
        n_documents: Documents that can be searched.
        n_skipped: Files that could not be read.
        n_passages: Passages stored.
        n_pending: Passages whose vectors are still missing (lexically searchable).
    """

    id: int
    name: str
    n_documents: int
    n_skipped: int
    n_passages: int
    n_pending: int


@dataclass(frozen=True)
class WatchedSource:
    """A folder or file that a collection watches.

    Attributes:
        id: Row in the catalogue.
        path: Absolute path.
        online: False while the path (a USB stick, a share) is away; its index is kept.
    """

    id: int
    path: str
    online: bool


@dataclass(frozen=True)
class SkippedFile:
    """One file that is not searchable, and why.

    Attributes:
        path: Absolute path.
        reason: Machine-readable reason.
        detail: What exactly; codes in :mod:`engine.records.file_notices`.
    """

    path: str
    reason: SkipReason
    detail: Notice


@dataclass(frozen=True)
class PartlyReadFile:
    """One file that is searchable but for some of its parts.

    Attributes:
        path: Absolute path.
        notes: What is missing, in the order of the document.
    """

    path: str
    notes: tuple[Notice, ...]


@dataclass(frozen=True)
class IndexSummary:
    """The result of one ``index`` run; every scanned file counts exactly once.

    Attributes:
        n_indexed: New or changed files read and stored.
        n_unchanged: Files whose content was already stored.
        n_removed: Documents whose file was deleted from an online source.
        skipped: Files that could not be read.
        n_passages: Passages in the collection afterwards.
        duration_s: Wall time.
        stage_s: Seconds per stage: ``scan, read, chunk, store, embed, vectors``.
    """

    n_indexed: int
    n_unchanged: int
    n_removed: int
    skipped: tuple[SkippedFile, ...]
    n_passages: int
    duration_s: float
    stage_s: dict[str, float] = field(default_factory=dict)
