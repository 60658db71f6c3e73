"""Answers that the program itself puts together: every statement with the stored text behind it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.asked import Asked
from engine.records import (
    Answer,
    AnswerStats,
    AnswerTable,
    AttentionChoice,
    AttentionUse,
    Citation,
    Notice,
    Passage,
    RetrievedPassage,
    Scanned,
    TablePlan,
)


@dataclass(frozen=True)
class Source:
    """Stored text that a statement rests on.

    Attributes:
        passage: Where it stands.
        start: Offset into the document's text.
        end: Offset past the last character; within the passage.
    """

    passage: Passage
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The stored text itself."""
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]


@dataclass(frozen=True)
class Statement:
    """One line of an answer.

    Attributes:
        text: Without markers; Markdown within the line.
        sources: What it rests on; a statement without any is the program's own word.
        before: What stands between the line before and this one, a list's bullet included.
    """

    text: str
    sources: tuple[Source, ...] = ()
    before: str = "\n"


def composed(
    asked: Asked,
    choice: AttentionChoice,
    statements: Sequence[Statement],
    *,
    scanned: Scanned | None = None,
    table: AnswerTable | None = None,
    plan: TablePlan | None = None,
    notices: tuple[Notice, ...] = (),
    stopped: bool = False,
    uncited: Sequence[Source] = (),
) -> Answer:
    """Return an answer of statements; its passages are numbered as they are first cited.

    Args:
        asked: The question.
        choice: Attention that was asked for; none ran.
        statements: In order.
        scanned: What was looked at, where the answer has to be complete.
        table: What it lists or is computed from; its numbers are those of ``numbered``.
        plan: How it was computed from tables.
        notices: What to tell.
        stopped: Whether the user pressed stop.
        uncited: What rows of the table rest on that no statement names.
    """
    numbers = numbered(statements, uncited)
    sources = (*(s for each in statements for s in each.sources), *uncited)
    passages = {source.passage.id: source.passage for source in sources}
    parts: list[str] = []
    citations: list[Citation] = []
    for statement in statements:
        own = [_citation(statement.text, source, numbers) for source in statement.sources]
        markers = "".join(f"[{number}]" for number in dict.fromkeys(c.number for c in own))
        parts.append(f"{statement.before if parts else statement.before.lstrip()}{statement.text}")
        parts.append(f" {markers}" if markers else "")
        citations.extend(own)
    text = "".join(parts)
    took_ms = 1e3 * (time.perf_counter() - asked.started)
    return Answer(
        question=asked.request.question,
        search_query=asked.query,
        text=text,
        generated=text,
        refused=False,
        refusal_reason="",
        attention=AttentionUse(choice.mode, choice.prefill, "", ""),
        passages=tuple(
            RetrievedPassage(number, passages[row], score=0.0) for row, number in numbers.items()
        ),
        extracts=(),
        citations=tuple(citations),
        coverage=asked.request.coverage,
        stats=AnswerStats(0, 0, took_ms, None, None, None, asked.request.seed),
        notices=notices,
        stopped=stopped,
        kind=asked.kind,
        scanned=scanned,
        table=table,
        plan=plan,
    )


def numbered(statements: Sequence[Statement], uncited: Sequence[Source] = ()) -> dict[int, int]:
    """Return the number of each cited passage, from 1, by its row; then the uncited ones."""
    sources = (*(s for each in statements for s in each.sources), *uncited)
    rows = dict.fromkeys(source.passage.id for source in sources)
    return {row: number for number, row in enumerate(rows, start=1)}


def _citation(sentence: str, source: Source, numbers: dict[int, int]) -> Citation:
    passage = source.passage
    return Citation(
        number=numbers[passage.id],
        sentence=sentence,
        quote=source.quote,
        verified=True,
        passage_id=passage.id,
        document=passage.document.name,
        path=passage.document.path,
        location=passage.location,
        start=source.start,
        end=source.end,
    )
