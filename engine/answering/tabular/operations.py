"""What a question wants done with the rows that are left: the operation and its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from engine.answering.tabular.filters import Draft
from engine.answering.tabular.groups import SHEET, concepts_of, is_amount, unit_names
from engine.answering.tabular.limits import Span
from engine.answering.tabular.matching import Match
from engine.answering.tabular.names import named_columns, table_spans
from engine.answering.tabular.targets import (
    amount_column,
    amount_columns,
    asked_columns,
    of_currency,
    same_quantity,
    shares_its_name,
)
from engine.languages import PROFILES, any_of
from engine.records.tables import RowFilter, TableOperation, TablePlan, TypedColumn
from engine.text import normalise

_MONTHS = re.compile(any_of(profile.tabular.months for profile in PROFILES))
_YEARS = re.compile(any_of(profile.tabular.years for profile in PROFILES))
_SHEETS = re.compile(any_of(profile.tabular.sheets for profile in PROFILES))

_COUNTER = re.compile(any_of(profile.tabular.measured for profile in PROFILES))

_SHEETS_OF = (".xlsx", ".xlsm", ".xltx", ".xltm", ".csv", ".tsv")

BY_MONTH, BY_YEAR = ", by month", ", by year"
"""Behind the name of a column of dates: rows are put together by a part of them."""

Made = tuple[TablePlan, list[Span]]


def planned(match: Match, draft: Draft) -> Made | None:
    """Return the plan of a question over a group, with no tables yet, and places that it used."""
    wanted = match.wanted
    group, used = _group(match)
    if group == match.group.label.name and wanted.aim == "mean":
        group = None  # "per job": of each row
    elif wanted.group and group is None and wanted.aim and not _is_in_name(match):
        return None
    if wanted.aim == "difference":
        return _difference(match, draft)
    if wanted.superlative is not None and wanted.aim in ("", "count", "sum"):
        made = _extreme(match, draft, group, used)
        if wanted.aim != "sum" or (made is not None and made[0].group):
            return made
    if wanted.aim in ("sum", "mean"):
        column = amount_column(match, draft)
        if column is None:
            return _of_words(match, draft)
        return _plan(wanted.aim, column, draft, group=group), used
    if group is not None and wanted.aim == "":
        column = amount_column(match, draft)
        return (_plan("group", column, draft, group=group), used) if column else None
    if wanted.aim == "count":
        return _count(match, draft, group, used)
    return _look_up(match, draft)


def _is_in_name(match: Match) -> bool:
    """Tell whether "per week" is a part of a column's name: "Hours per week"."""
    start, end = match.wanted.group_span
    named = [place for each in match.columns if each.share >= 0.99 for place in each.spans]
    return any(start <= s and e <= end for s, e in named)


def _plan(
    operation: TableOperation,
    column: TypedColumn | None,
    draft: Draft,
    *,
    group: str | None = None,
    descending: bool = True,
    limit: int = 0,
    filters: Sequence[RowFilter] | None = None,
) -> TablePlan:
    kept = draft.filters if filters is None else tuple(filters)
    name = column.name if column else ""
    return TablePlan((), operation, name, kept, group or "", descending, limit)


def _group(match: Match) -> tuple[str | None, list[Span]]:
    """Return by what rows are put together, and where the question says so."""
    wanted = match.wanted
    if not wanted.group:
        return None, []
    named = named_columns(wanted.group, [c for c in match.group.columns if c.ordinal])
    words = [each for each in named if each.share >= 0.5 and not is_amount(each.column)]
    if words:
        return words[0].column.name, [wanted.group_span]
    by = f"{wanted.group}"
    dated = [c for c in match.group.columns if c.kind == "date" and c.ordinal]
    if _MONTHS.search(by) or _YEARS.search(by):
        if len(match.group.tables) > 1 and not dated:
            return SHEET, [wanted.group_span]
        if dated:
            part = BY_MONTH if _MONTHS.search(by) else BY_YEAR
            return dated[0].name + part, [wanted.group_span]
    for concept, span, found in match.concepts:
        inside = wanted.group_span[0] <= span[0] and span[1] <= wanted.group_span[1]
        usable = [c for c in found if not is_amount(c)]
        if inside and usable and concept:
            return usable[0].name, [wanted.group_span]
    if len(match.group.tables) > 1 and _SHEETS.search(by):
        return SHEET, [wanted.group_span]
    return None, []


def _of_words(match: Match, draft: Draft) -> Made | None:
    """Return the plan over a column of words that a question names: it will be refused aloud."""
    named = [each for each in match.columns if each.share >= 0.99]
    if len(named) != 1 or named[0].column.kind != "words" or draft.columns:
        return None
    operation: TableOperation = "sum" if match.wanted.aim == "sum" else "mean"
    return _plan(operation, named[0].column, draft), []


def _extreme(match: Match, draft: Draft, group: str | None, used: list[Span]) -> Made | None:
    wanted = match.wanted
    word = wanted.superlative
    if word is None:
        return None
    columns = [c for c in match.group.columns if c.ordinal and c.ordinal not in draft.columns]
    of_concept = [c for c in columns if word.concept and word.concept in concepts_of(c)]
    asks_person = any(concept == "person" for concept, _ in wanted.asks)
    if word.concept == "duration" and not of_concept and not asks_person:
        of_concept = [c for c in columns if "length" in concepts_of(c)]
    if word.concept == "date":
        of_concept = [c for c in of_concept if c.kind == "date"]
    elif word.concept:
        of_concept = [c for c in of_concept if is_amount(c)]
    column: TypedColumn | None
    if word.concept:
        named = [each.column for each in match.columns if each.column in of_concept]
        chosen = of_currency(match, named or of_concept)
        column = chosen[0] if chosen else None
        if column is None or (len(chosen) > 1 and not named and not same_quantity(chosen)):
            return None
    else:
        column = _nearest(match, word.span, columns) or amount_column(match, draft)
        dates = [each.column for each in match.columns if each.column.kind == "date"]
        if column is None and dates:
            column = dates[0]
    if column is None:
        return None
    high = word.direction == "high"
    if (
        group is None
        and wanted.aim in ("", "sum")
        and (by := _asked_for(match, column)) is not None
    ):
        group = by.name
    limit = wanted.n_top or 1
    if group is not None or limit > 1:
        return _plan("top", column, draft, group=group, descending=high, limit=limit), used
    return _plan("maximum" if high else "minimum", column, draft, descending=high), used


def _nearest(match: Match, word: Span, usable: Sequence[TypedColumn]) -> TypedColumn | None:
    """Return the named column that stands nearest to a superlative, if several are named.

    "Which department spent the most of its budget" is about what was spent.
    """
    named = [each for each in match.columns if each.column in usable and is_amount(each.column)]
    if len(named) < 2:
        return None
    return min(named, key=lambda each: min(abs(word[0] - end) for _, end in each.spans)).column


def _asked_for(match: Match, column: TypedColumn) -> TypedColumn | None:
    """Return the column by which rows are added up first: "which department has most hours".

    That is so where the question names a column of words that is not what the rows are about.
    """
    label = match.group.label
    for each in match.columns:
        other = each.column
        is_words = other.kind == "words" and each.share >= 0.5
        if is_words and other.ordinal not in (label.ordinal, column.ordinal):
            return other if is_amount(column) else None
    return None


def _count(match: Match, draft: Draft, group: str | None, used: list[Span]) -> Made | None:
    """Return a count of rows, or the number that a column holds already."""
    usable = [c for c in match.group.columns if c.ordinal and is_amount(c)]
    found = [
        c
        for c in amount_columns(match, draft)
        if _is_counted(match, c) and not shares_its_name(match, c, usable)
    ]
    found = found or _of_counter(match, draft)
    if found:
        values = any(f.relation in ("=", "contains", "covers") for f in draft.filters)
        if values and group is None:
            return _look_up(match, draft, found)
        if len(found) == 1 or same_quantity(found):
            return _plan("sum", found[0], draft, group=group), used
        return None
    firm = group is not None or any(f.relation != "contains" for f in draft.filters)
    if match.wanted.measures or (not firm and not _are_its_rows(match)):
        return None
    return _plan("count", None, draft, group=group), used


def _are_its_rows(match: Match) -> bool:
    """Tell whether what is counted is what rows of these tables are: suppliers, complaints.

    The name of a document says that only where the document is nothing but tables.
    """
    tables, form = match.group.tables, match.wanted.form
    texts = [text for t in tables for text in (t.heading.rpartition(" > ")[2], t.caption)]
    texts += [
        PurePath(t.document.name).stem
        for t in tables
        if t.document.name.lower().endswith(_SHEETS_OF)
    ]
    label = match.group.label
    named = any(each.column == label for each in match.columns)
    of_label = any(label in found for _, _, found in match.concepts)
    return named or of_label or bool(table_spans(form, texts))


def _of_counter(match: Match, draft: Draft) -> list[TypedColumn]:
    """Return the columns in the unit that is asked for: 何個."""
    asked = [m.group() for m in _COUNTER.finditer(match.wanted.form)]
    usable = [c for c in match.group.columns if is_amount(c) and c.ordinal not in draft.columns]
    return [
        c
        for c in usable
        if c.unit and any(_spelt(c.unit, word.removeprefix("何")) for word in asked)
    ]


def _spelt(unit: str, word: str) -> bool:
    return word == unit or word in unit_names(unit)


def _is_counted(match: Match, column: TypedColumn) -> bool:
    """Tell whether a column says how many, and not how much money."""
    named = any(each.column == column and each.share >= 0.34 for each in match.columns)
    asked = any(
        column in found and concept in ("quantity", "stock", "duration", "hours")
        for concept, _, found in match.concepts
    )
    return (named or asked) and "money" not in concepts_of(column)


def _look_up(match: Match, draft: Draft, columns: Sequence[TypedColumn] = ()) -> Made | None:
    """Return a look-up of some columns of the rows that the filters leave, or a list of rows."""
    wanted = match.wanted
    usable = [c for c in match.group.columns if c.ordinal and c.ordinal not in draft.columns]
    targets = list(columns) or asked_columns(match, draft, usable)
    selects = [f for f in draft.filters if f.relation in ("=", "contains", "covers")]
    if not draft.filters:
        return None
    if not selects or (wanted.lists and not targets):
        named = {each.column for each in match.columns if each.share >= 0.5}
        if not targets and match.group.label.ordinal in draft.columns:
            return None  # it would repeat what the question says
        target = targets[0] if targets and targets[0] in named else match.group.label
        return _plan("list", target, draft), []
    if not targets:
        label = match.group.label
        if label.ordinal in draft.columns or not wanted.lists:
            return None
        targets = [label]
    if not _may_answer(match, targets[0]):
        return None
    return _plan("look-up", targets[0], draft), []


def _may_answer(match: Match, column: TypedColumn) -> bool:
    """Tell whether a column may hold what a question word asks for: a date for "when"."""
    asks = {concept for concept, _ in match.wanted.asks}
    return "date" not in asks or column.kind in ("date", "day-or-month", "words")


def _difference(match: Match, draft: Draft) -> Made | None:
    """Return a difference of two rows, two columns, or two tables."""
    alternatives: dict[str, int] = {}
    for each in draft.filters:
        if each.relation in ("=", "contains"):
            alternatives[each.column] = alternatives.get(each.column, 0) + 1
    doubles = [name for name, n in alternatives.items() if n == 2]
    if len(doubles) == 1:
        column = amount_column(match, draft)
        return (_plan("difference", column, draft), []) if column else None
    columns = [each.column for each in match.columns if is_amount(each.column)]
    strong = [each.column for each in match.columns if is_amount(each.column) and each.share >= 0.8]
    pair = strong if len(strong) == 2 else columns
    if len(pair) == 2 and pair[0].unit == pair[1].unit:
        first, second = sorted(pair, key=lambda c: c.ordinal)
        plan = TablePlan((), "difference", second.name, draft.filters, first.name)
        return plan, []
    if len(match.group.tables) == 2 and match.sheet_moments:
        column = amount_column(match, draft)
        if column is None:
            return None
        sheets = [RowFilter(SHEET, "=", normalise(t.heading)) for t in match.group.tables]
        return _plan("difference", column, draft, filters=[*draft.filters, *sheets]), []
    return None
