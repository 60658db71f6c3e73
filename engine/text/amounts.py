"""Numbers as they are meant: with scale and unit, in digits, in words or in kanji."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import zip_longest

from engine.languages import PROFILES, any_of
from engine.text.stems import stem
from engine.text.tokens import CJK

_RULES = tuple(profile.facts for profile in PROFILES)
_WORDS = {word: value for rules in _RULES for word, value in rules.number_words.items()}
_HYPHEN_WORDS = _WORDS | {w: value for rules in _RULES for w, value in rules.hyphen_words.items()}
_ORDINALS = {word: value for rules in _RULES for word, value in rules.ordinals.items()}
_SPELLED = re.compile(
    r"\b(?:(?P<tens>"
    + "|".join(word for word, value in _WORDS.items() if value >= 20)
    + r")-(?P<ones>"
    + "|".join(word for word, value in _HYPHEN_WORDS.items() if value < 10)
    + r")|(?P<ordinal>"
    + "|".join(_ORDINALS)
    + r")|(?P<word>"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r"))\b"
)
_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_NUMERALS = tuple(
    (re.compile(rules.numerals), rules.numeral_value) for rules in _RULES if rules.numeral_value
)

SCALES = {word: value for rules in _RULES for word, value in rules.scales.items()}
"""What a word behind a number multiplies it by."""

_BY_LENGTH = sorted(map(re.escape, SCALES), key=len, reverse=True)
_SCALE = re.compile(rf"\s?({'|'.join(_BY_LENGTH)})(?![a-z])")
_NUMBER = re.compile(r"\d{1,3}(?:[,\u066c]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")

_MEASURES = {
    unit: (unit,)
    for unit in "kg g mg mm cm m km ml l w kw v ma hz mhz ms mpa kpa pa gb mb °c dpi nm".split()
} | {"km/h": ("km/h",), "percent": ("%",), "yen": ("jpy", "¥"), "euro": ("eur", "€")}
_MEASURES |= {"dollar": ("usd", "$"), "pound": ("gbp", "£"), "franc": ("chf",)}
UNIT_OF = {spelling: unit for unit, spellings in _MEASURES.items() for spelling in spellings} | {
    spelling: unit
    for rules in _RULES
    for unit, spellings in rules.units.items()
    for spelling in spellings
}
"""Canonical unit by spelling."""

_SPELLINGS = "|".join(sorted(map(re.escape, UNIT_OF), key=len, reverse=True))
_LONG = "|".join(sorted((re.escape(s) for s in UNIT_OF if len(s) > 3), key=len, reverse=True))
_UNIT_AFTER = re.compile(rf"\s?({_SPELLINGS})(?![a-z])|\s[a-z]+[\s-](?:{_LONG})(?![a-z])")
_UNIT_WORD = re.compile(rf"(?:{_LONG})(?![a-z])")
_UNIT_BEFORE = re.compile(r"(€|\$|¥|£|\b(?:eur|usd|gbp|chf|jpy))\s?$")
_LABEL = re.compile(r"(?:^|[|:：]|\s)([^|:：]{1,40})[:：]\s?[+-]?$")
_UNIT_IN_LABEL = re.compile(rf"(?<![a-z])({'|'.join(_BY_LENGTH)})?({_SPELLINGS})(?![a-z])")
_COUNTED = re.compile(
    rf"\s?({any_of(rules.counters for rules in _RULES)})|\s([a-z]{{3,}})|([{CJK}])"
)


@dataclass(frozen=True)
class Amount:
    """A number as it is meant.

    Attributes:
        value: With its scale: 1200000 for 120万.
        unit: Canonical unit; empty if none stands by it.
        counted: What it counts, where that is no unit: a counter or the word behind it.
        start: Offset in the text.
        raw: Before the scale that only the label of its column names (千円).
    """

    value: Decimal
    unit: str
    counted: str
    start: int
    raw: Decimal


NOTHING = Amount(Decimal(0), "", "", 0, Decimal(0))
_RANGE = re.compile(rf"[\d.,]+\s?(?:{any_of(rules.between for rules in _RULES)})\s?")
"""From one number of a range to the other, which has the unit of both."""


def in_digits(folded: str) -> str:
    """Return a text in comparable form with number words and kanji numbers in digits."""
    folded = _ENDING.sub("", _SPELLED.sub(_value_of_words, folded))
    for pattern, value_of in _NUMERALS:
        if pattern.search(folded):
            folded = pattern.sub(partial(_value_of_numeral, value_of), folded)
    return folded


def _value_of_numeral(value_of: Callable[[str], int], match: re.Match[str]) -> str:
    return str(value_of(match.group()))


def _value_of_words(match: re.Match[str]) -> str:
    if match["tens"]:
        return str(_WORDS[match["tens"]] + _HYPHEN_WORDS[match["ones"]])
    if match["ordinal"]:
        return str(_ORDINALS[match["ordinal"]])
    return str(_WORDS[match["word"]])


def amounts(text: str) -> list[Amount]:
    """Return the numbers of a text in comparable form, in digits, without its dates."""
    found: list[Amount] = []
    at = 0
    while match := _NUMBER.search(text, at):
        value, end = _scaled(text, match)
        unit, label_scale = _unit(text, match.start(), end)
        counted = "" if unit else _counted(text, end)
        found.append(Amount(value * label_scale, unit, counted, match.start(), value))
        at = max(end, match.end())
    return [
        replace(one, unit=other.unit, counted="")
        if not one.unit and other.unit and _RANGE.fullmatch(text, one.start, other.start)
        else one
        for one, other in zip_longest(found, found[1:], fillvalue=NOTHING)
    ]


def _scaled(text: str, match: re.Match[str]) -> tuple[Decimal, int]:
    """Return a number with what multiplies it, and all parts of 1億3,400万."""
    total, end, last = Decimal(0), match.end(), Decimal(0)
    while True:
        value = Decimal(re.sub(r"[,\u066c]", "", match.group()))
        scale = _SCALE.match(text, match.end())
        factor = Decimal(SCALES[scale.group(1)] if scale else 1)
        if last and factor >= last:
            return total, end
        total, end, last = total + value * factor, (scale or match).end(), factor
        following = _NUMBER.match(text, end)
        if scale is None or not scale.group(1)[0] >= "\u3000" or following is None:
            return total, end
        match = following


def _unit(text: str, start: int, end: int) -> tuple[str, Decimal]:
    """Return the unit of a number, and the scale that the name of its column gives it."""
    before = text[max(0, start - 60) : start]
    currency = _UNIT_BEFORE.search(before)
    if currency:
        return UNIT_OF[currency.group(1)], Decimal(1)
    after = _UNIT_AFTER.match(text, end)
    if after:
        spelling = after.group(1) or _UNIT_WORD.search(after.group()).group()  # type: ignore[union-attr]
        return UNIT_OF[spelling], Decimal(1)
    label = _LABEL.search(before)
    inside = list(_UNIT_IN_LABEL.finditer(label.group(1))) if label else []
    if not inside:
        return "", Decimal(1)
    scale, unit = inside[-1].groups()
    return UNIT_OF[unit], Decimal(SCALES[scale] if scale else 1)


def _counted(text: str, end: int) -> str:
    match = _COUNTED.match(text, end)
    return stem(next(group for group in match.groups() if group)) if match else ""
