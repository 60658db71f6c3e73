"""What can be told of evidence without a chat model: numbers by name, for one regression.

All lie between about 0 and 1, so that the weights of the regression can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.languages import profile_of
from engine.records import RetrievedPassage
from engine.retrieval.answer_type import answer_type, holds_answer_type, names_unit
from engine.retrieval.extracts import KEEP_RATIO, MAX_EXTRACTS, ScoredSentence
from engine.retrieval.terms import held_tokens, query_tokens, rarity, stem
from engine.text import language_of, normalise

Features = dict[str, float]

WORDS = (
    "sentence_score",
    "second_score",
    "coverage",
    "passage_coverage",
    "evidence_coverage",
    "words_apart",
    "names_missing",
    "names_apart",
    "kind_missing",
    "unit_missing",
    "other_language",
    "japanese",
)
"""Features that need no vector."""

VECTORS = (
    *WORDS,
    "similarity",
    "similarity_lead",
    "document_lead",
    "sentence_similarity",
    "agreement",
)
"""Features of passages that have one."""

_CODE = re.compile(r"[A-Za-z]*-?\d[A-Za-z0-9.-]*[A-Za-z0-9]")
"""Numbers of two digits and more, years, models: KF-200, 2024."""

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&-]+")
_CAPITAL = re.compile(r"(?<!^)\b[A-Z][\w&-]*\w")

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
        features |= _of_vectors(passages, ranked, similarities)
    return features


def asked_names(question: str) -> tuple[str, ...]:
    """Return what a question names: numbers, models, names; in comparable form.

    A name must stand in the evidence as it is, which a word need not.
    """
    language = language_of(question)
    profile = profile_of(language)
    names = _CODE.findall(question)
    if profile.spaced:
        names += _CAPITAL.findall(question)
    else:
        names += _LATIN.findall(question)
        if profile.salient.names:
            names += re.findall(profile.salient.names, question)
    return tuple(dict.fromkeys(normalise(name) for name in names))


def _of_words(
    question: str, passages: Sequence[RetrievedPassage], ranked: Sequence[ScoredSentence]
) -> Features:
    tokens = list(dict.fromkeys(stem(token) for token in query_tokens(question)))
    texts = [f"{p.passage.document.title}\n{p.passage.context}\n{p.passage.text}" for p in passages]
    holdings = [held_tokens(tokens, text) for text in texts]
    weights = rarity(tokens, holdings)
    total = sum(weights.values()) or 1.0
    held = frozenset[str]().union(*holdings)
    best = ranked[0]
    inside = best.sentence.tokens | best.sentence.near
    in_order = {p.number: text for p, text in zip(passages, texts, strict=True)}
    other_language = language_of(question) != language_of(best.sentence.text)
    names = _comparable_names(question, other_language=other_language)
    everywhere = normalise("\n".join(texts))
    around = normalise(in_order.get(best.sentence.number, ""))
    kind = answer_type(question)
    floor = KEEP_RATIO * best.score
    quotes = [item.sentence.text for item in ranked[:MAX_EXTRACTS] if item.score >= floor]
    kind_missing = kind != "any" and not any(holds_answer_type(text, kind) for text in quotes)
    return {
        "sentence_score": best.score,
        "second_score": ranked[1].score if len(ranked) > 1 else 0.0,
        "coverage": max(item.coverage for item in ranked),
        "passage_coverage": max(sum(weights[t] for t in part) for part in holdings) / total,
        "evidence_coverage": sum(weights[t] for t in held) / total,
        "words_apart": sum(t not in inside for t in tokens) / max(1, len(tokens)),
        "names_missing": float(any(name not in everywhere for name in names)),
        "names_apart": float(any(name not in around for name in names)),
        "kind_missing": float(kind_missing),
        "unit_missing": float(kind_missing and names_unit(kind)),
        "other_language": float(other_language),
        "japanese": float(language_of(question) == "ja"),
    }


def _of_vectors(
    passages: Sequence[RetrievedPassage],
    ranked: Sequence[ScoredSentence],
    similarities: Sequence[float],
) -> Features:
    nearest, first = max(similarities), passages[0]
    elsewhere = [
        p.similarity
        for p in passages
        if p.similarity is not None and p.passage.document.id != first.passage.document.id
    ]
    sentences = [item.similarity for item in ranked if item.similarity is not None]
    lead = nearest - sum(similarities) / len(similarities)
    return {
        "similarity": (nearest - _FLOOR) / _SPAN,
        "similarity_lead": lead / _SPAN,
        "document_lead": (nearest - max(elsewhere)) / _SPAN if elsewhere else 0.0,
        "sentence_similarity": (max(sentences, default=_FLOOR) - _FLOOR) / _SPAN,
        "agreement": float(first.lexical_rank == 1 and first.dense_rank == 1),
    }


def _comparable_names(question: str, *, other_language: bool) -> tuple[str, ...]:
    """Return the names that evidence spells in the same way, in whichever language it is."""
    names = asked_names(question)
    return tuple(name for name in names if not other_language or _CODE.fullmatch(name))
