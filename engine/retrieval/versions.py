"""Versions of one document: what applies today comes before what another year replaced.

A policy, a price list, a set of terms is often kept beside the one that it replaced, and the two
differ in the figure that is asked for. To a search they are the same. People who name no year
mean the one in force. What belongs together is told from names here; :mod:`engine.retrieval
.families` looks at the texts, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath

from engine.languages import PROFILES, any_of
from engine.records import DocumentRef, RetrievedPassage
from engine.text import normalise

_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d)(?![-/. 年]{0,2}\d)")
"""A year by itself: minutes of two days are no versions of each other."""

_RULES = tuple(profile.versions for profile in PROFILES)
_WITHDRAWN = re.compile(any_of(rules.withdrawn for rules in _RULES))
_EDITION = re.compile(any_of(rules.edition for rules in _RULES))
_ASKS_FORMER = re.compile(any_of(rules.asks_former for rules in _RULES))
_PROPOSED = re.compile(any_of(rules.proposed for rules in _RULES))
_DRAFT = re.compile(any_of(rules.draft for rules in _RULES))
_PERIODIC = re.compile(any_of(rules.periodic for rules in _RULES))
_NUMBERS = tuple(re.compile(text) for rules in _RULES for text in rules.number)
_KANJI = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九十")}
_ERA_YEAR = re.compile(any_of(profile.tokens.era_years for profile in PROFILES))
_ERAS = {name: before for profile in PROFILES for name, before in profile.tokens.eras.items()}
_NO_NAME = re.compile(r"[\W_]+")


def current_first(
    question: str, ranked: Sequence[RetrievedPassage]
) -> tuple[RetrievedPassage, ...]:
    """Return passages with those of a former version right behind those of the one in force.

    Nothing moves if the question speaks of a former one, or names its year; nor where only one
    of the versions was found.

    Args:
        question: What was searched for.
        ranked: Best first.
    """
    if asks_former(question):
        return tuple(ranked)
    years = years_in(question)
    order = list(ranked)
    for item in ranked:
        document = item.passage.document
        newer = [
            other
            for other in order[order.index(item) + 1 :]
            if replaces(other.passage.document, document)
        ]
        if newer and not years & {year_of(document), year_of(newer[0].passage.document)}:
            order.remove(item)
            order.insert(order.index(newer[0]) + 1, item)
    return tuple(order)


def asks_former(question: str) -> bool:
    """Tell whether a question means a version that is no longer in force."""
    return bool(_ASKS_FORMER.search(normalise(question)))


def years_in(text: str) -> frozenset[str]:
    """Return the years that a question names."""
    return frozenset(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", normalise(text)))


def without_former(question: str, documents: Sequence[DocumentRef]) -> list[DocumentRef]:
    """Return documents without those that another of them took the place of.

    All stay if the question speaks of a former one, and so do those whose year it names.
    """
    if asks_former(question):
        return list(documents)
    years = years_in(question)
    return [
        each
        for each in documents
        if year_of(each) in years or not any(replaces(other, each) for other in documents)
    ]


def replaces(one: DocumentRef, other: DocumentRef) -> bool:
    """Tell whether a document is the version that took the place of another."""
    if one.id == other.id or not family_name(one) or family_name(one) != family_name(other):
        return False
    if is_draft(one) or is_proposed(one):
        return False
    gone, other_gone = is_withdrawn(one), is_withdrawn(other)
    if gone != other_gone:
        return other_gone
    return bool(year_of(other)) and year_of(one) > year_of(other)


def is_withdrawn(document: DocumentRef) -> bool:
    """Tell whether a document's name or title says that it is no longer in force."""
    return any(_WITHDRAWN.search(name) for name in _names(document))


def is_draft(document: DocumentRef) -> bool:
    """Tell whether its name or title says that it is not in force yet."""
    return any(_DRAFT.search(name) for name in _names(document))


def is_proposed(document: DocumentRef) -> bool:
    """Tell whether it says that what is in force is to be changed to it."""
    return any(_PROPOSED.search(name) for name in _names(document))


def is_periodic(document: DocumentRef) -> bool:
    """Tell whether it is a record of its time, which the next one does not replace."""
    return any(_PERIODIC.search(name) for name in _names(document))


@lru_cache(maxsize=20_000)
def year_of(document: DocumentRef) -> str:
    """Return the year in the file's name, else in its title; empty if they have none."""
    for name in _names(document):
        found = _YEAR.findall(name)
        if found:
            return str(found[-1])
        era = _ERA_YEAR.search(name)
        if era:
            year = era["year"]
            return str(_ERAS.get(era["era"], 0) + (int(year) if year.isdigit() else 1))
    return ""


@lru_cache(maxsize=20_000)
def edition_of(document: DocumentRef) -> tuple[int, ...]:
    """Return the number of the edition in its name or title, by its parts; empty without one."""
    for name in _names(document):
        for pattern in _NUMBERS:
            found = pattern.search(name)
            if found:
                return tuple(map(_value, found["number"].split(".")))
    return ()


def _value(written: str) -> int:
    if written.isdigit():
        return int(written)
    if len(written) == 1 and written.isascii():
        return ord(written) - ord("a") + 1
    tens, ten, ones = written.rpartition("十")
    return (_KANJI.get(tens, 1) * 10 if ten else 0) + _KANJI.get(ones, 0)


def family_name(document: DocumentRef) -> str:
    """Return the file's name without its year and what else says which version it is."""
    return without_edition(_names(document)[0])


def family_title(document: DocumentRef) -> str:
    """Return the same of the title."""
    return without_edition(_names(document)[1])


@lru_cache(maxsize=20_000)
def without_edition(name: str) -> str:
    """Return a name in comparable form without what says which version it is."""
    for pattern in (_YEAR, _WITHDRAWN, _EDITION, _NO_NAME):
        name = pattern.sub("", name)
    return name


@lru_cache(maxsize=20_000)
def _names(document: DocumentRef) -> tuple[str, str]:
    stem = normalise(PurePath(document.name).stem).replace("_", " ").replace("-", " ")
    return stem, normalise(document.title)
