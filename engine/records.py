"""Immutable values that cross threads and rooms.

Offsets are in Unicode code points, half-open, into the stored text of a document
(``document_text[start:end] == passage.text``, always). Scores are higher-better.
Times are UTC seconds since the epoch unless the name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

# --- documents ---------------------------------------------------------------------


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


@dataclass(frozen=True)
class Block:
    """A run of text with one location: a page, paragraph, table row, slide, mail part.

    Attributes:
        text: Text as a person would read it; NFC, LF line ends, no NUL.
        location: Where it stands.
        heading: Trail of headings above it, outermost first, `` > `` between; may be empty.
        joined: True if the block continues the one before it (no boundary between them).
        atomic: True if the block should not be split while it fits a chunk (a table row).
    """

    text: str
    location: Location
    heading: str = ""
    joined: bool = False
    atomic: bool = False


@dataclass(frozen=True)
class ParsedDocument:
    """What a reader makes of one file.

    Attributes:
        title: Title from the document's metadata or first heading; the file name if none.
        blocks: In reading order; never empty (a reader raises ``no-text`` instead).
        media_type: What the content is, by its bytes, e.g. ``application/pdf``.
        modified_in_document: A date that the document states of itself (mail date, PDF
            modification date), seconds since the epoch; None if it states none.
        notes: Parts that could not be read, one English line each: ``page 4: no text``.
    """

    title: str
    blocks: tuple[Block, ...]
    media_type: str
    modified_in_document: float | None = None
    notes: tuple[str, ...] = ()


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


# --- collections and files -----------------------------------------------------------

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
class Source:
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
        detail: English sentence fragment for people.
    """

    path: str
    reason: SkipReason
    detail: str


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


# --- retrieval ---------------------------------------------------------------------

Retriever = Literal["hybrid", "dense", "lexical"]


@dataclass(frozen=True)
class RetrievedPassage:
    """A passage in a ranking.

    Attributes:
        number: 1-based rank; the number that citations use.
        passage: The passage.
        score: Fused score (hybrid), cosine similarity (dense) or BM25, higher better.
        lexical_rank: 1-based rank in the full-text list, None if absent.
        dense_rank: 1-based rank in the vector list, None if absent.
        similarity: Cosine similarity to the question in [-1, 1]; None if not computed.
        also_in: Passages with the same text elsewhere; they take no rank of their own.
    """

    number: int
    passage: Passage
    score: float
    lexical_rank: int | None = None
    dense_rank: int | None = None
    similarity: float | None = None
    also_in: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """What the search could see.

    Attributes:
        n_files_searched: Documents in the collection.
        n_files_unreadable: Files skipped with a reason.
        n_passages_pending: Passages searched lexically only; their vectors follow.
    """

    n_files_searched: int
    n_files_unreadable: int
    n_passages_pending: int = 0


@dataclass(frozen=True)
class Extract:
    """A sentence quoted from a document because it supports the answer.

    Attributes:
        number: Number of the retrieved passage it stands in.
        quote: Exactly ``document_text[start:end]``.
        start: Offset into the document's text.
        end: Offset past the last character.
        score: Support for the question, in [0, 1].
    """

    number: int
    quote: str
    start: int
    end: int
    score: float


# --- answers -----------------------------------------------------------------------

AttentionMode = Literal["baseline", "lora", "difflora", "diff-v2", "selective", "contrast"]
PrefillMode = Literal["dense", "delta", "robust-sparse"]
KernelChoice = Literal["auto", "llama.cpp", "cpu", "opencl"]
"""Who computes attention; ``llama.cpp`` is its own code, untouched (``baseline`` only)."""


@dataclass(frozen=True)
class AttentionUse:
    """Which attention an answer really ran with.

    Attributes:
        mode: Attention map variant.
        prefill: Prefill variant that was asked for.
        kernel: What computed it: ``llama.cpp`` or one of our backends.
        device: Device name as the backend reports it.
        adapter: Name of the adapter file; empty if the mode needs none.
        notes: English sentences on what switched itself off, and why.
    """

    mode: AttentionMode
    prefill: PrefillMode
    kernel: str
    device: str
    adapter: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceAttention:
    """Where the tokens of an answer looked, by source.

    Attributes:
        numbers: Passage numbers, in the order of the columns.
        mass: ``[n_layers][n_passages]`` attention on each passage's tokens, mean over query
            heads and answer tokens; the rest of a row's 1 lies on the other tokens of the
            prompt. Net of the subtracted map for differential modes, so it may be negative.
    """

    numbers: tuple[int, ...]
    mass: tuple[tuple[float, ...], ...]

    def shares(self) -> tuple[float, ...]:
        """Return each passage's part of all attention on passages, mean over layers."""
        n_layers = max(len(self.mass), 1)
        columns = [sum(row[i] for row in self.mass) / n_layers for i in range(len(self.numbers))]
        total = sum(columns)
        return tuple(c / total if total > 0 else 0.0 for c in columns)


@dataclass(frozen=True)
class Citation:
    """One sentence of an answer tied to stored text.

    Attributes:
        number: Number of the cited passage; 0 if no passage supports the sentence.
        sentence: The sentence of the answer.
        quote: The stored text that supports it, exact slice; empty if none does.
        verified: True only if the quote was found in the stored text and supports it.
        passage_id: Catalogue row of the passage; 0 if none.
        document: File name.
        path: Absolute path.
        location: Place in the document; None if unsupported.
        start: Offset of the quote into the document's text.
        end: Offset past its last character.
    """

    number: int
    sentence: str
    quote: str
    verified: bool
    passage_id: int = 0
    document: str = ""
    path: str = ""
    location: Location | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class AnswerStats:
    """Measurements of one answer.

    Attributes:
        prompt_tokens: Tokens of the prompt (0 if no model ran).
        completion_tokens: Tokens generated.
        retrieval_ms: From question to ranked passages.
        time_to_first_token_ms: From question to first generated token; None if none was.
        prefill_tokens_per_second: Prompt tokens over prefill time; None if no model ran.
        decode_tokens_per_second: Generated tokens over decode time; None if under two.
        seed: Sampling seed.
    """

    prompt_tokens: int
    completion_tokens: int
    retrieval_ms: float
    time_to_first_token_ms: float | None
    prefill_tokens_per_second: float | None
    decode_tokens_per_second: float | None
    seed: int


RefusalReason = Literal["", "no-evidence", "unsupported"]


@dataclass(frozen=True)
class Answer:
    """A finished answer, complete enough to show, store and export.

    Attributes:
        question: As typed.
        search_query: What was searched for (a follow-up is completed from its history).
        text: What the user reads: extracts, then the generated text with ``[n]`` markers.
        generated: The generated part alone, with markers; empty if no model ran.
        refused: True if the evidence does not answer the question.
        refusal_reason: Why; empty if not refused.
        attention: What really ran.
        passages: The evidence, numbered as cited.
        extracts: One to three supporting sentences; none if refused.
        citations: For the extracts and for each sentence of the generated text.
        coverage: What the search could see.
        stats: Measurements.
        notices: English sentences the user should know: language not spoken by the model...
        model: Name of the model; empty if none ran.
        stopped: True if the user pressed stop.
    """

    question: str
    search_query: str
    text: str
    generated: str
    refused: bool
    refusal_reason: RefusalReason
    attention: AttentionUse
    passages: tuple[RetrievedPassage, ...]
    extracts: tuple[Extract, ...]
    citations: tuple[Citation, ...]
    coverage: Coverage
    stats: AnswerStats
    notices: tuple[str, ...] = ()
    model: str = ""
    stopped: bool = False


@dataclass(frozen=True)
class Comparison:
    """Two answers to one question from the same evidence.

    Passages, extracts, prompt, seed and sampling are the same; only attention differs.

    Attributes:
        answers: One answer per side, in the order they were asked for.
        source_attention: Per side, where its answer looked; None if it was not measured
            (no model ran, or llama.cpp's own attention computed it).
        prompt_sha256: Hash of the prompt's tokens that both sides read.
    """

    answers: tuple[Answer, Answer]
    source_attention: tuple[SourceAttention | None, SourceAttention | None]
    prompt_sha256: str


Preference = Literal["first", "second", "tie"]


@dataclass(frozen=True)
class VoteTally:
    """Votes on comparisons of two attention modes, cast without seeing which was which.

    Attributes:
        modes: The two modes.
        wins: Votes for each.
        n_ties: Votes for neither.
        share: Part of the decided votes that went to the second mode; None without any.
        interval: 95 % Wilson interval of ``share``; None without any.
    """

    modes: tuple[AttentionMode, AttentionMode]
    wins: tuple[int, int]
    n_ties: int
    share: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Turn:
    """One question and its answer in a conversation.

    Attributes:
        id: Row in the catalogue.
        asked: When, seconds since the epoch.
        answer: The stored answer.
    """

    id: int
    asked: float
    answer: Answer


@dataclass(frozen=True)
class Conversation:
    """A kept conversation.

    Attributes:
        id: Row in the catalogue.
        collection_id: What it asks about.
        title: First question, shortened; the user may rename it.
        updated: Time of the last turn.
        n_turns: Number of turns.
    """

    id: int
    collection_id: int
    title: str
    updated: float
    n_turns: int


# --- models ------------------------------------------------------------------------


@dataclass(frozen=True)
class ModelFile:
    """A model on this machine.

    Attributes:
        name: Short name, unique; what ``--model`` and settings use.
        path: GGUF file, or folder of an embedding model.
        kind: ``chat`` or ``embedding``.
        n_bytes: Size on disk.
        sha256: Of the file, or of the weights file in a folder; empty if not yet computed.
        embedded: True if it came with the program.
        languages: Languages it writes well (ISO 639-1); empty means unknown: assume any.
        optimised_from: Name of the model it was requantised from; empty otherwise.
        licence: SPDX identifier if known.
    """

    name: str
    path: Path
    kind: Literal["chat", "embedding"]
    n_bytes: int
    sha256: str = ""
    embedded: bool = False
    languages: tuple[str, ...] = ()
    optimised_from: str = ""
    licence: str = ""
