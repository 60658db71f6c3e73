"""Families of versions: which documents of a collection are one, and which of them holds today.

Found when it is asked, from the names and titles that the catalogue holds, and from the beginning
of the texts of the few that share one: nothing is stored, so that a renamed file needs no new
index. Siblings (two contracts of one template, the minutes of two months) are no family: their
names say more than an edition.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from engine.languages import PROFILES, any_of
from engine.records import DocumentRef
from engine.retrieval.versions import (
    edition_of,
    family_name,
    family_title,
    is_draft,
    is_periodic,
    is_proposed,
    is_withdrawn,
    without_edition,
    year_of,
)
from engine.text import content_tokens, normalise
from engine.text.stems import stem

if TYPE_CHECKING:
    from engine.catalogue import Catalogue

HEAD_CHARACTERS = 1500
"""Where a document says from when on it holds."""

COMPARED_CHARACTERS = 20_000
LEAST_SHARED = 0.35
"""Part of the smaller vocabulary that two versions share; half of it is usual for a price list."""

_RULES = tuple(profile.versions for profile in PROFILES)
_BEFORE = re.compile(any_of(rules.dated[0] for rules in _RULES))
_BEHIND = re.compile(any_of(rules.dated[1] for rules in _RULES))
_DATES = tuple(
    re.compile(text)
    for text in (
        r"(?<!\d)(?P<year>(?:19|20)\d{2})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)",
        *(text for profile in PROFILES for text in profile.facts.dates),
    )
)
_MONTHS = {n: v for profile in PROFILES for n, v in profile.facts.months.items()}
_ERAS = {n: v for profile in PROFILES for n, v in profile.facts.eras.items()}


@dataclass(frozen=True)
class Version:
    """A document as one of several versions.

    Attributes:
        document: The document.
        date: From when on it holds, as far as it is known: ``2025-04-01``, ``2025``, or empty.
        edition: Its number, by parts; empty without one.
        withdrawn: Whether it says that it is no longer in force.
        draft: Whether it says that it is not in force yet.
        proposed: Whether what is in force is to be changed to it.
    """

    document: DocumentRef
    date: str
    edition: tuple[int, ...] = ()
    withdrawn: bool = False
    draft: bool = False
    proposed: bool = False


class Families:
    """The version families of a collection.

    Args:
        catalogue: Names and texts.
        collection_id: Which collection.
    """

    def __init__(self, catalogue: Catalogue, collection_id: int) -> None:
        self._catalogue = catalogue
        self._collection_id = collection_id
        self._words_of: dict[int, frozenset[str]] = {}

    @cached_property
    def documents(self) -> tuple[DocumentRef, ...]:
        """All documents, by path."""
        return self._catalogue.documents.list(self._collection_id)

    def of(self, document: DocumentRef) -> tuple[Version, ...]:
        """Return all versions of a document, itself included, the oldest first."""
        members = [
            other
            for other in self.documents
            if other.id == document.id or self._are_versions(document, other)
        ]
        return ordered(map(self.version, members))

    def successor(self, document: DocumentRef) -> Version | None:
        """Return the version in force that took the place of a document; None if there is none.

        Records of their time (minutes, sales by month) do not replace each other.
        """
        if is_periodic(document) or is_draft(document) or is_proposed(document):
            return None
        family = self.of(document)
        at = [version.document.id for version in family].index(document.id)
        later = [v for v in family[at + 1 :] if not (v.draft or v.proposed or v.withdrawn)]
        if not later or _order(later[-1]) == _order(family[at]):
            return None
        return later[-1]

    def version(self, document: DocumentRef) -> Version:
        """Return what is known of a document as a version."""
        head = self._catalogue.documents.span(document.id, 0, HEAD_CHARACTERS)
        date, year = date_in(head), year_of(document)
        if year and not date.startswith(year):
            date = year
        return Version(
            document,
            date,
            edition_of(document),
            is_withdrawn(document),
            is_draft(document),
            is_proposed(document),
        )

    def _are_versions(self, one: DocumentRef, other: DocumentRef) -> bool:
        named = bool(family_name(one)) and family_name(one) == family_name(other)
        return (named or _titled_alike(one, other)) and self._share_words(one, other)

    def _share_words(self, one: DocumentRef, other: DocumentRef) -> bool:
        first, second = self._words(one), self._words(other)
        least = min(len(first), len(second))
        return bool(least) and len(first & second) >= LEAST_SHARED * least

    def _words(self, document: DocumentRef) -> frozenset[str]:
        if document.id not in self._words_of:
            text = self._catalogue.documents.span(document.id, 0, COMPARED_CHARACTERS)
            tokens = {stem(token) for token in content_tokens(text)}
            self._words_of[document.id] = frozenset(t for t in tokens if not t[0].isdigit())
        return self._words_of[document.id]


def _titled_alike(one: DocumentRef, other: DocumentRef) -> bool:
    """Tell whether two titles differ in nothing but the edition that one of them states.

    Two contracts of one template have the same title, too: so it must state one, and the files
    must not be named after something else each.
    """
    title = family_title(one)
    if not title or title != family_title(other) or one.title == other.title:
        return False
    plain = [normalise(d.title) != without_edition(normalise(d.title)) for d in (one, other)]
    return any(plain) and any(
        not family_name(d) or title in family_name(d) or family_name(d) in title
        for d in (one, other)
    )


def ordered(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Return versions, the oldest first; what is withdrawn comes before all others."""
    found = list(versions)
    numbered = all(version.edition for version in found)
    dated = all(version.date for version in found)
    return tuple(sorted(found, key=lambda version: _order(version, numbered, dated)))


def _order(version: Version, numbered: bool = True, dated: bool = True) -> tuple[object, ...]:
    return (
        not version.withdrawn,
        version.edition if numbered else (),
        version.date if dated else "",
        version.proposed,
        not version.draft,
        () if numbered else version.edition,
        version.document.modified if not (numbered or dated) else 0.0,
    )


def date_in(head: str) -> str:
    """Return the date from which a document says it holds; else the first full one; else empty.

    Args:
        head: The beginning of its text.
    """
    folded = normalise(head)
    first = ""
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            date = _iso(match.groupdict())
            if not date:
                continue
            if _BEFORE.search(folded[: match.start()][-40:]) or _BEHIND.search(
                folded[match.end() :][:12]
            ):
                return date
            first = first or date
    return first


def _iso(parts: dict[str, str | None]) -> str:
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if not (year and month and day):
        return ""
    number = _MONTHS.get(month[:3]) or (int(month) if month.isdigit() else 0)
    base = _ERAS.get(parts.get("era") or "", 0)
    if not (year.isdigit() and number):
        return ""
    return f"{base + int(year):04d}-{number:02d}-{int(day):02d}"


def modified_day(document: DocumentRef) -> str:
    """Return the day on which a file was last changed."""
    return time.strftime("%Y-%m-%d", time.localtime(document.modified))
