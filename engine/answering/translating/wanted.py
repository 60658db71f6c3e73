"""What a question wants to have translated, and into which language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.answering.summary.asked_for import without_asking
from engine.languages import PROFILES, any_of
from engine.text import normalise

_RULES = tuple(profile.translations for profile in PROFILES)
_TARGETS = {
    code: re.compile(any_of(rules.targets.get(code, "") for rules in _RULES))
    for code in dict.fromkeys(code for rules in _RULES for code in rules.targets)
}
_LAST = re.compile(any_of(rules.last for rules in _RULES))
_ASKS = tuple(re.compile(rules.asks) for rules in _RULES if rules.asks)
_PLACES = tuple(re.compile(rules.place) for rules in _RULES if rules.place)
_PAGES = tuple(re.compile(rules.page) for rules in _RULES if rules.page)


@dataclass(frozen=True)
class Wanted:
    """What is to be translated.

    Attributes:
        target: Into which language, ISO 639-1; empty if none is named.
        last: The last answer or passage.
        place: Number of a clause or section; empty for none.
        page: Number of a page; 0 for none.
        topic: The words that name a document or what stands there.
    """

    target: str
    last: bool
    place: str
    page: int
    topic: str


def wanted(question: str) -> Wanted:
    """Take a question apart; its filters are taken out already."""
    rest = normalise(question)
    target = next((code for code, pattern in _TARGETS.items() if pattern.search(rest)), "")
    for pattern in _TARGETS.values():
        rest = pattern.sub(" ", rest)
    page, rest = _taken(_PAGES, rest)
    place, rest = _taken(_PLACES, rest)
    for asks in _ASKS:
        rest = asks.sub(" ", rest)
    last = bool(_LAST.search(rest))
    topic = without_asking(_LAST.sub(" ", rest))
    return Wanted(target, last and not topic and not place, place, int(page or 0), topic)


def _taken(patterns: tuple[re.Pattern[str], ...], text: str) -> tuple[str, str]:
    """Return the number that a pattern finds, and the text without it."""
    for pattern in patterns:
        match = pattern.search(text)
        if match:
            return match["number"], f"{text[: match.start()]} {text[match.end() :]}"
    return "", text
