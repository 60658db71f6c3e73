"""The little query language: plain words, and filters between them.

``file:`` and ``folder:`` take a part of a name or a glob, ``type:`` an ending or a kind of file,
``after:`` and ``before:`` a year, month or day of the document's date, ``"..."`` words that must
stand in a passage just so. Names with spaces stand in quotation marks; full-width colons and the
Japanese words for the filters are understood too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from engine.errors import EmptyQuestion, FilterUnreadable
from engine.languages import PROFILES
from engine.records import DocumentRef, Passage
from engine.text import normalise, search_form

_NAMES = {name: name for name in ("file", "folder", "type", "after", "before")} | {
    word: name for profile in PROFILES for word, name in profile.filters.items()
}
_FILTER = re.compile(
    rf"(?<!\S)({'|'.join(_NAMES)})[:：](?:[\"“”]([^\"“”]+)[\"“”]|(\S+))", re.IGNORECASE
)
_EXACT = re.compile(r"(?<!\w)[\"“”]([^\"“”]{2,})[\"“”]")
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?[年月]?")

KINDS = {
    "word": ("docx", "doc", "docm", "odt", "rtf"),
    "excel": ("xlsx", "xls", "xlsm", "xlsb", "ods", "csv"),
    "powerpoint": ("pptx", "ppt", "odp"),
    "mail": ("eml", "msg", "mbox"),
    "web": ("html", "htm"),
    "text": ("txt", "md"),
}
"""Endings of what people call by a program's name."""


@dataclass(frozen=True)
class Query:
    """A parsed query.

    Attributes:
        text: What to search for, filters removed; words in quotation marks stay.
        files: Normalised name patterns, any of which a document must fit; none: all do.
        folders: The same of the folders it is in.
        types: Endings, any of which it must have.
        after: It is at least as new, in seconds since the epoch.
        before: It is older.
        exact: What must stand in a passage, in search form.
        filters: All of these as they were typed, to be shown.
    """

    text: str
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    after: float | None = None
    before: float | None = None
    exact: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()

    def admits(self, document: DocumentRef) -> bool:
        """Tell whether a document passes the filters on documents."""
        path = normalise(document.path)
        name, folder = normalise(document.name), normalise(str(PurePosixPath(document.path).parent))
        return (
            _fits(self.files, name, path)
            and _fits(self.folders, folder, folder)
            and (not self.types or name.rpartition(".")[2] in self.types)
            and (self.after is None or document.modified >= self.after)
            and (self.before is None or document.modified < self.before)
        )

    def admits_passage(self, passage: Passage) -> bool:
        """Tell whether a passage passes all filters."""
        if not self.filters:
            return True
        if not self.admits(passage.document):
            return False
        text = search_form(f"{passage.context}\n{passage.text}")
        return all(words in text for words in self.exact)


def parse_query(query: str) -> Query:
    """Split ``leave days file:policy after:2024 "part-time"`` into text and filters.

    Raises:
        EmptyQuestion: Nothing to search for is left.
        FilterUnreadable: A date cannot be read.
    """
    found: dict[str, list[str]] = {name: [] for name in _NAMES.values()}
    for match in _FILTER.finditer(query):
        found[_NAMES[match[1].lower()]].append(normalise(match[2] or match[3]))
    filters = filters_of(query)
    rest = _FILTER.sub(" ", query)
    text = " ".join(rest.split()) if filters else query.strip()
    if not text:
        raise EmptyQuestion
    return Query(
        text,
        tuple(found["file"]),
        tuple(found["folder"]),
        tuple(ending for kind in found["type"] for ending in _endings(kind)),
        max((_start(date) for date in found["after"]), default=None),
        min((_start(date) for date in found["before"]), default=None),
        tuple(search_form(match[1]) for match in _EXACT.finditer(rest)),
        filters,
    )


def filters_of(query: str) -> tuple[str, ...]:
    """Return the filters of a query as they were typed, those on documents first."""
    shown = [match.group().strip() for match in _FILTER.finditer(query)]
    exact = [match.group().strip() for match in _EXACT.finditer(_FILTER.sub(" ", query))]
    return (*shown, *exact)


def _fits(patterns: tuple[str, ...], whole: str, part: str) -> bool:
    """Tell whether one of some patterns fits, by glob or by part; no patterns always do."""
    return not patterns or any(
        fnmatchcase(whole, pattern) if any(c in pattern for c in "*?[") else pattern in part
        for pattern in patterns
    )


def _endings(kind: str) -> tuple[str, ...]:
    kind = kind.lstrip(".")
    return KINDS.get(kind, (kind,))


def _start(date: str) -> float:
    """Return the beginning of a year, month or day of this machine's time zone.

    Raises:
        FilterUnreadable: It is no date.
    """
    match = _DATE.fullmatch(search_form(date, asked=True).replace(" ", ""))
    if match is None:
        raise FilterUnreadable(filter=date)
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return datetime(year, month, day).astimezone().timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise FilterUnreadable(filter=date) from error
