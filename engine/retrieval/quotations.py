"""The one to three quotations that an answer begins with: the first one is to answer.

A small ranking (:mod:`engine.retrieval.quotation_features`), learnt on questions about documents of
companies and on public ones, puts the sentences in order. Headings are never quoted. Two sentences
are quoted together where one leaves to the other what it is about, or both answer about as well;
behind a line of a form stands the one that says whose form it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.embedding.language_axis import asked_vector
from engine.records import Extract, RetrievedPassage
from engine.retrieval.asked_for import leans_back
from engine.retrieval.extracts import (
    MAX_EMBEDDED_CHARACTERS,
    MAX_EXTRACTS,
    ScoredSentence,
    rank_sentences,
)
from engine.retrieval.quotation_features import Quotable, is_prose, quotables, with_vectors
from engine.retrieval.quotation_numbers import quotation_numbers, weigh

if TYPE_CHECKING:
    from engine.embedding import Embedder

N_WEIGHED = 12
"""Sentences that are weighed by their vectors, too, after those that words put first."""

N_EMBEDDED_MORE = 6
"""So many of them are embedded beside those that were embedded already: about 15 ms each."""

KEPT_SHARE = 0.3
"""A second or third quotation must be this likely, compared with the best one."""

NO_PLACE = {"rank": 0.0, "first": 0.0}
"""In place of what the rank of a passage says where passages have none."""

_NEAR = 1.0
_LEANING = 4.0
"""How much worse a sentence may be that is quoted together with its neighbour, on the scale of the
ranking: one that answers about as well, and one that says what the other is about."""

_MAX_TOGETHER = 280
_MAX_GAP = 2


@dataclass(frozen=True)
class _Ranked:
    """A sentence with its weight, higher better."""

    item: Quotable
    weight: float


def find_extracts(
    question: str,
    passages: Sequence[RetrievedPassage],
    embedder: Callable[[], Embedder] | None,
    *,
    in_order: bool = True,
) -> tuple[Extract, ...]:
    """Return the quotations of evidence whose sentences nobody has ranked yet.

    Args:
        question: What was searched for.
        passages: Retrieved evidence.
        embedder: As in :func:`quotations`.
        in_order: Whether passages stand in the order of their ranks, which then counts.
    """
    ranked = rank_sentences(question, passages, embedder)
    return quotations(question, passages, ranked, embedder, in_order=in_order)


def quotations(
    question: str,
    passages: Sequence[RetrievedPassage],
    ranked: Sequence[ScoredSentence],
    embedder: Callable[[], Embedder] | None,
    *,
    in_order: bool = True,
) -> tuple[Extract, ...]:
    """Return at most three quotations, the one that answers first.

    Args:
        question: What was searched for.
        passages: Retrieved evidence.
        ranked: Sentences whose likeness to the question is known already, see
            :func:`engine.retrieval.extracts.rank_sentences`.
        embedder: Loads the embedding model; called once. None judges by words alone.
        in_order: As in :func:`find_extracts`.

    Returns:
        Exact slices of the documents; none if there is nothing but headings.
    """
    order = _ranking(question, passages, ranked, embedder, in_order=in_order)
    if not order:
        return ()
    highest = order[0].weight
    total = sum(math.exp(each.weight - highest) for each in order)
    share = {id(each): math.exp(each.weight - highest) / total for each in order}
    found: list[Extract] = []
    for each in order:
        if share[id(each)] < KEPT_SHARE * share[id(order[0])] or len(found) == MAX_EXTRACTS:
            break
        if each.item.features["named"] < order[0].item.features["named"]:
            continue  # said of another code, year or plan
        extract = _quoted(each, order, passages, share[id(each)])
        if not any(_overlap(extract, other) for other in found):
            found.append(extract)
    subject = _subject(order)
    if subject is not None and not any(s.start == subject.sentence.start for s in found):
        s = subject.sentence
        found[1:] = [Extract(s.number, s.text, s.start, s.end, found[0].score), *found[1:]]
    return tuple(found[:MAX_EXTRACTS])


def _ranking(
    question: str,
    passages: Sequence[RetrievedPassage],
    ranked: Sequence[ScoredSentence],
    embedder: Callable[[], Embedder] | None,
    *,
    in_order: bool,
) -> list[_Ranked]:
    """Return sentences, best first: :data:`N_WEIGHED` of them if vectors weigh, else all."""
    numbers = quotation_numbers()
    items = quotables(question, passages)
    if not in_order:
        items = [replace(item, features={**item.features, **NO_PLACE}) for item in items]
    by_words = sorted(
        (_Ranked(item, weigh(numbers.words, item.features)) for item in items),
        key=lambda each: -each.weight,
    )
    if embedder is None or not by_words:
        return by_words
    cosines = _cosines(question, by_words[:N_WEIGHED], ranked, embedder)
    places = {passage.number: passage for passage in passages}
    weighed = [
        replace(
            each,
            weight=weigh(
                numbers.vectors, with_vectors(each.item, cosine, places[each.item.sentence.number])
            ),
        )
        for each, cosine in zip(by_words, cosines, strict=False)
        if cosine is not None
    ]
    return sorted(weighed, key=lambda each: -each.weight)


def _cosines(
    question: str,
    chosen: Sequence[_Ranked],
    ranked: Sequence[ScoredSentence],
    embedder: Callable[[], Embedder],
) -> list[float | None]:
    """Return the likeness of each sentence to the question; None for those beyond the number."""
    known = {
        (item.sentence.number, item.sentence.start): item.similarity
        for item in ranked
        if item.similarity is not None
    }
    sentences = [each.item.sentence for each in chosen]
    found: list[float | None] = [known.get((s.number, s.start)) for s in sentences]
    lacking = [n for n, cosine in enumerate(found) if cosine is None][:N_EMBEDDED_MORE]
    if lacking:
        model = embedder()
        texts = [sentences[n].text[:MAX_EMBEDDED_CHARACTERS] for n in lacking]
        vectors = np.asarray(model.embed_passages(texts), dtype=np.float32)
        for n, cosine in zip(
            lacking, asked_vector(model, question).similarities(vectors), strict=True
        ):
            found[n] = float(cosine)
    return found


def _quoted(
    each: _Ranked, order: Sequence[_Ranked], passages: Sequence[RetrievedPassage], share: float
) -> Extract:
    """Return a sentence as it is quoted, with its neighbour if they belong together."""
    first = last = each.item.sentence
    other = _companion(each, order)
    if other is not None:
        first, last = sorted((first, other.item.sentence), key=lambda s: s.start)
    passage = next(p.passage for p in passages if p.number == first.number)
    quote = passage.text[first.start - passage.start : last.end - passage.start]
    return Extract(first.number, quote, first.start, last.end, round(share, 4))


def _companion(each: _Ranked, order: Sequence[_Ranked]) -> _Ranked | None:
    """Return the sentence beside one that is quoted with it; rows and fields stand alone."""
    best, best_lead = None, 0.0
    for other in order:
        if other is each or not (_beside(each.item, other.item) and is_prose(other.item)):
            continue
        behind = max(each, other, key=lambda one: one.item.sentence.start)
        allowed = _LEANING if leans_back(behind.item.sentence.text) else _NEAR
        lead = other.weight + allowed - each.weight
        if lead > best_lead:
            best, best_lead = other, lead
    return best


def _beside(one: Quotable, other: Quotable) -> bool:
    a, b = sorted((one.sentence, other.sentence), key=lambda s: s.start)
    near = a.number == b.number and 0 <= b.start - a.end <= _MAX_GAP
    return near and is_prose(one) and b.end - a.start <= _MAX_TOGETHER


def _subject(order: Sequence[_Ranked]) -> Quotable | None:
    """Return the line of the best one's form that says what the question is about."""
    best = order[0].item
    if not best.features["field"]:
        return None
    lines = (
        each.item
        for each in order[1:]
        if each.item.features["subject"] and each.item.sentence.number == best.sentence.number
    )
    return max(lines, key=lambda item: item.features["value"], default=None)


def _overlap(one: Extract, other: Extract) -> bool:
    return one.number == other.number and one.start < other.end and other.start < one.end
