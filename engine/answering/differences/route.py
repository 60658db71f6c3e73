"""Comparisons of documents: what differs between two versions, documents or parts of one."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.answering.asked import Asked
from engine.answering.composed import Statement, composed
from engine.answering.differences.aligning import Alignment, align, align_across
from engine.answering.differences.changes import Differences, differences, differences_across
from engine.answering.differences.choosing import Chooser
from engine.answering.differences.clauses import Clause, clauses_of
from engine.answering.differences.parts import Beside, cells_of_parts, sections
from engine.answering.differences.shown import (
    Compared,
    Shelf,
    about,
    names_of_pair,
    shown,
    wording_of,
)
from engine.answering.differences.sides import Chosen
from engine.answering.gathering import Resources
from engine.cancel import CancelToken
from engine.events import AnswerEvent, AnswerProgressed
from engine.records import Answer, AttentionChoice, DocumentRef, Location, Scanned
from engine.text import language_of

MAX_CLAUSES = 6000
"""Clauses of a document that are compared: some 500 pages."""

LANGUAGE_CHARACTERS = 4000

_TOLD_EVERY_S = 0.3


@dataclass(frozen=True)
class _Text:
    text: str
    clauses: tuple[Clause, ...]
    shelf: Shelf


def compare_documents(
    asked: Asked, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer | None]:
    """Answer what differs between two documents, versions, or parts of a document.

    Yields:
        ``AnswerProgressed`` where it takes long.

    Returns:
        The answer; a refusal that names the nearest documents if there is nothing to compare and
        the question names a document or the user chose to compare; None if it may be meant
        otherwise.
    """
    chooser = Chooser(asked, resources)
    for chosen in chooser.choose():
        made = yield from _compared(chosen, asked, choice, resources, cancel)
        if made is not None:
            return made
    named = chooser.named if chooser.means_versions else None
    if named is None and not asked.chosen:
        return None
    return _nothing(named, chooser.nearest(), asked, choice)


def _compared(
    chosen: Chosen,
    asked: Asked,
    choice: AttentionChoice,
    resources: Resources,
    cancel: CancelToken,
) -> Generator[AnswerEvent, None, Answer | None]:
    words = wording_of(asked.language)
    old, new = chosen.old, chosen.new
    first = _text(old.document, resources)
    second = first if chosen.parts else _text(new.document, resources)
    names = names_of_pair(old, new, words)
    sides = (first.clauses, second.clauses)
    remarks: list[str] = []
    if chosen.parts:
        parts = sections(first.clauses, chosen.parts)
        cells = cells_of_parts(first.clauses, chosen.parts) if parts is None else Beside()
        if parts is None and not cells.changes:
            return None
        called = (parts[0][0].heading, parts[1][0].heading) if parts else cells.names
        names = f"{called[0]} · {names[0]}", f"{called[1]} · {names[0]}"
        found: Differences | None = Differences(cells.changes, 0)
        if parts is not None:
            found = yield from _differences(parts[0], parts[1], resources, cancel, across=False)
    else:
        across = _language(first) != _language(second)
        found = yield from _differences(*sides, resources, cancel, across=across)
        remarks += [words.across] if across else []
    if max(map(len, sides)) >= MAX_CLAUSES:
        remarks.append(words.in_part.format(n=MAX_CLAUSES))
    scanned = _scanned(first, second, sides, chosen)
    if found is None:
        title = Statement(words.title.format(old=names[0], new=names[1]))
        return composed(asked, choice, [title], stopped=True)
    n_all = len(found.of("changed", "added", "removed"))
    found = about(found, chosen.topics, (first.text, second.text))
    pair = Compared(
        old,
        new,
        names,
        found,
        (first.text, second.text),
        (first.shelf, second.shelf),
        tuple(remarks),
    )
    statements, table = shown(pair, words, n_all)
    return composed(asked, choice, statements, scanned=scanned, table=table)


def _differences(
    old: Sequence[Clause],
    new: Sequence[Clause],
    resources: Resources,
    cancel: CancelToken,
    *,
    across: bool,
) -> Generator[AnswerEvent, None, Differences | None]:
    """Align and compare; None if it was stopped before anything was known."""

    def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors: npt.NDArray[np.float32] = resources.embedder().embed_passages(texts)
        return vectors

    steps = align_across(old, new, embed) if across else align(old, new, embed)
    n_total, told = len(old) + len(new), time.monotonic()
    for step in steps:
        if cancel.cancelled:
            return None
        if isinstance(step, Alignment):
            return (differences_across if across else differences)(old, new, step)
        if time.monotonic() - told > _TOLD_EVERY_S:
            told = time.monotonic()
            yield AnswerProgressed("scan", int(step * n_total), n_total)
    return None


def _text(document: DocumentRef, resources: Resources) -> _Text:
    catalogue = resources.catalogue
    text = catalogue.documents.text(document.id)
    passages = catalogue.passages.get(catalogue.passages.ids_of_document(document.id))
    edges = [(p.start, p.end) for p in passages.values() if _is_edge(p.location)]
    clauses = tuple(
        clause
        for clause in clauses_of(text, MAX_CLAUSES)
        if not any(start <= clause.spans[0][0] < end for start, end in edges)
    )
    return _Text(text, clauses, Shelf(tuple(passages.values())))


def _is_edge(place: Location) -> bool:
    """Tell whether a passage is what stands on every page: a header or a footer."""
    return place.kind == "part" and place.name in ("header", "footer")


def _language(text: _Text) -> str:
    return language_of(text.text[:LANGUAGE_CHARACTERS])


def _scanned(
    first: _Text, second: _Text, sides: tuple[tuple[Clause, ...], ...], chosen: Chosen
) -> Scanned:
    complete = max(map(len, sides)) < MAX_CLAUSES
    counted = [first] if chosen.parts else [first, second]
    return Scanned(len(counted), sum(len(each.shelf) for each in counted), complete)


def _nothing(
    named: DocumentRef | None,
    nearest: tuple[DocumentRef, ...],
    asked: Asked,
    choice: AttentionChoice,
) -> Answer:
    """Return the answer where there is nothing to compare, with what is nearest to it."""
    words = wording_of(asked.language)
    said = words.no_second.format(document=named.name) if named else words.nothing
    others = [document.name for document in nearest if document != named][:5]
    statements = [Statement(said)]
    if others:
        separator = "、" if asked.language == "ja" else ", "
        statements.append(Statement(words.nearest.format(documents=separator.join(others))))
    made = composed(asked, choice, statements)
    return replace(made, refused=True, refusal_reason="no-evidence")
