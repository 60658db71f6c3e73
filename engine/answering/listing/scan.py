"""Which documents are looked at for a list, in which order, and what is found in them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field

from engine.answering.asked import Asked
from engine.answering.gathering import Resources
from engine.answering.listing.groups import groups_of
from engine.answering.listing.lines import lines_of
from engine.answering.listing.matching import Fit, fits, may_enumerate
from engine.answering.listing.topic import Page
from engine.answering.listing.wanted import Wanted, class_words
from engine.cancel import CancelToken
from engine.errors import NothingFits
from engine.events import AnswerProgressed
from engine.records import DocumentRef, Passage, Scanned
from engine.retrieval.nearest import Nearest
from engine.retrieval.query import Query
from engine.retrieval.terms import lexical_match, rarity_of

PROGRESS_S = 0.25
"""Between two events of progress."""

BUDGET_S = 2.4
"""After so long the documents that fit worst are left unread, which the answer says."""

_BEGINNING = 700
_N_NEAR = 12
_NEAR_PASSAGES = 60
_NOUN_POINTS = 100


@dataclass
class Scope:
    """What is looked at.

    Attributes:
        documents: Those that the filters admit, by row.
        counts: Passages of each.
        n_pending: Passages that cannot be compared by meaning yet.
        complete: Whether nothing was left out.
    """

    documents: dict[int, DocumentRef]
    counts: dict[int, int]
    n_pending: int
    complete: bool = True
    seen: set[int] = field(default_factory=set)

    def scanned(self) -> Scanned:
        """Return the figures for the answer."""
        rows = self.documents.keys() if self.complete else self.seen
        n_passages = sum(self.counts.get(row, 0) for row in rows)
        return Scanned(len(rows), n_passages, self.complete and not self.n_pending)


def scope_of(asked: Asked, query: Query, resources: Resources) -> Scope:
    """Return the documents that a question's filters admit.

    Raises:
        NothingFits: None.
    """
    catalogue, collection = resources.catalogue, asked.request.collection_id
    documents = {d.id: d for d in catalogue.documents.list(collection) if query.admits(d)}
    if query.filters and not documents:
        raise NothingFits(filters=" ".join(query.filters))
    return Scope(
        documents,
        catalogue.passages.counts(collection),
        catalogue.vectors.n_pending(collection),
    )


def near_passages(
    asked: Asked, text: str, resources: Resources, limit: int
) -> list[tuple[int, float]]:
    """Return ``(passage id, similarity)`` of those whose meaning is nearest, best first."""
    near = Nearest(
        resources.vectors,
        resources.embedder(),
        text,
        collection_id=asked.request.collection_id,
        limit=limit,
    )
    return near.hits


def find_lists(
    asked: Asked,
    wanted: Wanted,
    query: Query,
    scope: Scope,
    resources: Resources,
    cancel: CancelToken,
) -> Generator[AnswerProgressed, None, list[Fit]]:
    """Look at every document that may hold the list, those that fit best first."""
    order = _order(asked, wanted, query, scope, resources)
    found: list[Fit] = []
    total = sum(scope.counts.get(row, 0) for row in scope.documents)
    done = total - sum(scope.counts.get(row, 0) for row in order)
    scope.seen |= scope.documents.keys() - set(order)
    started = told = time.perf_counter()
    for row in order:
        now = time.perf_counter()
        if cancel.cancelled or now - started > BUDGET_S:
            scope.complete = False
            break
        if now - told > PROGRESS_S:
            yield AnswerProgressed("scan", done, total)
            told = now
        passages = resources.catalogue.passages.of_document(row)
        if query.exact:
            passages = tuple(p for p in passages if query.admits_passage(p))
        found += _of_document(wanted, passages)
        scope.seen.add(row)
        done += len(passages)
    return found


def _of_document(wanted: Wanted, passages: tuple[Passage, ...]) -> list[Fit]:
    if not passages:
        return []
    lines = lines_of(passages)
    whole = "\n".join((passages[0].document.name, *(passage.text for passage in passages)))
    groups = groups_of(lines, lambda text: may_enumerate(wanted, text))
    return fits(wanted, groups, Page(whole[:_BEGINNING], whole))


def _order(
    asked: Asked, wanted: Wanted, query: Query, scope: Scope, resources: Resources
) -> list[int]:
    """Return the documents in which the noun may stand, or what the topic says; best first."""
    catalogue, collection = resources.catalogue, asked.request.collection_id
    points: Counter[int] = Counter()

    def holding(text: str) -> set[int]:
        match = lexical_match(text)
        named = catalogue.passages.named(collection, match, len(scope.documents))
        return catalogue.passages.documents_holding(collection, match) | named.keys()

    for word in (*wanted.noun_terms, *class_words(wanted.classes)):
        for row in holding(word):
            points[row] = max(points[row], _NOUN_POINTS)
    topic = wanted.topic_terms
    sets = [holding(word) for word in topic]
    rare = [rarity_of(len(rows), len(scope.documents)) for rows in sets]
    for rows, weight in zip(sets, rare, strict=True):
        for row in rows:
            points[row] += round(_NOUN_POINTS * weight / (sum(rare) or 1.0))
    near = near_passages(asked, query.text, resources, _NEAR_PASSAGES)
    stored = catalogue.passages.get([row for row, _ in near])
    for row in list(dict.fromkeys(stored[i].document.id for i, _ in near if i in stored))[:_N_NEAR]:
        points[row] += _NOUN_POINTS // 2
    least = _NOUN_POINTS // 2
    return [row for row, n in points.most_common() if n >= least and row in scope.documents]
