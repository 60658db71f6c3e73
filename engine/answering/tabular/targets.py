"""Which columns a question is about: those that it computes with, those that it asks for."""

from __future__ import annotations

from collections.abc import Sequence

from engine.answering.tabular.filters import Draft
from engine.answering.tabular.groups import concepts_of, is_amount
from engine.answering.tabular.matching import Match, unit_places
from engine.answering.tabular.names import Named, core_of, named_columns
from engine.records.tables import TypedColumn
from engine.text import is_cjk


def told(match: Match, draft: Draft) -> list[Named]:
    """Return the columns that a question names by other words than those that name rows."""
    taken = [value.span for found in draft.values.values() for value in found]
    return [
        each
        for each in match.columns
        if each.share >= 0.99
        or not all(any(s <= a and b <= e for s, e in taken) for a, b in each.spans)
    ]


def amount_columns(match: Match, draft: Draft) -> list[TypedColumn]:
    """Return the columns of numbers that a question means, the likeliest first."""
    usable = [c for c in match.group.columns if c.ordinal and is_amount(c)]
    taken = {f.column for f in draft.filters if f.relation in ("=", "contains", "covers")}
    usable = [c for c in usable if c.name not in taken]
    named = [each for each in told(match, draft) if each.column in usable]
    best = max((each.share for each in named), default=0.0)
    found = [each.column for each in named if each.share >= max(0.34, best - 0.01)]
    asked = [c for _, _, columns in match.concepts for c in columns if c in usable]
    if found:
        both = [c for c in found if c in asked]
        return both or found
    return list(dict.fromkeys(asked))


def amount_column(match: Match, draft: Draft) -> TypedColumn | None:
    """Return the column that a figure is over; None if that is not certain."""
    usable = [c for c in match.group.columns if c.ordinal and is_amount(c)]
    found = amount_columns(match, draft)
    if len(found) > 1:
        found = of_currency(match, found)
    if found:
        single = len(found) == 1 or same_quantity(found)
        return found[0] if single and not shares_its_name(match, found[0], usable) else None
    return usable[0] if len(usable) == 1 and is_about(match) else None


def shares_its_name(match: Match, column: TypedColumn, others: Sequence[TypedColumn]) -> bool:
    """Tell whether a question names only what several columns have in common: Stock Derby."""
    named = {each.column.ordinal: each for each in named_columns(match.wanted.form, others)}
    own = named.get(column.ordinal)
    if own is None or own.share >= 0.99:
        return False
    return any(
        set(own.spans) <= set(other.spans) and not same_quantity([column, other.column])
        for ordinal, other in named.items()
        if ordinal != column.ordinal
    )


def of_currency(match: Match, columns: list[TypedColumn]) -> list[TypedColumn]:
    """Return the columns in the currency that a question names."""
    form = match.wanted.form
    named = [c for c in columns if c.unit and unit_places(form, c.unit.partition("/")[0])]
    if not named and len(columns) > 1 and same_quantity(columns):
        own = "yen" if any(map(is_cjk, form)) else ""
        named = [c for c in columns if own and c.unit == own]
    return named or columns


def same_quantity(columns: Sequence[TypedColumn]) -> bool:
    """Tell whether columns say the same in several currencies."""
    return len({core_of(column.name) for column in columns}) == 1


def is_about(match: Match) -> bool:
    """Tell whether a question is about these tables although it names no column."""
    return bool(match.table_places) or bool(match.values)


def asked_columns(match: Match, draft: Draft, usable: Sequence[TypedColumn]) -> list[TypedColumn]:
    """Return the columns that a question asks for, the likeliest first."""
    named = [each for each in told(match, draft) if each.column in usable]
    best = max((each.share for each in named), default=0.0)
    chosen = [each.column for each in named if each.share >= max(0.5, best - 0.01)]
    weak = [each.column for each in named if each.column not in chosen]
    asks = [c for concept, _, found in match.concepts for c in found if c in usable]
    questions = {concept for concept, _ in match.wanted.asks}
    first = [c for c in asks if questions & concepts_of(c)]
    if chosen:
        likely = [c for c in [*chosen, *weak] if c in first] or [c for c in chosen if c in asks]
        return of_currency(match, likely or chosen)
    both = [c for c in weak if c in asks]
    return of_currency(match, both or list(dict.fromkeys(first)) or list(dict.fromkeys(asks)))
