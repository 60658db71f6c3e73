"""Differences as an answer: lines and a table, every cell the stored text itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.answering.composed import Source, Statement, numbered
from engine.answering.differences.changes import Change, Differences
from engine.answering.differences.clauses import Span
from engine.languages import profile_of
from engine.languages.profile import ComparedWording
from engine.records import AnswerRow, AnswerTable, Passage
from engine.retrieval.families import Version
from engine.retrieval.terms import held_tokens
from engine.text import content_tokens
from engine.text.stems import stem

MAX_SHOWN = 200
"""Differences of an answer; more are counted."""

MIN_TOPIC = 0.5
"""Part of the words asked for that a difference holds to be about them."""

WHOLE_WORD = 0.3
"""How much more a word counts that is no beginning of another: "partner", "partnership"."""

BELOW_BEST = 0.26
"""How much less than the best one: one word of four."""


def wording_of(language: str) -> ComparedWording:
    """Return what a comparison says in a language."""
    return profile_of(language).compares.wording


class Shelf:
    """The passages of a document, by offset."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = sorted(passages, key=lambda passage: passage.start)

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._passages)

    def sources(self, spans: Sequence[Span]) -> tuple[Source, ...]:
        """Return what some stretches of a text rest on; one that two passages hold is cut."""
        return tuple(source for span in spans for source in self._of(span))

    def _of(self, span: Span) -> Iterator[Source]:
        start, end = span
        whole = next((p for p in self._passages if p.start <= start and end <= p.end), None)
        if whole:
            yield Source(whole, start, end)
            return
        for passage in self._passages:
            first, last = max(start, passage.start), min(end, passage.end)
            if first < last:
                yield Source(passage, first, last)
                start = last


@dataclass(frozen=True)
class Compared:
    """Two documents, or parts, and what differs.

    Attributes:
        old: One of them.
        new: The other.
        names: What they are called in the answer.
        found: The differences.
        texts: Both stored texts.
        shelves: Both documents' passages.
        remarks: What to say of how it was done.
    """

    old: Version
    new: Version
    names: tuple[str, str]
    found: Differences
    texts: tuple[str, str]
    shelves: tuple[Shelf, Shelf]
    remarks: tuple[str, ...] = ()


def names_of_pair(old: Version, new: Version, words: ComparedWording) -> tuple[str, str]:
    """Return what two documents are called, with their dates as far as they are known."""
    return _name(old, words), _name(new, words)


def _name(version: Version, words: ComparedWording) -> str:
    name = version.document.name
    return words.dated.format(document=name, date=version.date) if version.date else name


def about(found: Differences, topics: Sequence[str], texts: tuple[str, str]) -> Differences:
    """Return the differences that are about what was asked; all of them if none is."""
    if not topics:
        return found

    def share(change: Change) -> float:
        said = " ".join(
            (change.topic, shown_text(texts[0], change.old), shown_text(texts[1], change.new))
        )
        whole = {stem(token) for token in content_tokens(said)}
        held = held_tokens(topics, said)
        return (len(held) + WHOLE_WORD * len(held & whole)) / len(topics)

    shares = {change: share(change) for change in found.changes}
    least = max(MIN_TOPIC, max(shares.values(), default=0.0) - BELOW_BEST)
    meant = tuple(change for change in found.changes if shares[change] >= least)
    return Differences(meant, found.n_same) if meant else found


def shown(
    pair: Compared, words: ComparedWording, n_all: int
) -> tuple[list[Statement], AnswerTable]:
    """Return an answer's lines and its table.

    Args:
        pair: What was compared.
        words: In the language of the question.
        n_all: Differences before those were left out that are about something else.
    """
    old, new = pair.names
    real = pair.found.of("changed", "added", "removed")
    n_reworded = len(pair.found.of("reworded"))
    if not real and not n_reworded:
        said = words.none.format(old=old, new=new, n=pair.found.n_same)
        alone = [Statement(said), *(Statement(remark) for remark in pair.remarks)]
        return alone, AnswerTable((words.topic, old, new), ())
    statements = [Statement(words.title.format(old=old, new=new))]
    if len(real) < n_all:
        said = words.narrowed.format(n=len(real), of=n_all)
        statements.append(Statement(said))
    lines = [(change, _line(change, pair, words)) for change in real[:MAX_SHOWN]]
    statements += [line for _, line in lines]
    more = len(real) - len(lines)
    counted = [words.further.format(n=more)] if more else []
    counted += [words.reworded.format(n=n_reworded)] if n_reworded else []
    counted += [words.same.format(n=pair.found.n_same)] if pair.found.n_same else []
    ends = [*counted, *pair.remarks]
    statements += [Statement(end, before="\n\n" if n == 0 else "\n") for n, end in enumerate(ends)]
    return statements, _table(pair, lines, statements, words)


def _line(change: Change, pair: Compared, words: ComparedWording) -> Statement:
    old, new = (shown_text(text, spans) for text, spans in _sides(change, pair))
    form = {"added": words.added, "removed": words.removed}.get(change.kind, words.changed)
    document = pair.names[0] if change.kind == "removed" else pair.names[1]
    heading = words.heading.format(topic=change.topic) if change.topic else ""
    sources = (*pair.shelves[0].sources(change.old), *pair.shelves[1].sources(change.new))
    said = form.format(old=old, new=new, document=document)
    return Statement(f"{heading}{said}", sources, before="\n- ")


def _table(
    pair: Compared,
    lines: Sequence[tuple[Change, Statement]],
    statements: Sequence[Statement],
    words: ComparedWording,
) -> AnswerTable:
    numbers = numbered(statements)
    rows = tuple(
        AnswerRow(
            (change.topic, *(shown_text(text, spans) for text, spans in _sides(change, pair))),
            number=numbers[line.sources[-1].passage.id] if line.sources else 0,
        )
        for change, line in lines
    )
    return AnswerTable((words.topic, *pair.names), rows)


def _sides(change: Change, pair: Compared) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    return (pair.texts[0], change.old), (pair.texts[1], change.new)


def shown_text(text: str, spans: Sequence[Span]) -> str:
    """Return stretches of a text in one line: cells of a row with a border between them."""
    parts = [" ".join(text[start:end].split()) for start, end in spans]
    cells = all(": " in part for part in parts)
    return (" | " if cells else " ").join(parts)
