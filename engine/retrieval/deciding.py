"""Words that look like grammar and decide all the same: May, Plan A, うなぎ."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from engine.languages import PROFILES, any_of, profile_of
from engine.text import language_of, search_form
from engine.text.tokens import STOP_WORDS, pairs

Part = Literal["topic", "word", "ending", "function"]

_DECIDING = [re.compile(p.tokens.deciding) for p in PROFILES if p.tokens.deciding]
_LETTERED = [re.compile(p.tokens.lettered, re.IGNORECASE) for p in PROFILES if p.tokens.lettered]
_FUNCTION = re.compile(any_of(profile.tokens.function_words for profile in PROFILES))
_CODE = re.compile(r"[A-Za-z]*-?\d[A-Za-z0-9.-]*[A-Za-z0-9]")
"""Numbers of two digits and more, years, models: KF-200, 2024."""

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&-]+")
_CAPITAL = re.compile(r"(?<!^)\b[A-Z][\w&-]*\w")

_KANA_RUN = re.compile(r"[\u3041-\u309f\u30fc]+")
_MOSTLY_CAPITALS = 0.7

# What the parts of a stretch of hiragana cost; chosen on phrases by hand, see the tests.
_UNKNOWN = 1.0
_EACH = 1.0
_FUNCTION_WORD = 0.3
_SINGLE = 5.0
_ENDING = 0.5
_ENDING_EACH = 0.6
_LONGEST = 12
_NO_ENDING = re.compile(any_of(profile.tokens.no_ending for profile in PROFILES))

_KEPT = frozenset(
    {
        ("topic", "topic"),
        ("topic", "ending"),
        ("ending", "topic"),
        ("word", "word"),
        ("topic", "word"),
        ("word", "topic"),
    }
)


def deciding_words(question: str) -> frozenset[str]:
    """Return the stop words of a question that mean something, and lettered words ("plan-a").

    A capital within a sentence tells ("the IT department"), unless everything is in capitals.
    """
    text = unicodedata.normalize("NFKC", question)
    found = {
        f"{match['word']}-{match['letter']}".casefold()
        for pattern in _LETTERED
        for match in pattern.finditer(text)
        if match["letter"] != "a" or _names(text, match)
    }
    if not _shouted(text):
        for pattern in _DECIDING:
            for match in pattern.finditer(text):
                word = (match.groupdict().get("month") or match.group()).casefold()
                if word in STOP_WORDS and len(word) > 1:
                    found.add(word)
    return frozenset(found)


def _names(text: str, match: re.Match[str]) -> bool:
    """Tell whether an "a" behind a word is its letter and no article: "which step a user takes"."""
    behind = text[match.end() :].strip()
    return match["letter"].isupper() or not re.match(r"[A-Za-z]", behind)


def _shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha() and character.isascii()]
    capitals = sum(character.isupper() for character in letters)
    return bool(letters) and capitals > _MOSTLY_CAPITALS * len(letters)


def topical_pairs(run: str) -> list[str]:
    """Return the pairs of a CJK run that carry a topic, in order.

    A stretch of hiragana is cut into function words and what is left of it. What is left is a
    word with a topic (うな and なぎ of 「うなぎの」), or the ending of the kanji in front of it:
    then only its first pair counts (含ま of 「含まれる」). Pairs that are half a function word
    (価の of 「単価の」) say nothing.
    """
    parts = ["topic"] * len(run)
    for stretch in _KANA_RUN.finditer(run):
        first, last = stretch.span()
        parts[first:last] = _parts(stretch.group(), behind_kanji=first > 0)
    if len(run) == 1:
        return [run] if parts[0] == "topic" else []
    return [pair for i, pair in enumerate(pairs(run)) if (parts[i], parts[i + 1]) in _KEPT]


def _parts(text: str, *, behind_kanji: bool) -> list[Part]:
    """Return of what each character of a stretch of hiragana is a part, the cheapest way."""
    best: list[tuple[float, int, Part]] = [(0.0, 0, "function")]
    for end in range(1, len(text) + 1):
        ways = [
            (best[start][0] + cost, start, part)
            for start in range(max(0, end - _LONGEST), end)
            for cost, part in _costs(text[start:end], ending=behind_kanji and start == 0)
        ]
        best.append(min(ways))
    found: list[Part] = []
    at = len(text)
    while at:
        _, start, part = best[at]
        found[:0] = [part] * (at - start)
        at = start
    return found


def _costs(piece: str, *, ending: bool) -> list[tuple[float, Part]]:
    ways: list[tuple[float, Part]] = [
        (_UNKNOWN + _EACH * len(piece), "word") if len(piece) > 1 else (_SINGLE, "function")
    ]
    if _FUNCTION.fullmatch(piece):
        ways.append((_FUNCTION_WORD, "function"))
    if ending and not _NO_ENDING.match(piece):
        ways.append((_ENDING + _ENDING_EACH * len(piece), "ending"))
    return ways


def decides(term: str, question: str) -> bool:
    """Tell whether a term of a question is a code, a number or another word that decides alone."""
    digits = sum(character.isdigit() for character in term)
    return digits > 1 or "-" in term or term in deciding_words(question)


def asked_names(question: str) -> tuple[str, ...]:
    """Return what a question names: numbers, models, names; in comparable form.

    A name must stand in the evidence as it is, which a word need not.
    """
    language = language_of(question)
    profile = profile_of(language)
    names = _CODE.findall(question)
    if profile.spaced:
        names += _CAPITAL.findall(question)
    else:
        names += _LATIN.findall(question)
        if profile.salient.names:
            names += re.findall(profile.salient.names, question)
    forms = (search_form(name, asked=True).strip() for name in names)
    return tuple(dict.fromkeys(form for form in forms if form))


def comparable_names(question: str, *, other_language: bool) -> tuple[str, ...]:
    """Return the names that evidence spells in the same way, in whichever language it is."""
    names = asked_names(question)
    return tuple(name for name in names if not other_language or _CODE.fullmatch(name))
