"""Ranked passages for a query: BM25, cosine similarity, or both fused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import NothingFits
from engine.records import Passage, RetrievedPassage, Retriever
from engine.retrieval.fusion import Evidence, fuse
from engine.retrieval.names import NOBODY, named_documents
from engine.retrieval.nearest import Nearest
from engine.retrieval.query import parse_query
from engine.retrieval.terms import best_coverage, lexical_match
from engine.retrieval.versions import current_first
from engine.text import language_of, normalise

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.embedding import Embedder
    from engine.vectors import VectorStore

N_CANDIDATES = 50
"""Candidates per ranking before fusion: recall is flat from 30 on, cost is not."""

N_CANDIDATES_FILTERED = 2000
"""With a filter most candidates are thrown away, so many more are needed."""


def retrieve(
    catalogue: Catalogue,
    vectors: VectorStore,
    embedder: Callable[[], Embedder],
    query: str,
    collection_id: int,
    *,
    top_k: int,
    retriever: Retriever = "hybrid",
) -> tuple[RetrievedPassage, ...]:
    """Return at most ``top_k`` passages of a collection, numbered from 1.

    Args:
        catalogue: Full text and passages.
        vectors: Embeddings.
        embedder: Loads the embedding model; not called by ``lexical``.
        query: Question or words; may hold filters, see :mod:`engine.retrieval.query`.
        collection_id: Where to search.
        top_k: Upper bound; passages with the same text count once.
        retriever: Which ranking; honoured exactly, there is no fallback.

    Raises:
        EmptyQuestion: The query is blank.
        FilterUnreadable, NothingFits: Its filters cannot be read, or admit no passage.
        ModelMissing: ``hybrid`` and ``dense`` need the embedding model.
    """
    parsed = parse_query(query)
    limit = max(N_CANDIDATES_FILTERED if parsed.filters else N_CANDIDATES, 2 * top_k)
    lexical: list[tuple[int, float]] = []
    near: Nearest | None = None
    if retriever != "dense":
        match = lexical_match(parsed.text, exact=parsed.exact)
        lexical = list(catalogue.passages.lexical(collection_id, match, limit)) if match else []
    if retriever != "lexical":
        near = Nearest(vectors, embedder(), parsed.text, collection_id=collection_id, limit=limit)
    dense = near.hits if near else []
    called = NOBODY
    if retriever == "hybrid":
        called = named_documents(catalogue, parsed.text, collection_id)
    candidates = dict.fromkeys((*(i for i, _ in (*lexical, *dense)), *called.passages))
    stored = catalogue.passages.get(list(candidates))
    # A vector may outlive its row for a moment.
    known = [stored[i] for i in candidates if i in stored]
    admitted = [passage for passage in known if parsed.admits_passage(passage)]
    if parsed.filters and not admitted:
        raise NothingFits(filters=" ".join(parsed.filters))
    copies = _copies(admitted)
    passages = {group[0].id: group[0] for group in copies.values()}
    lexical, dense = _first_of_copies(lexical, copies), _first_of_copies(dense, copies)
    if near is None:
        ranking = lexical
    elif retriever == "dense":
        ranking = dense
    else:
        ranking = fuse(_evidence(parsed.text, lexical, near, (passages, called.of(passages))))
    found = _details(ranking[:top_k], lexical, dense, (passages, copies))
    ordered = current_first(parsed.text, tuple(found)) if retriever == "hybrid" else found
    return tuple(replace(item, number=n) for n, item in enumerate(ordered, start=1))


def _copies(passages: Iterable[Passage]) -> dict[int, tuple[Passage, ...]]:
    """Return, for the id of each passage, all those with the same text, the first one first.

    Only equal texts count (after folding width, case and spaces): two versions of a
    policy that differ in one number must both be seen.
    """
    same: dict[str, list[Passage]] = {}
    for passage in passages:
        same.setdefault(normalise(passage.text), []).append(passage)
    return {passage.id: tuple(group) for group in same.values() for passage in group}


def _first_of_copies(
    ranking: list[tuple[int, float]], copies: dict[int, tuple[Passage, ...]]
) -> list[tuple[int, float]]:
    """Return a ranking in which passages with the same text are one, the best of them.

    So that a folder that is there twice is ranked, and judged, as if it was there once.
    """
    best: dict[int, float] = {}
    for passage_id, score in ranking:
        if passage_id in copies:
            best.setdefault(copies[passage_id][0].id, score)
    return list(best.items())


def _evidence(
    question: str,
    lexical: list[tuple[int, float]],
    near: Nearest,
    known: tuple[dict[int, Passage], dict[int, float]],
) -> Evidence:
    passages, named = known
    near_ones = dict(near.hits)
    further = near.similarities([row for row in passages if row not in near_ones])
    similarity = {row: value for row, value in near_ones.items() if row in passages}
    language = language_of(question)
    texts = [f"{passages[row].context}\n{passages[row].text}" for row, _ in lexical]
    return Evidence(
        lexical,
        similarity | further,
        best_coverage(question, texts),
        frozenset(row for row, hit in passages.items() if language_of(hit.text) != language),
        named,
        near.spread,
    )


def _details(
    ranking: list[tuple[int, float]],
    lexical: list[tuple[int, float]],
    dense: list[tuple[int, float]],
    known: tuple[dict[int, Passage], dict[int, tuple[Passage, ...]]],
) -> Iterable[RetrievedPassage]:
    passages, copies = known
    lexical_rank = {passage_id: rank for rank, (passage_id, _) in enumerate(lexical, start=1)}
    dense_rank = {passage_id: rank for rank, (passage_id, _) in enumerate(dense, start=1)}
    similarity = dict(dense)
    for passage_id, score in ranking:
        yield RetrievedPassage(
            number=0,
            passage=passages[passage_id],
            score=float(score),
            lexical_rank=lexical_rank.get(passage_id),
            dense_rank=dense_rank.get(passage_id),
            similarity=float(similarity[passage_id]) if passage_id in similarity else None,
            also_in=copies[passage_id][1:],
        )
