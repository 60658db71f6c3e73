"""A plan as somebody changed it, against the tables there are."""

from __future__ import annotations

from collections.abc import Iterable

from engine.answering.tabular.groups import SHEET, Group
from engine.answering.tabular.operations import BY_MONTH, BY_YEAR
from engine.errors import PlanColumnMissing, PlanTableMissing
from engine.records.tables import StoredTable, TablePlan, TypedColumn


def group_of(plan: TablePlan, tables: Iterable[StoredTable]) -> Group:
    """Return the tables of a plan, all of whose columns exist.

    Raises:
        PlanTableMissing: A table is gone, or the plan has none.
        PlanColumnMissing: One has no such column, or has it in another place than the first.
    """
    by_id = {table.id: table for table in tables}
    gone = [name.name for name in plan.tables if name.id not in by_id]
    if gone or not plan.tables:
        raise PlanTableMissing(name=", ".join(gone) or "-")
    group = Group(tuple(by_id[name.id] for name in plan.tables))
    wanted = [plan.column, base_of(plan.group), *(each.column for each in plan.filters)]
    for name in wanted:
        if name and not is_sheet(group, name):
            ordinal = column_of(group, name).ordinal
            for table in group.tables:
                own = table.column(name)
                if own is None or own.ordinal != ordinal:
                    raise PlanColumnMissing(name=name, known=known_columns(Group((table,))))
    return group


def is_sheet(group: Group, name: str) -> bool:
    """Tell whether a name stands for the tables themselves."""
    return name == SHEET and group.column(name) is None


def base_of(name: str) -> str:
    """Return the column of a grouping without the part of its dates."""
    for part in (BY_MONTH, BY_YEAR):
        if name.endswith(part):
            return name.removesuffix(part)
    return name


def known_columns(group: Group) -> str:
    """Return the names of the columns, for people."""
    return ", ".join(column.name for column in group.columns if column.ordinal)


def column_of(group: Group, name: str) -> TypedColumn:
    """Return a column that a plan names.

    Raises:
        PlanColumnMissing: The tables do not have it.
    """
    column = group.column(name)
    if column is None:
        raise PlanColumnMissing(name=name, known=known_columns(group))
    return column
