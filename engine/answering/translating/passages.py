"""The stored text that is to be translated: a clause, a page, a passage, or quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.composed import Source
from engine.answering.gathering import Resources
from engine.answering.summary.outline import spread
from engine.answering.translating.wanted import Wanted
from engine.languages import PROFILES, any_of
from engine.records import Answer, DocumentRef, Passage
from engine.retrieval import retrieve

MOST_CHARACTERS = 2400
"""That are translated at once: a minute or two of a small capable model."""

MOST_PARAGRAPH = 500
"""A longer paragraph is cut at a line's end: the longer, the more a small model leaves out."""

MOST_PASSAGES = 1000

_ANY_HEAD = re.compile(any_of(p.translations.heads.format(number=r"\d+") for p in PROFILES))


@dataclass(frozen=True)
class Chosen:
    """What is to be translated.

    Attributes:
        name: What it is called.
        paragraphs: Spans of stored text, in order.
        whole: Whether nothing was left out for its length.
    """

    name: str
    paragraphs: tuple[Source, ...]
    whole: bool


def of_answer(answer: Answer, resources: Resources) -> Chosen:
    """Return the quotations that an answer rests on, each once."""
    found: dict[tuple[int, int], Source] = {}
    stored = resources.catalogue.passages.get([c.passage_id for c in answer.citations])
    for cited in answer.citations:
        passage = stored.get(cited.passage_id)
        if passage is None or not cited.quote or not _holds(passage, cited.start, cited.end):
            continue
        if passage.text[cited.start - passage.start : cited.end - passage.start] == cited.quote:
            found.setdefault((passage.id, cited.start), Source(passage, cited.start, cited.end))
    return _within(answer.question, list(found.values()))


def of_document(
    document: DocumentRef, want: Wanted, question: str, resources: Resources, collection_id: int
) -> Chosen:
    """Return the clause or page of a document that is named, or else what fits best in it.

    A clause or page that is not there leaves no paragraphs.
    """
    catalogue = resources.catalogue
    rows = spread(catalogue.passages.ids_of_document(document.id), MOST_PASSAGES)
    stored = catalogue.passages.get(rows)
    passages = [stored[row] for row in rows if row in stored]
    if want.page:
        passages = [
            each
            for each in passages
            if each.location.kind in ("page", "slide") and each.location.first == want.page
        ]
        return _within(document.name, paragraphs_of(passages))
    if want.place:
        return _within(document.name, _clause(passages, want.place))
    if sum(len(each.text) for each in passages) > MOST_CHARACTERS:
        best = _best(question, document, resources, collection_id)
        passages = [best] if best is not None else passages
    return _within(document.name, paragraphs_of(passages))


def _best(
    question: str, document: DocumentRef, resources: Resources, collection_id: int
) -> Passage | None:
    found = retrieve(
        resources.catalogue,
        resources.vectors,
        resources.embedder,
        question,
        collection_id,
        top_k=20,
    )
    return next((each.passage for each in found if each.passage.document.id == document.id), None)


def paragraphs_of(passages: Sequence[Passage]) -> list[Source]:
    """Return the lines of passages, joined while they are short."""
    found: list[Source] = []
    for passage in passages:
        start = None
        end = 0
        for match in re.finditer(r"[^\n]+", passage.text):
            if start is not None and match.end() - start > MOST_PARAGRAPH:
                found.append(Source(passage, passage.start + start, passage.start + end))
                start = None
            start = match.start() if start is None else start
            end = match.end()
        if start is not None:
            found.append(Source(passage, passage.start + start, passage.start + end))
    return found


def _clause(passages: Sequence[Passage], number: str) -> list[Source]:
    """Return the text from the line that begins with a clause's number up to the next clause's."""
    heads = any_of(p.translations.heads.format(number=re.escape(number)) for p in PROFILES)
    first = re.compile(rf"^[\s#*]*(?:{heads})")
    inner = re.compile(rf"^\s*{re.escape(number)}\.\d")
    found: list[Source] = []
    inside = False
    for passage in passages:
        start, end = None, 0
        for match in re.finditer(r"[^\n]+", passage.text):
            line = normalise_digits(match.group())
            if not inside and first.match(line):
                inside = True
            elif inside and _ANY_HEAD.match(line) and not _continues(line, first, inner, number):
                inside = False
                if found or start is not None:
                    if start is not None:
                        found.append(Source(passage, passage.start + start, passage.start + end))
                    return found
            if inside:
                start = match.start() if start is None else start
                end = match.end()
        if start is not None:
            found.append(Source(passage, passage.start + start, passage.start + end))
    return found


def _continues(line: str, first: re.Pattern[str], inner: re.Pattern[str], number: str) -> bool:
    """Tell whether a numbered line belongs to the clause: 3.1 to 3, and 1. to 第3条."""
    if first.match(line) or inner.match(line):
        return True
    own = re.match(r"^\s*(\d+)[.)．]?\s", line)
    return own is not None and int(own[1]) <= int(number.split(".")[0])


def normalise_digits(line: str) -> str:
    """Return a line with full-width digits as ASCII; its length stays."""
    return line.translate({0xFF10 + digit: str(digit) for digit in range(10)})


def _holds(passage: Passage, start: int, end: int) -> bool:
    return passage.start <= start < end <= passage.end


def _within(name: str, sources: Sequence[Source]) -> Chosen:
    kept: list[Source] = []
    left = MOST_CHARACTERS
    for source in sources:
        left -= source.end - source.start
        if left < 0 and kept:
            return Chosen(name, tuple(kept), whole=False)
        kept.append(source)
    return Chosen(name, tuple(kept), whole=True)
