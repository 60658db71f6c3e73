"""The form in which texts are searched: spellings of the same word, number or year made one.

Only for comparing: lengths differ from the text as printed, so no offset may be taken from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.languages import PROFILES
from engine.languages.profile import LanguageProfile
from engine.text.normalise import normalise

_RULES = [profile.tokens for profile in PROFILES]
_VARIANTS = str.maketrans({a: b for rules in _RULES for a, b in rules.variants.items()})
_FOLDS = [(re.compile(pattern), usual) for rules in _RULES for pattern, usual in rules.folds]
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d|,\d)")
"""1,520,000; a list such as 1,200,45 is none."""

_ValueOf = Callable[[re.Match[str], LanguageProfile], int | None]


def search_form(text: str, *, asked: bool = False) -> str:
    """Return a text with its variants folded (characters, spellings, grouped digits).

    Numbers in words of another script and years of an era stand in digits, too: before what is
    written in a text, instead of it in what is ``asked``, so that either finds both.

    >>> search_form("髙橋、令和六年")
    '高橋、 2024 令和 6 六年'
    >>> search_form("令和六年", asked=True)
    ' 2024 年'
    """
    folded = normalise(text).translate(_VARIANTS)
    for pattern, usual in _FOLDS:
        folded = pattern.sub(usual, folded)
    folded = _GROUPED.sub(lambda match: match.group().replace(",", ""), folded)
    for profile in PROFILES:
        for pattern, value_of in _VALUES[profile.code]:
            folded = pattern.sub(_inserted(profile, value_of, asked), folded)
    return folded


def _inserted(
    profile: LanguageProfile, value_of: _ValueOf, asked: bool
) -> Callable[[re.Match[str]], str]:
    def digits(match: re.Match[str]) -> str:
        value = value_of(match, profile)
        if value is None:
            return match.group()
        return f" {value} " if asked else f" {value} {match.group()}"

    return digits


def _year(match: re.Match[str], profile: LanguageProfile) -> int | None:
    said = match["year"] or match["number"]
    before = profile.tokens.eras[match["era"] or match["short"]]
    if said.isdecimal():
        return before + int(said)
    if said in profile.tokens.first_year:
        return before + 1
    read = profile.facts.numeral_value
    return before + read(said) if read else None


def _number(match: re.Match[str], profile: LanguageProfile) -> int | None:
    read = profile.facts.numeral_value
    return read(match.group()) if read else None


_VALUES: dict[str, list[tuple[re.Pattern[str], _ValueOf]]] = {
    profile.code: [
        (re.compile(pattern), value_of)
        for pattern, value_of in (
            (profile.tokens.era_years, _year),
            (profile.tokens.numerals, _number),
        )
        if pattern
    ]
    for profile in PROFILES
}
