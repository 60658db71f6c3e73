"""What the engine's verbs yield while they work. Frozen; safe to send to another thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.records import (
    Answer,
    Comparison,
    Conversation,
    Coverage,
    Extract,
    IndexSummary,
    Notice,
    RetrievedPassage,
    SkippedFile,
)

# --- index -------------------------------------------------------------------------


@dataclass(frozen=True)
class ScanFinished:
    """All files are known.

    Attributes:
        n_files: Files found.
        n_bytes: Their total size.
    """

    n_files: int
    n_bytes: int


@dataclass(frozen=True)
class FileIndexed:
    """A new or changed file is stored and lexically searchable.

    Attributes:
        path: Absolute path.
        n_passages: Passages stored.
        notes: Parts that could not be read.
    """

    path: str
    n_passages: int
    notes: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class FileUnchanged:
    """A file whose content is already stored; nothing was written."""

    path: str


@dataclass(frozen=True)
class FileSkipped:
    """A file that could not be read; nothing stopped."""

    file: SkippedFile


@dataclass(frozen=True)
class FileRemoved:
    """A document whose file is gone from a source that is online."""

    path: str


@dataclass(frozen=True)
class SourceOffline:
    """A source that is away; its index is kept and stays searchable."""

    path: str


@dataclass(frozen=True)
class IndexProgressed:
    """How far the run is.

    Attributes:
        stage: ``read`` (files) or ``embed`` (passages).
        n_done: Units finished in this stage.
        n_total: Units of this stage.
        eta_s: Estimated seconds to the end of the run; None while unknown.
        current: Path in hand; empty in ``embed``.
    """

    stage: str
    n_done: int
    n_total: int
    eta_s: float | None
    current: str = ""


@dataclass(frozen=True)
class IndexFinished:
    """Last event of ``index``; also after a cancel.

    Attributes:
        summary: One final state per scanned file.
        cancelled: True if the user stopped the run; the next run continues.
    """

    summary: IndexSummary
    cancelled: bool = False


IndexEvent = (
    ScanFinished
    | FileIndexed
    | FileUnchanged
    | FileSkipped
    | FileRemoved
    | SourceOffline
    | IndexProgressed
    | IndexFinished
)

# --- ask ---------------------------------------------------------------------------


@dataclass(frozen=True)
class PassagesRetrieved:
    """The evidence is fixed.

    Attributes:
        search_query: What was searched for.
        passages: Ranked and numbered.
        coverage: What the search could see.
        duration_ms: Retrieval time.
    """

    search_query: str
    passages: tuple[RetrievedPassage, ...]
    coverage: Coverage
    duration_ms: float


@dataclass(frozen=True)
class ExtractsFound:
    """The supporting sentences, before any token is generated."""

    extracts: tuple[Extract, ...]


@dataclass(frozen=True)
class PromptPrefilled:
    """Progress of reading the prompt.

    Attributes:
        n_done: Prompt tokens processed.
        n_total: Prompt tokens in all.
    """

    n_done: int
    n_total: int


@dataclass(frozen=True)
class AnswerProgressed:
    """How far an answer is that looks at more than a few passages.

    Attributes:
        stage: ``scan`` (passages) or ``write`` (parts of a text that are written one by one).
        n_done: Units done.
        n_total: Units in all.
    """

    stage: Literal["scan", "write"]
    n_done: int
    n_total: int


@dataclass(frozen=True)
class TokensGenerated:
    """A piece of the answer; complete Unicode, not one token each."""

    text: str


@dataclass(frozen=True)
class AnswerFinished:
    """Last event of ``ask``; citations are verified.

    Attributes:
        answer: The complete answer; its text replaces what was streamed.
        turn_id: Row of the stored turn; 0 if the answer is not kept.
        conversation: The conversation it is stored in, as it is now; None if it is not kept.
    """

    answer: Answer
    turn_id: int = 0
    conversation: Conversation | None = None


ReadAheadEvent = PassagesRetrieved | PromptPrefilled
AnswerEvent = (
    PassagesRetrieved
    | ExtractsFound
    | AnswerProgressed
    | PromptPrefilled
    | TokensGenerated
    | AnswerFinished
)

# --- compare -----------------------------------------------------------------------


@dataclass(frozen=True)
class SideProgressed:
    """Something happened on one side of a comparison.

    Attributes:
        side: 0 or 1.
        event: ``PromptPrefilled`` or ``TokensGenerated``; ``AnswerFinished`` ends the side.
    """

    side: int
    event: PromptPrefilled | TokensGenerated | AnswerFinished


@dataclass(frozen=True)
class ComparisonFinished:
    """Last event of ``compare``.

    Attributes:
        comparison: Both answers and where they looked.
        stopped: True if the user pressed stop; a side that never ran has an empty answer.
    """

    comparison: Comparison
    stopped: bool = False


CompareEvent = PassagesRetrieved | ExtractsFound | SideProgressed | ComparisonFinished
