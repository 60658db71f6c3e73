"""What a question says of the two things that it puts side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.languages import PROFILES, any_of
from engine.retrieval.families import Version
from engine.retrieval.terms import query_terms
from engine.text.dates import moments
from engine.text.tokens import STOP_WORDS

LEAST_NAMED = 0.5
"""Part of the words of one side that the names of its document hold."""

SHORTER = 0.05
"""What a long name may cost: between two that fit as well, the shorter one is meant."""

LEAST_NAMED_ONE = 0.3
"""The same where a whole question names one family: it says more than the name."""

MIN_FILE_NAME = 3
"""Shorter names of files are words of questions."""

N_LOOKED_AT = 3
"""Documents whose parts may be meant."""

_RULES = tuple(profile.compares for profile in PROFILES)
_SIDES = tuple(re.compile(text) for rules in _RULES for text in rules.sides)
TWO = re.compile(any_of(rules.two for rules in _RULES))
_WORDS = re.compile(any_of(rules.words for rules in _RULES))
VERSIONS = re.compile(any_of(rules.versions for rules in _RULES))
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?:年(?:度|版)?)?")
_LETTERED = re.compile(r"(?:[\u30a1-\u30fc]+|[\u4e00-\u9fff]+)[a-z](?![a-z0-9])")
"""A kind with its letter behind it, where no space parts the two."""

EDITIONS = re.compile(any_of(profile.versions.edition for profile in PROFILES))


@dataclass(frozen=True)
class Chosen:
    """What is compared.

    Attributes:
        old: The older one, or the one that was named first.
        new: The other; the same document where two parts of it are compared.
        parts: What its two parts are called in the question; empty for whole documents.
        topics: Terms that narrow which differences are meant; empty for all.
    """

    old: Version
    new: Version
    parts: tuple[tuple[str, ...], ...] = ()
    topics: tuple[str, ...] = ()


def sides_of(text: str) -> tuple[str, str] | None:
    """Return the two parts of a question (in comparable form) that are set against each other."""
    for pattern in _SIDES:
        match = pattern.search(text)
        if match:
            return match["one"], match["other"]
    return None


def terms_of(text: str) -> tuple[str, ...]:
    """Return what names something in a part of a question: no dates, no words of comparing."""
    plain = _WORDS.sub(" ", EDITIONS.sub(" ", _YEAR.sub(" ", moments(text).rest)))
    found = query_terms(plain) if re.search(r"\w", plain) else ()
    lettered = _LETTERED.findall(plain)
    return tuple(t for t in (*lettered, *found) if not (t in STOP_WORDS or t.isdigit()))


def days_in(text: str) -> frozenset[str]:
    """Return the days that a part of a question names, as the end of a date: ``-07-03``."""
    dates = [date for dates in moments(text).dates for date in dates]
    return frozenset(f"-{d.month:02d}-{d.day:02d}" for d in dates if d.month and d.day)


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers that it names, years apart: of editions, perhaps."""
    return frozenset(re.findall(r"\d+(?:\.\d+)*", _YEAR.sub("", text)))
