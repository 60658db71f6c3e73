"""Which rows a question means: cells that it names, limits of numbers, dates, ranges."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from engine.answering.tabular.groups import CURRENCIES, concepts_of, is_amount
from engine.answering.tabular.limits import Limit, Moment, Span
from engine.answering.tabular.matching import Match, month_of
from engine.answering.tabular.names import core_of, unexplained
from engine.answering.tabular.values import NamedValue
from engine.languages import PROFILES, any_of
from engine.records.tables import Relation, RowFilter, TypedColumn
from engine.text import normalise

_ENTITIES = ("person", "product", "customer", "supplier", "place")
"""Concepts whose words name what all rows of a table are: "people", 「社員」."""


@dataclass(frozen=True)
class Draft:
    """Filters of a plan.

    Attributes:
        filters: All must hold; several ``=`` of one column are alternatives.
        columns: Ordinals of the columns that they are of.
        used: Places of the question that they come from.
        unused: Numbers that no column takes.
        values: Cells that the filters are of, by column.
    """

    filters: tuple[RowFilter, ...]
    columns: frozenset[int]
    used: tuple[Span, ...]
    unused: tuple[Limit, ...]
    values: dict[int, list[NamedValue]]


def drafted(match: Match) -> Draft | None:
    """Return the filters of a question over a group; None if a date of it fits no column."""
    filters: list[RowFilter] = []
    columns: set[int] = set()
    used: list[Span] = []
    values = _values(match)
    by_ordinal = {column.ordinal: column for column in match.group.columns}
    for ordinal, found in values.items():
        if ordinal not in by_ordinal:
            continue
        for value in found:
            relation: Relation = "=" if value.is_whole else "contains"
            filters.append(RowFilter(by_ordinal[ordinal].name, relation, value.words))
        columns.add(ordinal)
    for moment in match.wanted.moments:
        if moment in match.sheet_moments:
            continue
        added = _dated(match, moment)
        if added is None:
            if _is_named(match, moment.span):
                continue
            return None
        filters += added
        columns |= {c.ordinal for c in match.group.columns if c.name == added[0].column}
        used.append(moment.span)
    unused: list[Limit] = []
    for limit in match.wanted.limits:
        if _is_named(match, limit.span):
            continue
        made = _limited(match, limit, columns)
        if made is None:
            unused.append(limit)
            continue
        filters.append(made)
        columns |= {c.ordinal for c in match.group.columns if c.name == made.column}
        used.append(limit.span)
    return Draft(tuple(filters), frozenset(columns), tuple(used), tuple(unused), values)


def _is_named(match: Match, span: Span) -> bool:
    """Tell whether a number or a date is a part of a name: "Q1 FY2025", 「2025年度予算」."""
    named = [place for each in match.columns if each.share >= 0.5 for place in each.spans]
    places = [*named, *(v.span for v in match.values), *match.table_places]
    return not unexplained(
        match.wanted.form[: span[1]], [*places, *match.wanted.spans, (0, span[0])]
    )


def _values(match: Match) -> dict[int, list[NamedValue]]:
    """Return the values that name rows, by column; each place of the question once.

    Words that are also the name of a column, or of a concept that a column is of, name no rows.
    """
    names = [place for each in match.columns if each.share >= 0.99 for place in each.spans]
    by_place: dict[Span, list[NamedValue]] = defaultdict(list)
    for value in match.values:
        start, end = value.span
        if any(s <= start and end <= e for s, e in names) or _is_concept(match, value):
            continue
        weak = [*_weak(match), match.wanted.group_span]
        if not value.is_whole and _n_free(value.span, weak) < 0.5 * (end - start):
            continue
        by_place[value.span].append(value)
    chosen: dict[int, list[NamedValue]] = defaultdict(list)
    label = match.group.label.ordinal
    for found in by_place.values():
        best = min(found, key=lambda v: (not v.is_whole, v.ordinal != label, v.ordinal))
        same = {v.words for v in found if v.ordinal == best.ordinal}
        if len(same) == 1 or best.is_whole:
            chosen[best.ordinal].append(best)
    for ordinal, found in chosen.items():
        if any(value.is_whole for value in found):
            chosen[ordinal] = [value for value in found if value.is_whole]
    return dict(chosen)


def _is_concept(match: Match, value: NamedValue) -> bool:
    """Tell whether words name what another column is of: "people", 「社員」, rather than rows."""
    return any(
        span == value.span
        and concept in _ENTITIES
        and any(column.ordinal != value.ordinal for column in found)
        for concept, span, found in match.concepts
    )


def _n_free(span: Span, places: list[Span]) -> int:
    """Return how many letters of a place lie in no other one."""
    return sum(not any(s <= at < e for s, e in places) for at in range(*span))


def _weak(match: Match) -> list[Span]:
    """Return places that are explained without a part of a cell: columns, concepts, the table."""
    places = [place for each in match.columns for place in each.spans]
    places += [span for _, span, found in match.concepts if found]
    return [*places, *match.table_places, *match.wanted.spans]


def _dated(match: Match, moment: Moment) -> list[RowFilter] | None:
    """Return the filters of a date; None if no column holds dates."""
    dated = [c for c in match.group.columns if c.kind in ("date", "day-or-month") and c.ordinal]
    if not dated or len(moment.dates) > 1:
        return None
    named = [each.column for each in match.columns if each.column in dated]
    column = named[0] if named else dated[0]
    if not named and len(dated) > 1 and not _starts(dated[0]):
        column = dated[0]
    date = moment.dates[0]
    if moment.fiscal and date.year:
        return [
            RowFilter(column.name, ">=", f"{date.year}-04"),
            RowFilter(column.name, "<=", f"{date.year + 1}-03"),
        ]
    return [RowFilter(column.name, moment.relation, month_of(date))]


def _starts(column: TypedColumn) -> bool:
    return "date" in concepts_of(column)


def _limited(match: Match, limit: Limit, taken: set[int]) -> RowFilter | None:
    """Return the filter of a number; None if no column takes it."""
    if limit.relation == "=":
        return _numbered(match, limit) or _covered(match, limit)
    candidates = [c for c in match.group.columns if c.ordinal and _takes(c, limit)]
    if not candidates:
        return None
    named = [each.column for each in match.columns if each.column in candidates]
    if limit.unit in CURRENCIES:
        named = named or [c for c in candidates if "money" in concepts_of(c)]
    asked = [c for _, _, found in match.concepts for c in found if c in candidates]
    chosen = named or asked or (candidates if len(candidates) == 1 else [])
    own = [c for c in chosen if limit.unit and c.unit.partition("/")[0] == limit.unit]
    if not chosen or (not own and len(set(chosen)) > 1 and not named):
        return None
    return RowFilter((own or chosen)[0].name, limit.relation, _number(limit))


def _takes(column: TypedColumn, limit: Limit) -> bool:
    """Tell whether a number may be compared with those of a column."""
    if not is_amount(column):
        return False
    own = column.unit.partition("/")[0]
    if limit.unit in CURRENCIES and own not in ("", limit.unit):
        return False
    if limit.unit and own and own != limit.unit:
        return False
    return not (limit.counted and own in CURRENCIES)


def _numbered(match: Match, limit: Limit) -> RowFilter | None:
    """Return the filter of a number that stands beside a column's name: "lot 3"."""
    before = match.wanted.form[: limit.span[0]].rstrip(" #.:")
    for column in match.group.columns:
        name = normalise(core_of(column.name)).rstrip(". ")
        if column.kind == "number" and column.ordinal and name and before.endswith(name):
            return RowFilter(column.name, "=", _number(limit))
    return None


def _covered(match: Match, limit: Limit) -> RowFilter | None:
    """Return the filter of a number in a column of ranges, or of steps: From, To."""
    ranges = [c for c in match.group.columns if c.kind == "range" and c.ordinal]
    if len(ranges) == 1 and ranges[0].n_of_kind > 1:
        return RowFilter(ranges[0].name, "covers", _number(limit))
    steps = [
        c
        for c in match.group.columns
        if c.kind == "number" and _STEPS.fullmatch(core_of(c.name)) and c.ordinal
    ]
    if steps and all(c.n_cells > 1 for c in steps):
        return RowFilter(steps[0].name, "covers", _number(limit))
    return None


_STEPS = re.compile(any_of(p.tabular.steps for p in PROFILES))


def _number(limit: Limit) -> str:
    return f"{limit.value:.15g}"
