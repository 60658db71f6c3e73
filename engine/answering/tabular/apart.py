"""How far two rows, two columns or two tables are apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.answering.tabular.checking import column_of, is_sheet
from engine.answering.tabular.conditions import tables_of
from engine.answering.tabular.groups import Group, adds_up
from engine.answering.tabular.results import MAX_SHOWN_ROWS, Computed, Figure, Problem
from engine.catalogue.table_query import FoundCell, TableQuery
from engine.records.tables import RowFilter, TablePlan, TypedColumn

Ask = Callable[[Group, Sequence[RowFilter]], TableQuery]


def difference(plan: TablePlan, group: Group, column: TypedColumn | None, ask: Ask) -> Computed:
    """Return the difference of the two sides of a plan, and both of them.

    Args:
        plan: Its ``group`` is the other column; or two filters of one column are the sides.
        group: Its tables.
        column: Whose values are compared.
        ask: Makes a query of tables and filters.
    """
    sides = _sides(plan, group, column, ask)
    if len(sides) != 2:
        return _failed(plan, group, column, "two-needed")
    figures: list[Figure] = []
    rows: list[tuple[int, int]] = []
    for query, side, name in sides:
        found = [each for each in query.figures(side.ordinal) if each.kind == "number"]
        if not found:
            examples = query.cells(side.ordinal, limit=3)
            return _failed(plan, group, column, "not-numbers" if examples else "no-rows", examples)
        if len(found) > 1:
            return _failed(plan, group, column, "mixed-sides")
        if found[0].n_cells > 1 and not adds_up(side):
            return _failed(plan, group, column, "several-rows")
        cells = query.cells(side.ordinal, kind="number", limit=MAX_SHOWN_ROWS)
        rows += [(cell.table_id, cell.row) for cell in cells]
        total, unit = found[0].total or 0, found[0].unit
        figures.append(Figure(total, unit, tuple(cells), name=name, n_cells=found[0].n_cells))
    one, other = figures
    if one.unit != other.unit:
        return _failed(plan, group, column, "mixed-sides")
    apart = abs(float(other.value or 0) - float(one.value or 0))
    whole = Figure(round(apart, 6), one.unit, n_cells=2)
    n_rows = sum(figure.n_cells for figure in figures)
    shown = tuple(dict.fromkeys(rows))[:MAX_SHOWN_ROWS]
    return Computed(plan, group, column, (whole, *figures), shown, n_rows)


def _failed(
    plan: TablePlan,
    group: Group,
    column: TypedColumn | None,
    problem: Problem,
    examples: Sequence[FoundCell] = (),
) -> Computed:
    return Computed(plan, group, column, problem=problem, examples=tuple(examples))


def _sides(
    plan: TablePlan, group: Group, column: TypedColumn | None, ask: Ask
) -> list[tuple[TableQuery, TypedColumn, str]]:
    """Return the two queries whose sums are compared, with their columns and names."""
    if column is None:
        return []
    if plan.group:  # two columns
        query, first = ask(group, plan.filters), column_of(group, plan.group)
        return [(query, first, first.name), (query, column, column.name)]
    sheets = [f for f in plan.filters if is_sheet(group, f.column)]
    if len(sheets) == 2:
        rest = [f for f in plan.filters if f not in sheets]
        return [(ask(tables_of(group, [f]), rest), column, f.value) for f in sheets]
    chosen = [f for f in plan.filters if f.relation in ("=", "contains")]
    for name in dict.fromkeys(f.column for f in chosen):
        pair = [f for f in chosen if f.column == name]
        if len(pair) == 2:
            rest = [f for f in plan.filters if f not in pair]
            return [(ask(group, [*rest, f]), column, f.value) for f in pair]
    return []
