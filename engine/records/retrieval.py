"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.records.documents import Passage

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
        n_passages: Passages searched; 0 in answers stored before this was counted.
        filters: What narrowed it, as it was typed: ``file:policy``.
    """

    n_files_searched: int
    n_files_unreadable: int
    n_passages_pending: int = 0
    n_passages: int = 0
    filters: tuple[str, ...] = ()


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
