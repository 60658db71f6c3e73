"""What can be told of evidence without a chat model: numbers by name, for one regression.

All lie between about 0 and 1, so that the weights of the regression can be compared. Left out
because they did not carry over from one set of documents to another: how far the nearest passage
or document is ahead of the next, whether a name stands in any passage, the second best sentence,
and the similarity of single tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.records import Passage, RetrievedPassage
from engine.retrieval.answer_type import answer_type, holds_answer_type, names_unit
from engine.retrieval.deciding import comparable_names
from engine.retrieval.extracts import KEEP_RATIO, MAX_EXTRACTS, ScoredSentence
from engine.retrieval.terms import held_tokens, query_terms, rarity
from engine.text import language_of, search_form

Features = dict[str, float]

WORDS = (
    "sentence_score",
    "coverage",
    "evidence_coverage",
    "words_apart",
    "names_apart",
    "unit_missing",
    "other_language",
    "japanese",
)
"""Features that need no vector.

``sentence_score`` and ``coverage`` are of the best sentence; ``evidence_coverage`` is the share of
the question's rarity that all passages hold together, ``words_apart`` the share of its words that
do not stand in or right before the best sentence. ``names_apart``: a number, model or name that is
asked for does not stand in the passage of that sentence. ``unit_missing``: a unit is asked for
(a weight, a price) and no extract holds one. The last two say in which language.
"""

VECTORS = (
    *WORDS,
    "similarity",
    "sentence_similarity",
    "agreement",
)
"""Features of passages that have one: also the cosines of the nearest passage and sentence, and
whether both rankings put the same passage first."""

_FLOOR, _SPAN = 0.75, 0.2
"""multilingual-e5 puts unrelated texts at about 0.75, and hardly any two above 0.95."""


def evidence_features(
    question: str, passages: Sequence[RetrievedPassage], ranked: Sequence[ScoredSentence]
) -> Features:
    """Return the features of :data:`VECTORS`, or of :data:`WORDS` if no passage has a vector.

    Args:
        question: What was searched for.
        passages: Retrieved evidence, at least one.
        ranked: Its best sentences, at least one, see
            :func:`engine.retrieval.extracts.rank_sentences`.
    """
    features = _of_words(question, passages, ranked)
    similarities = [p.similarity for p in passages if p.similarity is not None]
    if similarities:
        features |= _of_vectors(passages[0], ranked, max(similarities))
    return features


def _of_words(
    question: str, passages: Sequence[RetrievedPassage], ranked: Sequence[ScoredSentence]
) -> Features:
    tokens = query_terms(question)
    texts = [_with_headings(item.passage) for item in passages]
    holdings = [held_tokens(tokens, text) for text in texts]
    weights = rarity(tokens, holdings)
    total = sum(weights.values()) or 1.0
    held = frozenset[str]().union(*holdings)
    best = ranked[0]
    inside = held_tokens(tokens, f"{best.sentence.text}\n{best.sentence.near}")
    in_order = {p.number: text for p, text in zip(passages, texts, strict=True)}
    other_language = language_of(question) != language_of(best.sentence.text)
    names = comparable_names(question, other_language=other_language)
    around = search_form(in_order.get(best.sentence.number, ""))
    kind = answer_type(question)
    floor = KEEP_RATIO * best.score
    quotes = [item.sentence.text for item in ranked[:MAX_EXTRACTS] if item.score >= floor]
    missing = not any(holds_answer_type(text, kind) for text in quotes)
    return {
        "sentence_score": best.score,
        "coverage": max(item.coverage for item in ranked),
        "evidence_coverage": sum(weights[t] for t in held) / total,
        "words_apart": sum(t not in inside for t in tokens) / max(1, len(tokens)),
        "names_apart": float(any(name not in around for name in names)),
        "unit_missing": float(missing and names_unit(kind)),
        "other_language": float(other_language),
        "japanese": float(language_of(question) == "ja"),
    }


def _with_headings(passage: Passage) -> str:
    document = passage.document
    return "\n".join((document.name, document.title, passage.context, passage.text))


def _of_vectors(
    first: RetrievedPassage, ranked: Sequence[ScoredSentence], nearest: float
) -> Features:
    sentences = [item.similarity for item in ranked if item.similarity is not None]
    return {
        "similarity": (nearest - _FLOOR) / _SPAN,
        "sentence_similarity": (max(sentences, default=_FLOOR) - _FLOOR) / _SPAN,
        "agreement": float(first.lexical_rank == 1 and first.dense_rank == 1),
    }
