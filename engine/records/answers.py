"""Answers, what they rest on, comparisons and conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.records.attention import AttentionMode, AttentionUse
from engine.records.documents import Location
from engine.records.notices import Notice
from engine.records.questions import AnswerTable, QuestionKind, Scanned
from engine.records.retrieval import Coverage, Extract, RetrievedPassage
from engine.records.tables import TablePlan


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


Lack = Literal["", "number", "date", "name", "together", "denied", "link", "words", "instruction"]
"""What a sentence of an answer lacks in the documents: a number, a date or a name; they stand
there, but not together; the documents deny it; the figure is about something else than was asked;
nothing speaks of it; only a text that gives instructions to a program does."""


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
        lack: Why nothing supports it, where that is known; empty if something does.
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
    lack: Lack = ""


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
        generated: The written part alone, with markers: by the model or, where ``model`` is
            empty, put together by the program; empty if there are quotations only.
        refused: True if the evidence does not answer the question.
        refusal_reason: Why; empty if not refused.
        attention: What really ran.
        passages: The evidence, numbered as cited.
        extracts: One to three supporting sentences; none if refused.
        citations: For the extracts and for each sentence of the generated text.
        coverage: What the search could see.
        stats: Measurements.
        notices: What the user should know: language not written by the model...
        model: Name of the model; empty if none ran.
        stopped: True if the user pressed stop.
        left_out: Sentences that the model wrote and nobody shows unasked, since no passage
            supports them; their ``lack`` says what is missing.
        kind: What the question was taken for.
        score: How sure it is that the passages answer, in [0, 1]; None if it was not judged.
        scanned: What was looked at, where the answer has to be complete.
        table: What it lists or is computed from; None for running text.
        plan: How it was computed from tables; None if it was not.
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
    notices: tuple[Notice, ...] = ()
    model: str = ""
    stopped: bool = False
    left_out: tuple[Citation, ...] = ()
    kind: QuestionKind = "fact"
    score: float | None = None
    scanned: Scanned | None = None
    table: AnswerTable | None = None
    plan: TablePlan | None = None


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
