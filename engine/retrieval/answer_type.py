"""What kind of answer a question wants, and whether a sentence holds one."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from engine.languages import PROFILES, any_of

AnswerType = Literal[
    "any",
    "amount",
    "area",
    "date",
    "days",
    "hours",
    "money",
    "months",
    "people",
    "percent",
    "person",
    "phone",
    "place",
    "temperature",
    "time",
    "weight",
    "years",
]

_UNITS: tuple[AnswerType, ...] = (
    "weight",
    "area",
    "temperature",
    "phone",
    "percent",
    "time",
    "hours",
    "days",
    "months",
    "years",
    "people",
    "money",
)
"""A question that names its unit is answered by a sentence with that unit and a number."""

_OTHERS: tuple[AnswerType, ...] = ("amount", "date", "person", "place")

_SYMBOLS: dict[AnswerType, str] = {
    "weight": r"\d ?(?:mg|g|kg|t)\b|\bkg\b|\(g\)",
    "area": r"\bm2\b|m²|㎡",
    "temperature": r"°|℃",
    "phone": r"\d{2,}[-‐ ]\d{2,}|\d{4,}",
    "percent": r"%|％",
    "time": r"\d{1,2}[:：.]\d{2}",
    "money": r"[¥£€$￥]|\b(?:GBP|EUR|JPY|USD)\b|%|％",
    "amount": r"\d",
    "date": r"\d{4}[-/.]|\b(?:19|20)\d{2}\b|\b\d{1,2}[:.]\d{2}\b",
    "place": r"\bURL\b|https?:",
}
"""What holds a kind in any language."""

_AS_PRINTED: frozenset[AnswerType] = frozenset({"person", "place"})
"""Kinds that capitals tell."""


def _asked(kind: AnswerType) -> re.Pattern[str]:
    """Return the pattern of questions, of all languages together."""
    return re.compile(any_of(p.kinds[kind].asked for p in PROFILES if kind in p.kinds))


def _held(kind: AnswerType) -> re.Pattern[str]:
    """Return the pattern of answers: a document may be in another language than the question."""
    words = [p.kinds[kind].held for p in PROFILES if kind in p.kinds]
    flags = 0 if kind in _AS_PRINTED else re.IGNORECASE
    return re.compile(any_of([_SYMBOLS.get(kind, ""), *words]), flags)


_ASKED = {kind: _asked(kind) for kind in (*_UNITS, *_OTHERS)}
_HELD = {kind: _held(kind) for kind in (*_UNITS, *_OTHERS)}


def answer_type(question: str) -> AnswerType:
    """Return what the question asks for; ``any`` if it is not one of the kinds known."""
    lowered = question.lower()
    for kind, pattern in _ASKED.items():
        if pattern.search(lowered):
            return kind
    return "any"


def holds_answer_type(sentence: str, kind: AnswerType) -> bool:
    """Tell whether a sentence holds something of the kind; everything holds ``any``."""
    if kind == "any":
        return True
    if names_unit(kind):
        text = unicodedata.normalize("NFKC", sentence)
        return bool(_HELD[kind].search(text) and _HELD["amount"].search(text))
    return bool(_HELD[kind].search(sentence))


def names_unit(kind: AnswerType) -> bool:
    """Tell whether a kind is a quantity with a unit, so that its absence says something."""
    return kind in _UNITS
