"""Spans of a passage that a question can ask for: numbers, dates, names, quoted words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.languages import PROFILES
from engine.text import sentence_spans

_RULES = [profile.salient for profile in sorted(PROFILES, key=lambda profile: profile.spaced)]
"""Units without a space before them first: "20%" is an amount, and so is the "20" in it."""

_QUOTED = r"(?<=[“\"「『])[^”\"」』]{3,40}(?=[”\"」』])"
_PATTERNS = (
    *(rules.dates for rules in _RULES if rules.dates),
    *(rules.amounts for rules in _RULES if rules.amounts),
    _QUOTED,
    *(rules.names for rules in _RULES if rules.names),
)
_SPAN = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
MAX_CHARACTERS = 60


@dataclass(frozen=True)
class Salient:
    """A span to ask for.

    Attributes:
        answer: The span.
        sentence: Where it stands.
    """

    answer: str
    sentence: str


def salient_spans(passage: str) -> list[Salient]:
    """Return what a passage can be asked for, in its order.

    An answer stands once in its passage: of two equal ones nobody could tell which is meant.
    """
    found: list[Salient] = []
    for start, end in sentence_spans(passage):
        sentence = " ".join(passage[start:end].split())
        for match in _SPAN.finditer(sentence):
            answer = match.group().strip(" ,.")
            short = 1 < len(answer) <= MAX_CHARACTERS and len(answer) < len(sentence) // 2
            if short and passage.count(answer) == 1:
                found.append(Salient(answer, sentence))
    return found
