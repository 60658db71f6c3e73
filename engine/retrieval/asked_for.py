"""What a question wants to be told, as far as a sentence shows that it tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.languages import PROFILES, any_of
from engine.retrieval.answer_type import AnswerType, answer_type, holds_answer_type, names_unit
from engine.retrieval.terms import query_terms
from engine.text import is_cjk, normalise
from engine.text.stems import stem

_RULES = [profile.quotes for profile in PROFILES]
_ASKS_DATE = re.compile(any_of(rules.asks_date for rules in _RULES))
_ASKS_PERSON = re.compile(any_of(rules.asks_person for rules in _RULES))
_LEANS_BACK = re.compile(any_of(rules.leans_back for rules in _RULES))
_NO_DATE = re.compile(any_of(rules.no_date for rules in _RULES))
_ASKS_PERIOD = re.compile(any_of(rules.asks_period for rules in _RULES))
_PERIOD = re.compile(any_of(rules.period for rules in _RULES))
_COUNTED = [re.compile(rules.counted) for rules in _RULES if rules.counted]
_MONEY = re.compile(any_of(rules.money_label for rules in _RULES))
_MAIL_HEAD = re.compile(any_of(rules.mail_head for rules in _RULES))
_ASKS_MAIL = re.compile(any_of(rules.asks_mail for rules in _RULES))

_SURE = frozenset({"amount", "date"})
"""Kinds that are seldom overlooked in a sentence, apart from quantities with a unit."""


@dataclass(frozen=True)
class AskedFor:
    """What is wanted.

    Attributes:
        kind: The kind of answer.
        period: Whether a length of time may be meant.
        counted: What is counted, stemmed; empty if nothing is.
        mail: Whether the head of a mail may answer.
        known: Terms of the question that are no answer to it.
    """

    kind: AnswerType
    period: bool
    counted: str
    mail: bool
    known: tuple[str, ...]


def asked_for(question: str) -> AskedFor:
    """Return what a question wants to be told."""
    question = _last(question)
    text = normalise(question)
    counts = (m for pattern in _COUNTED for m in [pattern.search(text)] if m)
    what = next((m.groupdict().get("what") or "" for m in counts), "")
    return AskedFor(
        _kind(question, text),
        bool(_ASKS_PERIOD.search(text)),
        stem(what),
        bool(_ASKS_MAIL.search(text)),
        _known(question, text),
    )


def _last(question: str) -> str:
    """Return the last one of several questions: a follow-up stands behind what it leans on."""
    parts = [part for part in re.split(r"(?<=[?？。])\s+", question.strip()) if part.strip()]
    return parts[-1] if parts else question


def _kind(question: str, text: str) -> AnswerType:
    if _ASKS_PERSON.search(text):
        return "person"
    kind = answer_type(question)
    return "date" if _ASKS_DATE.search(text) and kind != "time" else kind


def _known(question: str, text: str) -> tuple[str, ...]:
    """Return what of a question is no answer to it: codes and numbers, and names to "who"."""
    terms = query_terms(question)
    if _ASKS_PERSON.search(text):
        return terms
    return tuple(term for term in terms if any(c.isdigit() for c in term))


def told(asked: AskedFor, text: str) -> dict[str, float]:
    """Return how a text tells it: features of :mod:`engine.retrieval.quotation_features`."""
    rest = _without(asked.known, text)
    if asked.kind == "date":
        rest = _NO_DATE.sub(" ", rest)
    plain = normalise(rest)
    period = asked.period and bool(_PERIOD.search(plain))
    holds = asked.kind != "any" and holds_answer_type(rest, asked.kind)
    if asked.kind == "money" and _MONEY.search(plain):
        holds = holds or bool(re.search(r"\d", plain))
    sure = names_unit(asked.kind) or asked.kind in _SURE
    return {
        "unit": float(holds and names_unit(asked.kind)),
        "kind": float(holds and not names_unit(asked.kind)),
        "period": float(period),
        "counted": float(_counts(asked.counted, plain)),
        "stranger": float(sure and not holds and not period),
    }


def _counts(what: str, plain: str) -> bool:
    if not what:
        return False
    if is_cjk(what[0]):
        return bool(re.search(rf"[\d一二三四五六七八九十百千]\s?{re.escape(what)}", plain))
    return bool(re.search(rf"\d[\d.,]* (?:[\w-]+ )?{re.escape(what)}", plain))


def leans_back(text: str) -> bool:
    """Tell whether a sentence leaves what it is about to the one before it."""
    return bool(_LEANS_BACK.match(normalise(text).strip()))


def is_mail_head(label: str) -> bool:
    """Tell whether a label stands in the head of a mail."""
    return bool(_MAIL_HEAD.fullmatch(normalise(label).strip()))


def _without(known: tuple[str, ...], text: str) -> str:
    for term in known:
        if is_cjk(term[0]):
            text = text.replace(term, " ")
            continue
        pattern = r"[\W_]?".join(map(re.escape, term.split("-")))
        text = re.sub(rf"(?<!\w){pattern}\w{{0,2}}(?!\w)", " ", text, flags=re.IGNORECASE)
    return text
