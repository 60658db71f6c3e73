"""What can be told of a sentence that may be quoted: numbers by name, for one ranking.

Only differences between the sentences of one question count, so that what is the same for all of
them needs no feature.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.records import RetrievedPassage
from engine.retrieval.asked_for import AskedFor, asked_for, is_mail_head, told
from engine.retrieval.deciding import decides
from engine.retrieval.sentences import Sentence, first_of_each, sentences_of
from engine.retrieval.terms import held_tokens, is_exact, query_terms, rarity
from engine.text import content_tokens, language_of

Features = dict[str, float]

WORDS = (
    "inside",
    "value",
    "before",
    "above",
    "beside",
    "form",
    "named",
    "label",
    "label_answered",
    "subject",
    "mail_head",
    "unit",
    "kind",
    "period",
    "counted",
    "stranger",
    "echo",
    "fragment",
    "row",
    "field",
    "length",
    "tiny",
    "rank",
    "first",
    "same_document",
    "other_language",
)
"""Features that need no vector.

``inside``: share of the question's rarity that the sentence holds, ``value`` the same of what
stands behind the label of a line of a form; ``before``, ``above``, ``beside``: what the sentence
before it, the headings and names above it, and the other lines of its passage add; ``form``: the
last two together, of such a line. ``named``: share of the codes, numbers and names of the
question that it, or what stands around it, holds. ``label``: share of the words of its label that
are asked for, ``label_answered`` the same where what stands behind the label is of the kind that
is asked for; ``subject``: the question names what stands behind the label, and not the label.
``mail_head``: a line of the head of a mail that was not asked about. ``unit``, ``kind``,
``period``, ``counted``: without the codes of the question it is of the kind that is asked for: a
quantity with its unit, another kind, a length of time, a number of what is counted. ``stranger``:
it is surely not. ``echo``: share of its words that stand in the question. ``fragment``: neither a
sentence nor a row nor a line of a form. ``rank``, ``first``: of its passage; ``same_document``:
as the first passage.
"""

VECTORS = (*WORDS, "similarity", "similarity_across", "passage")
"""Features where there are vectors: the cosine of the sentence (again if it is in another
language), and of its passage."""

_FLOOR, _SPAN = 0.75, 0.2
"""multilingual-e5 puts unrelated texts at about 0.75, and hardly any two above 0.95."""

_LONG = 200
_TINY = 12
_LABEL = re.compile(r"\s*(?:[-*・]\s+)?([^\n:：|。]{1,40}?)\s*[:：]\s*(\S[^\n|]*)")
_ENDED = re.compile(r"[.!?。！？:：;；]\W*$|\n")
_CELL = re.compile(r" \| |\t")


@dataclass(frozen=True)
class Quotable:
    """A sentence that may be quoted.

    Attributes:
        sentence: The sentence.
        features: Those of :data:`WORDS`.
    """

    sentence: Sentence
    features: Features


@dataclass(frozen=True)
class _Wanted:
    """What a question asks for.

    Attributes:
        terms: Its terms.
        weights: How rare each of them is in the evidence.
        asked: What is to be told.
        names: Terms that decide alone.
        language: ISO 639-1.
        document: Of the first passage.
    """

    terms: tuple[str, ...]
    weights: dict[str, float]
    asked: AskedFor
    names: frozenset[str]
    language: str
    document: int

    def share(self, held: frozenset[str]) -> float:
        """Return the share of the question's rarity that some terms hold."""
        total = sum(self.weights.values())
        return sum(self.weights[term] for term in held) / total if total else 0.0


def quotables(question: str, passages: Sequence[RetrievedPassage]) -> list[Quotable]:
    """Return the sentences of passages that may be quoted, each text once, in rank order."""
    cut = [(item, sentences_of(item)) for item in passages]
    everything = [sentence for _, sentences in cut for sentence in sentences]
    kept = {id(everything[n]) for n in first_of_each(everything)}
    first = passages[0].passage.document.id if passages else 0
    wanted = _wanted(question, [s.text for s in everything], first)
    found: list[Quotable] = []
    for retrieved, sentences in cut:
        document = retrieved.passage.document.id
        held = [held_tokens(wanted.terms, sentence.text) for sentence in sentences]
        for at, sentence in enumerate(sentences):
            if id(sentence) in kept and not sentence.heading:
                others = frozenset[str]().union(*held[:at], *held[at + 1 :])
                before = sentences[at - 1].text if at else ""
                features = _features(wanted, sentence, held[at], (before, others))
                features["same_document"] = float(document == wanted.document)
                found.append(Quotable(sentence, features))
    return found


def is_prose(item: Quotable) -> bool:
    """Tell whether it is a sentence, and no row, line of a form or what is left of a heading."""
    return not any(item.features[name] for name in ("row", "field", "fragment"))


def _wanted(question: str, texts: Sequence[str], document: int) -> _Wanted:
    terms = query_terms(question)
    weights = rarity(terms, [held_tokens(terms, text) for text in texts])
    names = frozenset(term for term in terms if decides(term, question))
    asked = asked_for(question)
    return _Wanted(terms, weights, asked, names, language_of(question), document)


def _features(
    wanted: _Wanted, sentence: Sentence, held: frozenset[str], around: tuple[str, frozenset[str]]
) -> Features:
    text, (before, others) = sentence.text, around
    row, field = bool(_CELL.search(text)), _LABEL.fullmatch(text)
    previous = frozenset() if row or field else held_tokens(wanted.terms, before) - held
    above = held_tokens(wanted.terms, sentence.near) - held - previous
    beside = others - held - previous - above
    other = language_of(text) != wanted.language
    names = {name for name in wanted.names if not other or is_exact(name)}
    there = held | above | previous | (beside if field else frozenset())
    value = frozenset[str]()
    if field and not row:
        value = held - held_tokens(wanted.terms, field[1])
    tokens = content_tokens(text)
    ended = bool(_ENDED.search(text))
    return {
        "inside": wanted.share(held - value),
        "value": wanted.share(value),
        "before": wanted.share(previous),
        "above": wanted.share(above),
        "beside": wanted.share(beside),
        "form": wanted.share(above | beside) if field and not row else 0.0,
        "named": len(names & there) / len(names) if names else 0.0,
        **_label(wanted, text),
        "subject": float(bool(value) and value == held),
        "mail_head": float(bool(field and is_mail_head(field[1])) and not wanted.asked.mail),
        **told(wanted.asked, text),
        "echo": min(1.0, len(held) / max(1, len(set(tokens)))),
        "fragment": float(not (row or field or ended)),
        "row": float(row),
        "field": float(bool(field) and not row),
        "length": math.log(max(1.0, len(text) / _LONG)),
        "tiny": float(len(text) < _TINY),
        "rank": 1 / sentence.number,
        "first": float(sentence.number == 1),
        "other_language": float(other),
    }


def _label(wanted: _Wanted, text: str) -> Features:
    best = answered = 0.0
    for cell in _CELL.split(text):
        match = _LABEL.match(cell)
        if match is None:
            continue
        size = max(1, len(set(content_tokens(match[1]))))
        share = min(1.0, len(held_tokens(wanted.terms, match[1])) / size)
        best = max(best, share)
        if wanted.asked.kind == "any" or not told(wanted.asked, cell)["stranger"]:
            answered = max(answered, share)
    return {"label": best, "label_answered": answered}


def with_vectors(item: Quotable, cosine: float, passage: RetrievedPassage) -> Features:
    """Return the features of :data:`VECTORS`.

    Args:
        item: The sentence.
        cosine: Its likeness to the question.
        passage: Where it stands.
    """
    likeness = (cosine - _FLOOR) / _SPAN
    near = passage.similarity if passage.similarity is not None else _FLOOR
    return item.features | {
        "similarity": likeness,
        "similarity_across": likeness * item.features["other_language"],
        "passage": (near - _FLOOR) / _SPAN,
    }
