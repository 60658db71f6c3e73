"""What a question says of the things it wants: words and dates, of all of them or of some rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.answering.facts import comparable
from engine.answering.listing.groups import Row
from engine.answering.listing.wanted import Wanted
from engine.languages import PROFILES, any_of
from engine.retrieval.terms import held_tokens, is_exact
from engine.text import search_form
from engine.text.dates import Date, moments

_EXACT_WEIGHT = 2.0


@dataclass(frozen=True)
class Page:
    """What a document says of itself before its lists.

    Attributes:
        text: Its beginning.
        whole: All of it.
    """

    text: str
    whole: str


@dataclass(frozen=True)
class Term:
    """Something that the topic says: a word, or a date."""

    word: str = ""
    date: Date | None = None
    literal: bool = False

    @property
    def weight(self) -> float:
        """How much it counts: numbers and dates decide."""
        return (
            _EXACT_WEIGHT if self.date is not None or self.literal or is_exact(self.word) else 1.0
        )

    def held_by(self, text: str) -> bool:
        """Tell whether a text says it."""
        if self.date is not None:
            return any(d.tells(self.date, frozenset(_years(text))) for d in _dates(text))
        if self.literal:
            return self.word in _folded(text)
        return bool(held((self.word,), text))


@lru_cache(maxsize=64)
def topic_of(asked: Wanted) -> tuple[Term, ...]:
    """Return what the topic of a question says."""
    dates = [d for d in _dates(asked.topic) if d.month is not None]
    spoken = re.findall(r"[a-z]+|\d+", asked.topic.casefold())
    words = [
        t
        for t in asked.topic_terms
        if not (dates and (t.isdigit() or (t[:3] in _MONTH_NAMES and t in spoken)))
    ]
    counted = [] if dates else _NUMBERED.findall(_folded(asked.topic))
    counted += [f"{name} {letter}" for name, letter in _GRADED.findall(_folded(asked.topic))]
    literal = tuple(Term(word, literal=True) for word in dict.fromkeys(counted))
    return (*(Term(date=d) for d in dates), *(Term(t) for t in words), *literal)


_NUMBERED = re.compile(r"第?\d+[\u4e00-\u9fff]{1,4}")
"""第2工場: its number decides."""

_GRADED = re.compile(any_of(p.lists.graded for p in PROFILES))
"""評価がA: a column and its value."""


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return search_form(text)


_MONTH_NAMES = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


@lru_cache(maxsize=8192)
def _dates(text: str) -> tuple[Date, ...]:
    compact = re.sub(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)", r"\1-\2-\3", text)
    if not re.search(r"\d", text):
        return ()
    return tuple(date for dates in moments(comparable(compact)).dates for date in dates)


def _years(text: str) -> list[int]:
    return [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)]


@lru_cache(maxsize=65536)
def held(terms: tuple[str, ...], text: str) -> frozenset[str]:
    """Return which terms a text holds."""
    return held_tokens(terms, text)


def filtered(rows: Sequence[Row], terms: Sequence[Term]) -> tuple[tuple[Row, ...], list[Term]]:
    """Return the rows that hold what others of them lack, and the terms that told."""
    kept, told = tuple(rows), []
    for term in terms:
        holding = tuple(row for row in kept if term.held_by(_all(row)))
        if holding and len(kept) > 1:
            kept = holding
            told.append(term)
    return kept, told


def _all(row: Row) -> str:
    return "\n".join(f"{name} {value}" for name, value in row.cells)


def topic_share(asked: Wanted, page: Page) -> float:
    """Return how much of what the topic says a document says of itself."""
    terms = topic_of(asked)
    total = sum(t.weight for t in terms)
    return sum(t.weight for t in terms if t.held_by(page.text)) / total if total else 1.0
