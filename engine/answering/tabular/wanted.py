"""What a question asks of tables: an operation, limits of numbers and dates, groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from engine.answering.tabular.limits import (
    Limit,
    Moment,
    Span,
    from_to,
    limits_of,
    moments_of,
)
from engine.languages import PROFILES, any_of
from engine.languages.tabular import Direction
from engine.text import normalise
from engine.text.amounts import in_digits

Aim = Literal["", "count", "sum", "mean", "difference"]

_RULES = tuple(profile.tabular for profile in PROFILES)


_AIMS: tuple[tuple[Aim, re.Pattern[str]], ...] = (
    ("difference", re.compile(any_of(rules.difference for rules in _RULES))),
    ("mean", re.compile(any_of(rules.mean for rules in _RULES))),
    ("sum", re.compile(any_of(rules.sum for rules in _RULES))),
    ("count", re.compile(any_of(rules.count for rules in _RULES))),
)
_SUPERLATIVES = tuple(
    (re.compile(word.pattern), word.concept, word.direction)
    for rules in _RULES
    for word in rules.superlatives
)
_LISTING = re.compile(any_of(rules.listing for rules in _RULES))
_MEASURED = re.compile(any_of(rules.measured for rules in _RULES))
_QUALIFIERS = re.compile(any_of(rules.qualifiers for rules in _RULES))
_TOP = tuple(re.compile(rules.top) for rules in _RULES if rules.top)
_GROUP = tuple(re.compile(rules.group) for rules in _RULES if rules.group)
_ASKS = tuple((re.compile(text), concept) for rules in _RULES for text, concept in rules.asks)


@dataclass(frozen=True)
class Superlative:
    """See :class:`engine.languages.tabular.Superlative`; with the place of its word."""

    concept: str
    direction: Direction
    span: Span


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Attributes:
        form: The question in comparable form, numbers in digits; spans are into it.
        aim: What to compute; empty for a look-up.
        superlative: The first that is asked for.
        n_top: How many of the largest; 0 for one.
        group: What comes behind "per" or before ごと; empty for no groups.
        lists: Whether all rows are asked for.
        limits: Numbers, in order.
        moments: Dates, in order.
        measures: Whether it asks how many of a unit that cells hold, not how many rows.
        qualifiers: Where words stand that change what is meant: "new", 「前回」.
        asks: Concepts that question words ask for.
        spans: Where words stand that say what to do.
    """

    form: str
    aim: Aim
    superlative: Superlative | None
    n_top: int
    group: str
    group_span: Span
    lists: bool
    limits: tuple[Limit, ...]
    moments: tuple[Moment, ...]
    measures: bool
    qualifiers: tuple[Span, ...]
    asks: tuple[tuple[str, Span], ...]
    spans: tuple[Span, ...]


def wanted(question: str) -> Wanted:
    """Read a question."""
    form = in_digits(normalise(question))
    spans: list[Span] = []
    aim: Aim = ""
    for name, pattern in _AIMS:
        found = list(pattern.finditer(form))
        spans += [match.span() for match in found]
        if found and not aim:
            aim = name
    superlative = None
    for pattern, concept, direction in _SUPERLATIVES:
        match = pattern.search(form)
        if match and superlative is None:
            superlative = Superlative(concept, direction, match.span())
            spans.append(match.span())
    n_top, top_span = _n_top(form)
    if top_span:
        spans.append(top_span)
    group, group_span = _group(form)
    found_moments, rest = moments_of(question, form)
    if aim != "difference":
        found_moments = from_to(form, found_moments)
    blanked = rest
    if top_span:
        blanked = (
            blanked[: top_span[0]] + " " * (top_span[1] - top_span[0]) + blanked[top_span[1] :]
        )
    limits, years = limits_of(form, blanked)
    listing = list(_LISTING.finditer(form))
    asks = tuple(
        (concept, match.span()) for pattern, concept in _ASKS for match in pattern.finditer(form)
    )
    return Wanted(
        form,
        aim,
        superlative,
        n_top,
        group,
        group_span,
        bool(listing),
        tuple(limits),
        (*found_moments, *years),
        _MEASURED.search(form) is not None,
        tuple(match.span() for match in _QUALIFIERS.finditer(form)),
        asks,
        (*spans, *(match.span() for match in listing), *(span for _, span in asks)),
    )


def _n_top(form: str) -> tuple[int, Span | None]:
    for pattern in _TOP:
        if match := pattern.search(form):
            return int(match["n"] or match["m"]), match.span()
    return 0, None


def _group(form: str) -> tuple[str, Span]:
    for pattern in _GROUP:
        if match := pattern.search(form):
            return match["by"], match.span()
    return "", (0, 0)
