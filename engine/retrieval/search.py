"""Ranked passages for a query: BM25, cosine similarity, or both fused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.records import Passage, RetrievedPassage, Retriever
from engine.retrieval.fusion import (
    dense_confidence,
    lexical_confidence,
    reciprocal_rank_fusion,
)
from engine.retrieval.query import Query, parse_query
from engine.retrieval.terms import best_coverage, lexical_match
from engine.text import normalise

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.embedding import Embedder
    from engine.vectors import VectorStore

N_CANDIDATES = 50
"""Candidates per ranking before fusion: recall is flat from 30 on, cost is not."""

N_CANDIDATES_FILTERED = 2000
"""With a ``file:`` filter most candidates are thrown away, so many more are needed."""


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
        query: Question or words; may hold ``file:name`` filters.
        collection_id: Where to search.
        top_k: Upper bound; passages with the same text count once.
        retriever: Which ranking; honoured exactly, there is no fallback.

    Raises:
        EmptyQuestion: The query is blank.
        ModelMissing: ``hybrid`` and ``dense`` need the embedding model.
    """
    parsed = parse_query(query)
    limit = max(N_CANDIDATES_FILTERED if parsed.files else N_CANDIDATES, 2 * top_k)
    lexical: list[tuple[int, float]] = []
    dense: list[tuple[int, float]] = []
    if retriever != "dense":
        match = lexical_match(parsed.text)
        lexical = list(catalogue.passages.lexical(collection_id, match, limit)) if match else []
    if retriever != "lexical":
        model = embedder()
        vector = model.embed_query(parsed.text)
        dense = list(vectors.search(collection_id, model.name, vector, limit))
    passages = catalogue.passages.get(list(dict.fromkeys(i for i, _ in (*lexical, *dense))))
    ranking = _rank(parsed.text, lexical, dense, (retriever, passages))
    found = _collapse(_details(ranking, lexical, dense, (passages, parsed)))
    return tuple(replace(item, number=n) for n, item in enumerate(found[:top_k], start=1))


def _rank(
    question: str,
    lexical: list[tuple[int, float]],
    dense: list[tuple[int, float]],
    how: tuple[Retriever, dict[int, Passage]],
) -> list[tuple[int, float]]:
    retriever, passages = how
    if retriever == "lexical":
        return lexical
    if retriever == "dense":
        return dense
    hits = [passages[passage_id] for passage_id, _ in lexical if passage_id in passages]
    covered = best_coverage(question, [f"{hit.context}\n{hit.text}" for hit in hits])
    return reciprocal_rank_fusion([lexical_confidence(lexical, covered), dense_confidence(dense)])


def _details(
    ranking: list[tuple[int, float]],
    lexical: list[tuple[int, float]],
    dense: list[tuple[int, float]],
    known: tuple[dict[int, Passage], Query],
) -> Iterable[RetrievedPassage]:
    passages, query = known
    lexical_rank = {passage_id: rank for rank, (passage_id, _) in enumerate(lexical, start=1)}
    dense_rank = {passage_id: rank for rank, (passage_id, _) in enumerate(dense, start=1)}
    similarity = dict(dense)
    for passage_id, score in ranking:
        passage = passages.get(passage_id)  # a vector may outlive its row for a moment
        if passage is not None and query.admits(passage.document):
            yield RetrievedPassage(
                number=0,
                passage=passage,
                score=float(score),
                lexical_rank=lexical_rank.get(passage_id),
                dense_rank=dense_rank.get(passage_id),
                similarity=float(similarity[passage_id]) if passage_id in similarity else None,
            )


def _collapse(ranked: Iterable[RetrievedPassage]) -> list[RetrievedPassage]:
    """Keep one of the passages with the same text; the others stay known in ``also_in``.

    Only equal texts count (after folding width, case and spaces): two versions of a
    policy that differ in one number must both be seen.
    """
    kept: dict[str, RetrievedPassage] = {}
    for item in ranked:
        key = normalise(item.passage.text)
        first = kept.get(key)
        if first is None:
            kept[key] = item
        else:
            kept[key] = replace(first, also_in=(*first.also_in, item.passage))
    return list(kept.values())
