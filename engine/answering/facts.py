"""What a sentence commits itself to: numbers with units, names, and yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.documents.raised import NOTE_MARK
from engine.languages import PROFILES, any_of
from engine.retrieval.terms import query_tokens
from engine.text import content_tokens, is_cjk, normalise
from engine.text.amounts import SCALES, UNIT_OF, Amount, amounts, in_digits
from engine.text.dates import Moments, moments
from engine.text.stems import stem
from engine.text.tokens import CJK, STOP_WORDS

_CODE = re.compile(
    r"(?<![a-z0-9-])(?:[a-z]{1,8}[-/]?\d[a-z0-9]*(?:[-/][a-z0-9]+)*"
    r"|[a-z]{1,8}(?:-[a-z]+)*-\d[a-z0-9]*(?:-[a-z0-9]+)*|\d{2,}-\d{3,}(?:-\d+)*|\d{3,}-\d+(?:-\d+)*)"
    r"(?![a-z0-9])"
)
"""Letters that go before digits, or groups of digits; in comparable form."""

_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")
_WORD = re.compile(rf"[^\W_{CJK}]+(?:['\-.][^\W_{CJK}]+)*")
"""A word between spaces, or a Latin one within Japanese: in 素子KZ-14の納期 only KZ-14."""

_RULES = tuple(profile.facts for profile in PROFILES)
_CALENDAR = re.compile(any_of(rules.calendar for rules in _RULES))
_UNCAPITALISED_NAME = re.compile(any_of(rules.names for rules in _RULES))
_NEGATION = re.compile(any_of(rules.negation for rules in _RULES))
_DOUBLE = re.compile(any_of(rules.double_negation for rules in _RULES))
_MEASURE = re.compile(
    rf"(?:{any_of([*map(re.escape, UNIT_OF), *SCALES, *(rules.counters for rules in _RULES)])})+"
    r"[\u3041-\u309f]?|(?i:" + any_of(rules.calendar for rules in _RULES) + ")"
)
"""Units, scales and months: what is compared with the figures, or a part of it."""

_UNSPACED_UNIT = re.compile(
    r"(?<=\d)(?:"
    + any_of(map(re.escape, sorted((u for u in UNIT_OF if not u.isascii()), key=len, reverse=True)))
    + ")"
)
"""A unit that what follows is written right behind: 「12か月間隔」."""

_NUMBERING = re.compile(
    r"^\s*(?:§ ?\d{1,2}|\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)])[ \t]+(?=[A-Z])", re.MULTILINE
)
"""Numbers of paragraphs."""

_CURRENT = re.compile(any_of(rules.current for rules in _RULES))
_ACROSS = re.compile(r"[\u3041-\u309f][^\u3041-\u309f]|[\u3041-\u309f]{1,2}")
"""A pair of characters that belong to two words, or carry grammar only."""

_MONTHS = frozenset(month for rules in _RULES for month in rules.months)
_CAPITALS = ("IT", "US")
"""Departments and countries that are common words otherwise."""

_SIZES = ("M", "L")
_NO_NAMES = STOP_WORDS | frozenset(UNIT_OF)
_LIMIT = re.compile(any_of(rules.limit for rules in _RULES))
_CLAUSE = re.compile(any_of([r"[;；:：]|,\s|[.!?]\s", *(rules.clause_end for rules in _RULES)]))
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other)) for rules in _RULES for one, other in rules.opposites
)


def comparable(text: str) -> str:
    """Return the text in which claims and evidence are compared.

    Words divided at a line end are joined; width, case, dashes and spaces fold; numbers are
    in digits. Marks of notes are left out: "500 [note 1] euros" is an amount of euros.
    """
    plain = NOTE_MARK.sub("", _HYPHENATED.sub("", _NUMBERING.sub("", text)))
    return in_digits(normalise(plain))


def stems(text: str) -> frozenset[str]:
    """Return the stems of the content tokens, with hyphenation undone and as printed."""
    tokens = content_tokens(text) + content_tokens(_HYPHENATED.sub("", text))
    return frozenset(map(_stem, tokens))


def _stem(token: str) -> str:
    """Return the stem; "subletting" is of "sublet", and "ends" of "end"."""
    cut = stem(token)
    if token.endswith("al") and len(token) > 6 and token.isascii():  # approval, approves
        return token[:-2]
    if token.endswith("ment") and len(token) > 6 and token.isascii():  # payment, pays
        return _stem(token[:-4])
    if len(token) == 4 and token.isascii() and token.isalpha() and token[-1] == "s" != token[-2]:
        return token[:-1]
    doubled = cut != token and len(cut) > 4 and cut[-1] == cut[-2] and cut[-1] not in "sl"
    return cut[:-1] if doubled else cut


def numbers(text: str) -> list[Amount]:
    """Return the amounts of a text in order; what belongs to a date, a time or a code is none."""
    return list(facts(text).amounts)


@dataclass(frozen=True)
class Facts:
    """What can be looked up of a text.

    Attributes:
        amounts: Numbers with units.
        moments: Dates and times of day.
        codes: Part numbers and the like: hx-25-t, 70-114.
        names: See :func:`names`.
        weekdays: Three letters each.
    """

    amounts: tuple[Amount, ...]
    moments: Moments
    codes: tuple[str, ...]
    names: tuple[str, ...]
    weekdays: frozenset[str]

    @property
    def any_figure(self) -> bool:
        """Whether there is an amount, a date or a time."""
        return bool(self.amounts or self.moments.dates or self.moments.times)


@lru_cache(maxsize=4096)
def facts(text: str) -> Facts:
    """Take a text apart."""
    found = moments(comparable(text))
    rest, codes = found.rest, []
    for match in list(_CODE.finditer(rest)):
        if match.group().rstrip(".0123456789,") in UNIT_OF:  # eur4,350
            continue
        codes.append(match.group())
        rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    return Facts(tuple(amounts(rest)), found, tuple(codes), tuple(names(text)), calendar(text))


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
            if word in _CAPITALS:
                found.append(normalise(word))
                continue
            if (
                (word.casefold() in _NO_NAMES and word not in _SIZES)
                or word[0].isdigit()
                or _CALENDAR.fullmatch(word)
            ):
                continue
            inner = any(c.isupper() for c in word[1:])
            capital = word[0].isupper()
            leads = at == 0 and not (len(words) > 1 and words[1][:1].isupper()) and spaced
            if inner or (capital and not leads):
                found.append(stem(normalise(word).removesuffix("'s")))
    found += [normalise(word) for word in _UNCAPITALISED_NAME.findall(text) if word not in UNIT_OF]
    return found


def is_row(text: str) -> bool:
    """Tell whether a text is one row of a table."""
    return " | " in text and "\n" not in text.strip()


def is_amount(text: str) -> bool:
    """Tell whether a text is a number, amount or date and says nothing of it: "140 euros"."""
    return facts(text).any_figure and not words(text)


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """Return the stems of a text that are topic: no figures, units or months."""
    kept = (
        token
        for token in query_tokens(
            _UNSPACED_UNIT.sub(" ", _CURRENT.sub(" ", facts(text).moments.rest))
        )
        if not (token[0].isdigit() or token in STOP_WORDS or _MEASURE.fullmatch(token))
        and not _ACROSS.fullmatch(token)
    )
    return frozenset(map(_stem, kept))


def calendar(text: str) -> frozenset[str]:
    """Return the weekdays that a text names, three letters each."""
    found = _CALENDAR.findall(_HYPHENATED.sub("", text))
    return frozenset(word[:3].casefold() for word in found) - _MONTHS


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
