"""What a sentence commits itself to: numbers with units, names, and yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.languages import PROFILES, any_of
from engine.retrieval.terms import stem
from engine.text import content_tokens, is_cjk, normalise
from engine.text.tokens import CJK, STOP_WORDS

_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")
_NUMBER = re.compile(r"\d+(?:[,\u066c]\d{3})*(?:\.\d+)?")
_WORD = re.compile(rf"[^\W_{CJK}]+(?:['\-.][^\W_{CJK}]+)*")
"""A word between spaces, or a Latin one within Japanese: in 素子KZ-14の納期 only KZ-14."""

_ANY_WORD = re.compile(r"[^\W_]+(?:['\-.][^\W_]+)*")
_ROW = re.compile(r"^.*? \| .*$", re.MULTILINE)
_LABEL = re.compile(r"(?:(?<=\| )|^)[^|:：]{1,40}[:：](?= )")
"""What a column is called, in front of its value."""

_RULES = tuple(profile.facts for profile in PROFILES)
_NUMBER_WORDS = {word: str(n) for rules in _RULES for word, n in rules.number_words.items()}
_HYPHEN_WORDS = _NUMBER_WORDS | {
    word: str(n) for rules in _RULES for word, n in rules.hyphen_words.items()
}
_NUMERALS = tuple(
    (re.compile(rules.numerals), rules.numeral_value) for rules in _RULES if rules.numeral_value
)

_SYMBOLS = {"%": "percent", "jpy": "yen", "¥": "yen", "eur": "euro", "€": "euro"} | {
    "usd": "dollar",
    "$": "dollar",
}
_UNIT_OF = _SYMBOLS | {
    spelling: unit
    for rules in _RULES
    for unit, spellings in rules.units.items()
    for spelling in spellings
}
_UNIT_AFTER = re.compile(
    r"\s*(?:[a-z]+[\s-]){0,1}?("
    + "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True))
    + r")(?![a-z])"
)
_UNIT_BEFORE = re.compile(r"(€|\$|¥)\s*$")

_CALENDAR = re.compile(any_of(rules.calendar for rules in _RULES))
_UNCAPITALISED_NAME = re.compile(any_of(rules.names for rules in _RULES))
_NEGATION = re.compile(any_of(rules.negation for rules in _RULES))
_DOUBLE = re.compile(any_of(rules.double_negation for rules in _RULES))
_LIMIT = re.compile(any_of(rules.limit for rules in _RULES))
_CLAUSE = re.compile(any_of([r"[;；:：]|,\s", *(rules.clause_end for rules in _RULES)]))
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other)) for rules in _RULES for one, other in rules.opposites
)


@dataclass(frozen=True)
class Number:
    """A number as it is meant.

    Attributes:
        value: Digits without separators, without trailing zeros after the point.
        unit: Canonical unit; empty if none stands by it.
        start: Offset in the normalised text.
    """

    value: str
    unit: str
    start: int


def comparable(text: str) -> str:
    """Return the text in which claims and evidence are compared.

    Words divided at a line end are joined; then width, case, dashes and spaces fold.
    """
    return normalise(_HYPHENATED.sub("", text))


def stems(text: str) -> frozenset[str]:
    """Return the stems of the content tokens, with hyphenation undone and as printed."""
    tokens = content_tokens(text) + content_tokens(_HYPHENATED.sub("", text))
    return frozenset(stem(token) for token in tokens)


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text in order: digits, number words, numerals."""
    folded = comparable(text)
    found = [
        Number(_canonical(match.group()), _unit_at(folded, match.span()), match.start())
        for match in _NUMBER.finditer(folded)
    ]
    for match in re.finditer(r"\b[a-z]+(?:-[a-z]+)?\b", folded):
        value = _spelled(match.group())
        if value:
            found.append(Number(value, _unit_at(folded, match.span()), match.start()))
    for pattern, value_of in _NUMERALS:
        for match in pattern.finditer(folded):
            value = str(value_of(match.group()))
            found.append(Number(value, _unit_at(folded, match.span()), match.start()))
    return sorted(found, key=lambda number: number.start)


def _canonical(digits: str) -> str:
    plain = digits.replace(",", "").replace("\u066c", "")
    whole, point, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (point + fraction if fraction else "")


def _spelled(word: str) -> str:
    tens, _, ones = word.partition("-")
    if ones in _HYPHEN_WORDS and _NUMBER_WORDS.get(tens, "x").endswith("0"):
        return str(int(_NUMBER_WORDS[tens]) + int(_HYPHEN_WORDS[ones]))
    return _NUMBER_WORDS.get(word, "")


def _unit_at(folded: str, span: tuple[int, int]) -> str:
    after = _UNIT_AFTER.match(folded, span[1])
    before = _UNIT_BEFORE.search(folded, 0, span[0])
    if after:
        return _UNIT_OF[after.group(1)]
    return _UNIT_OF[before.group(1)] if before else ""


def names(text: str) -> list[str]:
    """Return capitalised words inside sentences and words with digits or inner capitals.

    The first word of a sentence is left out unless the next one is capitalised too or a
    Japanese one: most sentences begin with a capital and no name. Katakana words count as
    names, and kanji before a title (田中部長).
    """
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?:])\s+|\n+", _HYPHENATED.sub("", text)):
        words = _WORD.findall(sentence)
        spaced = not any(map(is_cjk, sentence))
        for at, word in enumerate(words):
            if word.casefold() in STOP_WORDS or word.isdigit():
                continue
            inner = any(c.isupper() for c in word[1:])
            capital = word[0].isupper()
            leads = at == 0 and not (len(words) > 1 and words[1][:1].isupper()) and spaced
            if inner or (capital and not leads):
                found.append(stem(normalise(word).removesuffix("'s")))
    found += [normalise(word) for word in _UNCAPITALISED_NAME.findall(text)]
    return found


def without_labels(text: str) -> str:
    """Return a text whose table rows lack the names of their columns."""
    return _ROW.sub(lambda row: _LABEL.sub("", row.group()), text)


def is_amount(text: str) -> bool:
    """Tell whether a text is a number, amount or date and says nothing of it: "140 euros"."""
    rest = _NUMBER.sub(" ", comparable(text))
    for pattern, _ in _NUMERALS:
        rest = pattern.sub(" ", rest)
    words = [word for word in _ANY_WORD.findall(rest) if word not in STOP_WORDS]
    known = calendar(text)
    return bool(numbers(text)) and all(
        word in _UNIT_OF or word[:3] in known or _spelled(word) for word in words
    )


def calendar(text: str) -> frozenset[str]:
    """Return the months and weekdays that a text names, three letters each."""
    found = _CALENDAR.findall(_HYPHENATED.sub("", text))
    return frozenset(word[:3].casefold() for word in found)


def clauses(text: str) -> list[str]:
    """Cut a sentence into the parts that a negation reaches."""
    parts = [part for part in _CLAUSE.split(comparable(text)) if part and part.strip()]
    return parts or [comparable(text)]


def negated(clause: str) -> bool:
    """Tell whether a clause (in comparable form) says that something is not so."""
    return len(_NEGATION.findall(_DOUBLE.sub(" ", clause))) % 2 == 1


def denies(clause: str) -> bool:
    """Tell the same, but take "not more than" for the limit that it is."""
    return negated(_LIMIT.sub(" ", clause))


def contradicts(claim: str, evidence: str) -> bool:
    """Tell whether one says "before" (more, allowed...) where the other says the opposite."""
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            opposed = one.search(claim) and other.search(evidence)
            if opposed and not one.search(evidence) and not other.search(claim):
                return True
    return False
