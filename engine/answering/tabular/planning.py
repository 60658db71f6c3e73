"""From a question to a plan over the tables of a collection, by rules; None where unsure.

A table is asked only if it explains the whole question: what is left over would be a condition
that the plan does not know, and a figure computed without it looks right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.answering.asked import Asked
from engine.answering.gathering import Resources
from engine.answering.tabular.checking import base_of
from engine.answering.tabular.conditions import conditions_of, tables_of
from engine.answering.tabular.filters import drafted
from engine.answering.tabular.groups import Group, adds_up, grouped, years_of
from engine.answering.tabular.matching import Match, match_group
from engine.answering.tabular.operations import planned
from engine.answering.tabular.values import named_values, parts_of
from engine.answering.tabular.wanted import Wanted, wanted
from engine.catalogue.tables import TableShelf
from engine.errors import EmptyQuestion
from engine.records import DocumentRef
from engine.records.tables import TableName, TablePlan
from engine.retrieval.query import parse_query
from engine.retrieval.versions import asks_former, replaces
from engine.text import normalise

SURE = 0.6
"""Confidence from which a plan is carried out unasked."""

_ADDING = ("money", "hours")
"""What question words ask for that adds up: "how much"."""

DOUBT = 0.35
"""What other tables that fit as well take from it."""

_HELD = 1.3
"""A number that a table holds goes before one that its rows would be counted for."""

_MOST_TRIED = 20
"""Candidates of which one is looked for that has rows at all."""

_CLOSE = 0.9
"""Of the best weight: two tables that explain as much as each other."""

_CLOSE_ROWS = 0.6
"""The same of rows that a condition chooses: they may stand in any of them."""


@dataclass(frozen=True)
class ScoredPlan:
    """A plan and how sure it is.

    Attributes:
        plan: What to compute.
        confidence: In [0, 1]; see :data:`SURE`.
        group: The tables that it names.
        rivals: Plans over other documents that fit as well, with their tables: only if they
            come to the same is it certain.
    """

    plan: TablePlan
    confidence: float
    group: Group
    rivals: tuple[tuple[TablePlan, Group], ...] = ()


@dataclass(frozen=True)
class _Candidate:
    plan: TablePlan
    group: Group
    weight: float
    unexplained: tuple[str, ...]


def plan_for(asked: Asked, resources: Resources) -> ScoredPlan | None:
    """Return the plan that answers a question best; None if no table fits it.

    Raises:
        FilterUnreadable: A filter of the question has a date that cannot be read.
    """
    try:
        query = parse_query(asked.query)
    except EmptyQuestion:
        return None
    collection = asked.request.collection_id
    tables = [t for t in resources.catalogue.tables.all(collection) if query.admits(t.document)]
    if not tables:
        return None
    asking = wanted(query.text)
    cells = resources.catalogue.tables.words(collection, asking.form, parts_of(asking.form))
    values = named_values(asking.form, cells)
    found = [
        candidate
        for group in grouped(tables)
        if (candidate := _candidate(asking, match_group(asking, group, values))) is not None
    ]
    shelf = resources.catalogue.tables
    scored = _best(asking, found, shelf)
    if scored is None:
        return None
    plan = _as_printed(_summed(asking, scored, shelf), scored.group, shelf)
    rivals = tuple((_as_printed(other, group, shelf), group) for other, group in scored.rivals)
    return replace(scored, plan=plan, rivals=rivals)


def _as_printed(plan: TablePlan, group: Group, shelf: TableShelf) -> TablePlan:
    """Return a plan whose filters name cells as they are printed, for people to read."""
    filters = []
    for each in plan.filters:
        column = group.column(each.column)
        found = []
        if column is not None and column.kind == "words" and each.relation == "=":
            alone = conditions_of(group, [each])
            found = shelf.query(group.ids, alone).cells(column.ordinal, limit=1)
        for cell in found:
            table = next(t for t in group.tables if t.id == cell.table_id)
            (text,) = shelf.texts(table.document.id, [(cell.start, cell.end)])
            each = replace(each, value=text) if normalise(text) == each.value else each
        filters.append(each)
    return replace(plan, filters=tuple(filters))


def _n_rows(plan: TablePlan, group: Group, shelf: TableShelf) -> int:
    left = tables_of(group, plan.filters) if plan.operation != "difference" else group
    if not left.tables or plan.operation == "difference":
        return len(left.tables)
    return shelf.query(left.ids, conditions_of(group, plan.filters)).n_rows()


def _summed(asking: Wanted, scored: ScoredPlan, shelf: TableShelf) -> TablePlan:
    """Return the plan of "how much" over several rows as a sum, where amounts add up."""
    plan = scored.plan
    column = scored.group.column(plan.column)
    asks = asking.aim == "count" or any(concept in _ADDING for concept, _ in asking.asks)
    if plan.operation != "look-up" or column is None or not asks or not adds_up(column):
        return plan
    several = _n_rows(plan, scored.group, shelf) > 1
    return replace(plan, operation="sum") if several else plan


def _candidate(asking: Wanted, match: Match) -> _Candidate | None:
    draft = drafted(match)
    if draft is None:
        return None
    made = planned(match, draft)
    if made is None:
        return None
    plan, used = made
    columns = _used_columns(plan, match)
    values = [value for found in draft.values.values() for value in found]
    rest = match.unexplained(match.explained(columns, values, [*draft.used, *used]))
    rest += [limit.text for limit in draft.unused]
    names = tuple(TableName(table.id, table.name) for table in match.group.tables)
    whole = TablePlan(
        names,
        plan.operation,
        plan.column,
        plan.filters,
        plan.group,
        plan.descending,
        plan.limit,
    )
    held = asking.aim == "count" and plan.operation != "count"
    weight = match.weight * (_HELD if held else 1)
    return _Candidate(whole, match.group, weight, tuple(rest))


def _used_columns(plan: TablePlan, match: Match) -> frozenset[int]:
    """Return the columns of a plan, and those that say what its rows are about.

    Those are the labels, columns of dates where a date chose the table, and what is counted:
    "how many courses" counts the rows of a table of courses.
    """
    group, wanted = match.group, match.wanted
    names = {plan.column, base_of(plan.group), *(each.column for each in plan.filters)}
    own = {column.ordinal for column in group.columns if column.name in names}
    own |= {group.label.ordinal, *([group.second_label.ordinal] if group.second_label else [])}
    if match.sheet_moments:
        own |= {column.ordinal for column in group.columns if column.kind == "date"}
    if plan.operation == "count":
        ends = [end for _, end in wanted.spans]
        own |= {
            each.column.ordinal
            for each in match.columns
            if any(0 <= start - end <= 1 for start, _ in each.spans for end in ends)
        }
    return frozenset(own)


def _best(asking: Wanted, found: Iterable[_Candidate], shelf: TableShelf) -> ScoredPlan | None:
    """Return the candidate that leaves least unexplained, and of those the one that says most."""
    ranked = sorted(found, key=lambda each: (len(each.unexplained), -each.weight))
    if not ranked:
        return None
    some = ranked[:_MOST_TRIED]
    best = next((each for each in some if _n_rows(each.plan, each.group, shelf)), ranked[0])
    chooses = best.plan.operation in ("list", "look-up") and _is_label(best)
    close = _CLOSE_ROWS if chooses else _CLOSE
    rivals = [
        other
        for other in ranked
        if other is not best
        and len(other.unexplained) == len(best.unexplained)
        and other.weight >= close * best.weight
        and _n_rows(other.plan, other.group, shelf)
    ]
    newest = _in_force(asking, best, rivals)
    confidence = 0.9 if not best.unexplained else 0.5 if len(best.unexplained) == 1 else 0.2
    others = tuple((r.plan, r.group) for r in rivals if _is_other(newest, r))
    if others:
        confidence -= DOUBT
    return ScoredPlan(newest.plan, confidence, newest.group, others)


def _is_label(candidate: _Candidate) -> bool:
    return candidate.plan.column == candidate.group.label.name


def _is_other(one: _Candidate, other: _Candidate) -> bool:
    """Tell whether two candidates are of different documents, none a version of the other."""
    mine, theirs = _document(one), _document(other)
    return not (mine.id == theirs.id or replaces(mine, theirs) or replaces(theirs, mine))


def _document(candidate: _Candidate) -> DocumentRef:
    return candidate.group.tables[0].document


def _in_force(asking: Wanted, best: _Candidate, rivals: list[_Candidate]) -> _Candidate:
    """Return the version of the best table that is in force, or the one whose year is named."""
    if asks_former(asking.form):
        return best
    versions = [best, *(rival for rival in rivals if not _is_other(best, rival))]
    named = [v for v in versions if any(year in asking.form for year in _years(v))]
    if named:
        return named[0]
    return next(
        (v for v in versions if not any(replaces(_document(o), _document(v)) for o in versions)),
        best,
    )


def _years(candidate: _Candidate) -> frozenset[str]:
    return frozenset(year for table in candidate.group.tables for year in years_of(table))
