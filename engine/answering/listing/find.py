"""Which document: a short list with the reason for each, best first."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from engine.answering.asked import Asked
from engine.answering.composed import Source
from engine.answering.gathering import Resources
from engine.answering.listing.documents import is_of
from engine.answering.listing.items import Item, shortened
from engine.answering.listing.scan import scope_of
from engine.answering.listing.wanted import wanted
from engine.answering.listing.writing import listed, wording_of
from engine.cancel import CancelToken
from engine.catalogue.name_text import names_of
from engine.events import AnswerEvent
from engine.records import Answer, AttentionChoice, RetrievedPassage
from engine.retrieval import retrieve
from engine.retrieval.extracts import rank_sentences
from engine.retrieval.query import parse_query
from engine.retrieval.terms import held_tokens, query_terms, rarity

MAX_DOCUMENTS = 8
_TOP_K = 40
_NAME_SURE = 0.99
_SURE = 0.9
_POSSIBLE = 0.6
_LEAST = 0.35
_GENRE_BONUS = 0.3


@dataclass(frozen=True)
class _Candidate:
    """A document that may be meant.

    Attributes:
        item: What is said of it.
        score: How well it fits.
        named: Whether its names alone say that it is meant.
    """

    item: Item
    score: float
    named: bool


def find_route(
    asked: Asked, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer | None]:
    """Answer which document it is that is called something, or says something.

    Yields:
        Nothing: it takes no longer than a search.

    Returns:
        The answer; None if nothing fits and the user did not ask for documents himself.

    Raises:
        EmptyQuestion, FilterUnreadable, NothingFits: Input.
        ModelMissing: The embedding model is not installed.
    """
    yield from ()
    query = parse_query(asked.query)
    scope = scope_of(asked, query, resources)
    want = wanted(query.text)
    about = want.topic if want and want.form == "documents" and want.topic else query.text
    text = " ".join((*query.filters, about.strip('"'))) if query.filters else about.strip('"')
    passages = retrieve(
        resources.catalogue,
        resources.vectors,
        resources.embedder,
        text,
        asked.request.collection_id,
        top_k=_TOP_K,
    )
    genres = want.genres if want else frozenset()
    found = _candidates(about, passages, genres)
    sure, possible = _parted(found)
    if not sure and not asked.chosen:
        return None
    words = wording_of(asked.language)
    return listed(asked, choice, scope, words.documents, sure, possible)


def _candidates(
    about: str, passages: tuple[RetrievedPassage, ...], genres: frozenset[str]
) -> list[_Candidate]:
    terms = query_terms(about)
    by_document: dict[int, list[RetrievedPassage]] = {}
    for item in passages:
        by_document.setdefault(item.passage.document.id, []).append(item)
    texts = [f"{p.passage.context}\n{p.passage.text}" for p in passages]
    weights = rarity(terms, [held_tokens(terms, text) for text in texts])
    total = sum(weights.values()) or 1.0
    return [
        _candidate(about, items, genres, (weights, total))
        for items in list(by_document.values())[:MAX_DOCUMENTS]
    ]


def _candidate(
    about: str,
    items: list[RetrievedPassage],
    genres: frozenset[str],
    rare: tuple[dict[str, float], float],
) -> _Candidate:
    weights, total = rare
    document = items[0].passage.document
    names = names_of(document.path, document.title)
    called = held_tokens(tuple(weights), names)
    ranked = rank_sentences(about, [items[0]], None)
    name_share = sum(weights[t] for t in called) / total
    said = (
        max(
            (
                sum(
                    weights[t]
                    for t in held_tokens(
                        tuple(weights), f"{names}\n{i.passage.context}\n{i.passage.text}"
                    )
                )
                for i in items
            ),
            default=0.0,
        )
        / total
    )
    sentence = ranked[0].sentence if ranked else None
    passage = items[0].passage
    if sentence is None:
        source = Source(passage, passage.start, passage.end)
        quote = ""
    else:
        source = Source(passage, sentence.start, sentence.end)
        quote = f" – “{' '.join(sentence.text.split())}”"
    title = f" ({document.title})" if document.title not in (document.name, "") else ""
    bonus = _GENRE_BONUS if genres and is_of(genres, document) else 0.0
    rank = 1 / (1 + 0.25 * (items[0].number - 1))
    score = 0.55 * said + 0.45 * rank + bonus + 0.5 * name_share
    text = shortened(f"{document.name}{title}{quote}")
    return _Candidate(Item(text, (source,), document.path), score, name_share >= _NAME_SURE)


def _parted(found: list[_Candidate]) -> tuple[list[Item], list[Item]]:
    """Return the documents that are surely meant, and those that may be."""
    ranked = sorted(found, key=lambda each: -each.score)
    if not ranked or ranked[0].score < _LEAST:
        return [], [each.item for each in ranked]
    least = _SURE * ranked[0].score
    sure = [each for each in ranked if each.score >= least or each.named]
    return [each.item for each in sure], [
        each.item
        for each in ranked
        if each not in sure and each.score >= _POSSIBLE * ranked[0].score
    ]
