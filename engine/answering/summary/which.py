"""Which document a question means: by names, dates, kinds, and the meaning of what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.answering.facts import comparable
from engine.answering.summary.asked_for import document_kinds, without_kinds
from engine.catalogue.name_text import names_of
from engine.errors import EmptyQuestion
from engine.records import DocumentRef, Location, Passage, RetrievedPassage, Turn
from engine.retrieval import retrieve
from engine.retrieval.query import Query
from engine.retrieval.terms import held_tokens, query_terms, rarity
from engine.retrieval.versions import current_first
from engine.text import is_cjk
from engine.text.dates import Date, moments

if TYPE_CHECKING:
    from engine.answering.gathering import Resources

N_PASSAGES = 30
"""Passages whose documents are looked at for what is meant by its content."""

MOST_NAMED = 3000
"""Documents whose names are compared one by one."""

CLOSE = 0.8
"""A document with this share of the best one's score may have been meant as well."""

N_OTHERS = 4

N_VERSIONS = 12
"""Of the best documents so many may be versions of the one that is meant."""

LEAST_NAMED = 0.15
"""Of the weight of what is asked for, in a document's names: then it is meant."""

LEAST_HELD = 0.55
"""The same, in a passage found: a document that speaks of it all is meant."""

LEAST_ALIKE = 0.842
LEAST_ALIKE_CJK = 0.88
"""Similarity of a passage to what is asked for that says enough by itself. Of topics that no
document has the nearest passage came to .83 to .84 in English and .84 to .875 in Japanese."""

_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Meant:
    """What a question means.

    Attributes:
        document: The best; None if none fits.
        others: Nearly as good ones; where none fits, the nearest.
        older: Versions that the document took the place of.
    """

    document: DocumentRef | None
    others: tuple[DocumentRef, ...] = ()
    older: tuple[DocumentRef, ...] = ()


def admitted(resources: Resources, collection_id: int, query: Query) -> list[DocumentRef]:
    """Return the documents that pass a question's filters, by path."""
    return [
        each for each in resources.catalogue.documents.list(collection_id) if query.admits(each)
    ]


def last_cited(history: Sequence[Turn], documents: Sequence[DocumentRef]) -> DocumentRef | None:
    """Return the document that the last answer cites first; None if it cites none of these."""
    paths = [cited.path for turn in history[-1:] for cited in turn.answer.citations if cited.path]
    return next((each for path in paths for each in documents if each.path == path), None)


def meant(
    topic: str,
    question: str,
    documents: Sequence[DocumentRef],
    resources: Resources,
    collection_id: int,
) -> Meant:
    """Return the document that is asked for.

    Args:
        topic: The words that say which one.
        question: Completed, without filters.
        documents: Those that may be meant.
        resources: Stores and models.
        collection_id: Where they are.

    Raises:
        ModelMissing: The embedding model is not installed.
    """
    if len(documents) == 1:
        return Meant(documents[0])
    known = {each.id: each for each in documents}
    try:
        found = retrieve(
            resources.catalogue,
            resources.vectors,
            resources.embedder,
            topic,
            collection_id,
            top_k=N_PASSAGES,
        )
    except EmptyQuestion:
        found = ()
    found = tuple(each for each in found if each.passage.document.id in known)
    scores, sure = _by_names(topic, question, documents[:MOST_NAMED])
    terms = query_terms(topic)
    alike = LEAST_ALIKE_CJK if any(map(is_cjk, topic)) else LEAST_ALIKE
    for rank, item in enumerate(found):
        row = item.passage.document.id
        text = f"{item.passage.context}\n{item.passage.text}"
        share = len(held_tokens(terms, text)) / len(terms) if terms else 0.0
        if share >= LEAST_HELD or (item.similarity or 0.0) >= alike:
            sure.add(row)
        scores[row] = max(scores.get(row, 0.0), 0.0) + (0.25 * share + 0.3) / (1 + rank)
    order = sorted(scores, key=lambda row: (-scores[row], known[row].path))
    ranked = [known[row] for row in order]
    if not ranked or not sure:
        return Meant(None, tuple(ranked[:N_OTHERS]))
    order = [row for row in order if row in sure]
    best = scores[order[0]]
    close = [known[row] for row in order if scores[row] >= CLOSE * best]
    return _in_force_first(question, close or [known[order[0]]], ranked)


def _by_names(
    topic: str, question: str, documents: Sequence[DocumentRef]
) -> tuple[dict[int, float], set[int]]:
    """Return how well names, dates and kinds of documents fit, by row; and which surely do."""
    terms = query_terms(topic) if topic else ()
    names = {each.id: names_of(each.path, each.title) for each in documents}
    held = {row: held_tokens(terms, text) for row, text in names.items()}
    weights = rarity(terms, list(held.values()))
    total = sum(weights.values()) or 1.0
    kinds, dates = document_kinds(question), moments(comparable(question)).dates
    only_kind = not without_kinds(topic)
    scores: dict[int, float] = {}
    sure: set[int] = set()
    for each in documents:
        share = sum(weights[term] for term in held[each.id]) / total
        there = document_kinds(names[each.id])
        fits = bool(kinds & there) or ("mail" in kinds and each.media_type == "message/rfc822")
        dated = _dated(each, names[each.id], dates) if dates else 0.0
        score = share + 0.3 * fits + dated
        if score > 0:
            scores[each.id] = score
        if share >= LEAST_NAMED or dated > 0 or (fits and only_kind):
            sure.add(each.id)
    return scores, sure & scores.keys()


def _dated(document: DocumentRef, names: str, asked: Sequence[Sequence[Date]]) -> float:
    """Return what a date of the question adds to a document whose names have one."""
    days = [f"{y}-{m}-{d}" for y, m, d in _DAY_IN_NAME.findall(f"{document.name} {names}")]
    there = [
        date for dates in moments(comparable(" ".join([names, *days]))).dates for date in dates
    ]
    if not there:
        return 0.0
    fits = any(
        all(
            getattr(one, part) is None or getattr(one, part) == getattr(other, part)
            for part in ("year", "month", "day")
        )
        for dates in asked
        for one in dates
        for other in there
    )
    return 0.6 if fits else -0.2


def _in_force_first(
    question: str, close: Sequence[DocumentRef], ranked: Sequence[DocumentRef]
) -> Meant:
    """Return the version in force, with those it replaced apart from the others."""
    first, older = close[0], []
    for other in dict.fromkeys((*close, *ranked[:N_VERSIONS])):
        if other == first:
            continue
        if _comes_after(question, first, other):
            older.append(first)
            first = other
        elif _comes_after(question, other, first):
            older.append(other)
    others = [each for each in close if each != first and each not in older]
    return Meant(first, tuple(others[:N_OTHERS]), tuple(older[:N_OTHERS]))


def _comes_after(question: str, one: DocumentRef, other: DocumentRef) -> bool:
    """Tell whether a document is a version that the other one took the place of."""
    items = [RetrievedPassage(0, _standing_for(each), 0.0) for each in (one, other)]
    return [item.passage.document for item in current_first(question, items)] != [one, other]


def _standing_for(document: DocumentRef) -> Passage:
    return Passage(0, document, 0, 0, 0, "", "", Location("section"))
