"""Questions with the sentences that answer them and those that do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.embedding.language_axis import asked_vector
from engine.facade import Engine
from engine.records import DocumentRef, Location, Passage, RetrievedPassage
from engine.retrieval.extracts import MAX_EMBEDDED_CHARACTERS
from engine.retrieval.quotation_features import Quotable, quotables, with_vectors
from engine.retrieval.terms import held_tokens, query_terms, rarity
from engine.text import normalise
from engine.workshop.evaluation.golden_answers.asking import search_query
from engine.workshop.evaluation.golden_answers.grading import holds
from engine.workshop.evaluation.golden_answers.questions import read_benchmark
from engine.workshop.questions.file import Question
from engine.workshop.quotations.ranking import RankedCase

if TYPE_CHECKING:
    from engine.embedding import Embedder

TOP_K = 6
PUBLIC_WEIGHT = 0.4
"""A question about an encyclopaedia counts less: there are no forms and tables in it."""

_N_LIKELY = 10


def company_cases(engine: Engine, questions: Path, embedder: Embedder) -> Iterator[RankedCase]:
    """Yield the development questions of a file, asked of an indexed collection."""
    for question in read_benchmark([questions]):
        if question.split != "dev" or not (question.expected.forms or question.expected.parts):
            continue
        text = search_query(question.text, question.history)
        passages = engine.search(text, top_k=TOP_K)
        items = quotables(text, passages)
        answers = [holds(item.sentence.text, question.expected) for item in items]
        if any(answers):
            yield case_of(text, passages, items, answers, embedder, 1.0)


def public_cases(questions: Sequence[Question], embedder: Embedder) -> Iterator[RankedCase]:
    """Yield questions of a public set with their own passages, those with most words first."""
    for question in questions:
        gold = question.gold[0]
        passages = _by_words(question.text, (gold, *question.distractors[:4]))
        of_gold = {p.number for p in passages if p.passage.text == gold}
        said = [normalise(answer) for answer in question.answers]
        items = quotables(question.text, passages)
        items.sort(key=lambda item: -item.features["inside"] - 0.1 * item.features["above"])
        items = items[:_N_LIKELY]
        answers = [
            item.sentence.number in of_gold
            and any(answer in normalise(item.sentence.text) for answer in said)
            for item in items
        ]
        if any(answers):
            yield case_of(question.text, passages, items, answers, embedder, PUBLIC_WEIGHT)


def case_of(
    question: str,
    passages: Sequence[RetrievedPassage],
    items: Sequence[Quotable],
    answers: Sequence[bool],
    embedder: Embedder,
    weight: float,
) -> RankedCase:
    """Return a question with all features of its sentences."""
    texts = [item.sentence.text[:MAX_EMBEDDED_CHARACTERS] for item in items]
    vectors = np.asarray(embedder.embed_passages(texts), dtype=np.float32)
    cosines = asked_vector(embedder, question).similarities(vectors)
    places = {passage.number: passage for passage in passages}
    features = tuple(
        with_vectors(item, float(cosine), places[item.sentence.number])
        for item, cosine in zip(items, cosines, strict=True)
    )
    return RankedCase(features, tuple(answers), weight)


def _by_words(question: str, texts: Sequence[str]) -> tuple[RetrievedPassage, ...]:
    terms = query_terms(question)
    held = [held_tokens(terms, text) for text in texts]
    weights = rarity(terms, held)
    order = sorted(range(len(texts)), key=lambda n: -sum(weights[term] for term in held[n]))
    return tuple(
        RetrievedPassage(number, _passage(row, texts[row]), 1 / number)
        for number, row in enumerate(order, start=1)
    )


def _passage(row: int, text: str) -> Passage:
    document = DocumentRef(row + 1, "", "", "", 0.0, "text/plain")
    return Passage(row + 1, document, 0, 0, len(text), text, "", Location("paragraph", 1))
