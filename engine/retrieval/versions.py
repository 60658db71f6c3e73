"""Versions of one document: what applies today comes before what another year replaced.

A policy, a price list, a set of terms is often kept beside the one that it replaced, and the two
differ in the figure that is asked for. To a search they are the same. People who name no year
mean the one in force.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    asked = normalise(question)
    if _ASKS_FORMER.search(asked):
        return tuple(ranked)
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", asked))
    order = list(ranked)
    for item in ranked:
        document = item.passage.document
        newer = [
            other
            for other in order[order.index(item) + 1 :]
            if _replaces(other.passage.document, document)
        ]
        if newer and not years & {_year(document), _year(newer[0].passage.document)}:
            order.remove(item)
            order.insert(order.index(newer[0]) + 1, item)
    return tuple(order)


def _replaces(one: DocumentRef, other: DocumentRef) -> bool:
    """Tell whether a document is the version that took the place of another."""
    if one.id == other.id or not _family(one) or _family(one) != _family(other):
        return False
    gone, other_gone = _is_withdrawn(one), _is_withdrawn(other)
    if gone != other_gone:
        return other_gone
    return bool(_year(other)) and _year(one) > _year(other)


def _is_withdrawn(document: DocumentRef) -> bool:
    return any(_WITHDRAWN.search(name) for name in _names(document))


def _year(document: DocumentRef) -> str:
    """Return the year in the file's name, else in its title; empty if they have none."""
    for name in _names(document):
        found = _YEAR.findall(name)
        if found:
            return str(found[-1])
    return ""


def _family(document: DocumentRef) -> str:
    """Return the file's name without its year and what else says which version it is."""
    name = _names(document)[0]
    for pattern in (_YEAR, _WITHDRAWN, _EDITION, _NO_NAME):
        name = pattern.sub("", name)
    return name


def _names(document: DocumentRef) -> tuple[str, str]:
    stem = normalise(PurePath(document.name).stem).replace("_", " ").replace("-", " ")
    return stem, normalise(document.title)
