"""The sentences that support an answer: what is judged, and what quotations are chosen with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.embedding.language_axis import asked_vector
from engine.records import RetrievedPassage
from engine.retrieval.answer_type import AnswerType, answer_type, holds_answer_type
from engine.retrieval.deciding import decides
from engine.retrieval.sentences import Sentence, first_of_each, sentences_of
from engine.retrieval.terms import held_tokens, is_exact, query_terms, rarity
from engine.text import language_of

if TYPE_CHECKING:
    from engine.embedding import Embedder

MAX_EXTRACTS = 3
N_EMBEDDED = 6
"""Sentences that are embedded, after the lexical prefilter: about 15 ms each on one core."""

MAX_EMBEDDED_CHARACTERS = 240
"""A long row is compared by its beginning: padding the batch to it would cost every sentence."""

N_EMBEDDED_ACROSS = 12
"""The same where the best passage is in another language, of which no words can be compared."""

APART_FACTOR = 0.6
"""What is said without the code, number or word that is asked for is mostly said of another."""

HEADING_FACTOR = 0.4
"""A heading names the topic as the question does, and answers nothing."""

NEAR_WEIGHT = 0.3
"""Share of a question token's rarity that counts if only the neighbourhood holds it."""

# The weights add up to 1. They were tuned on the first 200 English and 150 Japanese questions
# of the development sets: the best sentence holds the answer in 86 % and 76 %, one of the first
# three in 94 % and 89 % of them; near the optimum the weights matter little.
COVERAGE_WEIGHT = 0.45
SIMILARITY_WEIGHT = 0.30
TYPE_WEIGHT = 0.15
RANK_WEIGHT = 0.10
SIMILARITY_FLOOR = 0.75
SIMILARITY_CEILING = 0.93
"""multilingual-e5 puts unrelated texts at about 0.75 and paraphrases above 0.9."""

KEEP_RATIO = 0.82
"""A second or third extract must reach this share of the best one's score."""


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence that may support an answer, and how well it does.

    Attributes:
        sentence: The sentence.
        score: Support for the question, about 0 to 1.
        coverage: Share of the question's rarity that it holds, see :func:`coverage`.
        similarity: Cosine of its vector and the question's; None if judged by words alone.
    """

    sentence: Sentence
    score: float
    coverage: float
    similarity: float | None = None


def rank_sentences(
    question: str,
    passages: Sequence[RetrievedPassage],
    embedder: Callable[[], Embedder] | None,
) -> tuple[ScoredSentence, ...]:
    """Return the :data:`N_EMBEDDED` best sentences of ``passages``, best first.

    Args:
        question: What was searched for.
        passages: Retrieved evidence.
        embedder: Loads the embedding model; called once, for all sentences together. None
            judges by words alone.
    """
    candidates = _candidates(question, passages)
    n_kept = N_EMBEDDED_ACROSS if any(c.other_language for c in candidates[:1]) else N_EMBEDDED
    prefiltered = sorted(candidates, key=lambda item: -item.score)[:n_kept]
    scored = [item.scored for item in prefiltered]
    if embedder is not None and scored:
        chosen = [item.sentence for item in scored]
        cosines = _similarities(question, chosen, embedder())
        scored = [
            replace(
                item.scored,
                score=item.score + item.factor * _similarity_score(cosine, item.scored.sentence),
                similarity=cosine,
            )
            for item, cosine in zip(prefiltered, cosines, strict=True)
        ]
    return tuple(sorted(scored, key=lambda item: -item.score)[:N_EMBEDDED])


@dataclass(frozen=True)
class _Candidate:
    """A sentence judged by words.

    Attributes:
        scored: With its score so far.
        factor: What its score is multiplied by: less than 1 if it lacks what decides.
        other_language: Whether it is in another language than the question.
    """

    scored: ScoredSentence
    factor: float
    other_language: bool

    @property
    def score(self) -> float:
        return self.scored.score


def _candidates(question: str, passages: Sequence[RetrievedPassage]) -> list[_Candidate]:
    """Return the sentences of passages in rank order, each text once."""
    sentences = [s for retrieved in passages for s in sentences_of(retrieved)]
    terms = query_terms(question)
    held = [held_tokens(terms, sentence.text) for sentence in sentences]
    weights = rarity(terms, held)  # of all: what is said of each item is not rare
    kind, language = answer_type(question), language_of(question)
    near = [held_tokens(terms, sentence.near) for sentence in sentences]
    somewhere = frozenset[str]().union(*held, *near)
    # What nothing has tells the sentences not apart; that it is missing is judged elsewhere.
    names = {term for term in terms if term in somewhere and decides(term, question)}
    found: list[_Candidate] = []
    for number in first_of_each(sentences):
        sentence, around = sentences[number], held[number] | near[number]
        covered = coverage(held[number], near[number], weights)
        other = language_of(sentence.text) != language
        wanted = {name for name in names if not other or is_exact(name)}
        missing = len(wanted - around) / len(wanted) if wanted else 0.0
        factor = 1 - (1 - APART_FACTOR) * missing
        score = factor * _cheap_score(sentence, covered, kind)
        found.append(_Candidate(ScoredSentence(sentence, score, covered), factor, other))
    return found


def coverage(inside: Collection[str], near: Collection[str], weights: Mapping[str, float]) -> float:
    """Return the share of a question's rarity that a sentence holds, in [0, 1].

    Args:
        inside: Terms in the sentence.
        near: Terms in its neighbourhood, which count :data:`NEAR_WEIGHT`.
        weights: Rarity of each term of the question among all sentences.
    """
    total = sum(weights.values())
    if not total:
        return 0.0
    held = sum(
        weight * (1.0 if term in inside else NEAR_WEIGHT)
        for term, weight in weights.items()
        if term in inside or term in near
    )
    return held / total


def _cheap_score(sentence: Sentence, covered: float, kind: AnswerType) -> float:
    held = holds_answer_type(sentence.text, kind)
    score = COVERAGE_WEIGHT * covered + TYPE_WEIGHT * held + RANK_WEIGHT / sentence.number
    return score * HEADING_FACTOR if sentence.heading else score


def _similarity_score(cosine: float, sentence: Sentence) -> float:
    share = (cosine - SIMILARITY_FLOOR) / (SIMILARITY_CEILING - SIMILARITY_FLOOR)
    score = SIMILARITY_WEIGHT * min(1.0, max(0.0, share))
    return score * HEADING_FACTOR if sentence.heading else score


def _similarities(question: str, sentences: list[Sentence], model: Embedder) -> list[float]:
    vectors = np.asarray(
        model.embed_passages([sentence.text[:MAX_EMBEDDED_CHARACTERS] for sentence in sentences]),
        dtype=np.float32,
    )
    return [float(value) for value in asked_vector(model, question).similarities(vectors)]
