"""A plan carried out: figures with the cells that they rest on, and what does not count."""

from __future__ import annotations

from collections.abc import Sequence

from engine.answering.tabular.apart import difference
from engine.answering.tabular.checking import base_of, column_of, is_sheet
from engine.answering.tabular.conditions import UP_TO, conditions_of, tables_of
from engine.answering.tabular.groups import Group
from engine.answering.tabular.operations import BY_MONTH, BY_YEAR
from engine.answering.tabular.results import (
    MAX_CITED,
    MAX_SHOWN_ROWS,
    Computed,
    Figure,
    Problem,
    Remark,
)
from engine.catalogue.table_query import DatePart, Figures, FoundCell, TableQuery
from engine.catalogue.tables import TableShelf
from engine.records.tables import RowFilter, TablePlan, TypedColumn


def compute(plan: TablePlan, group: Group, shelf: TableShelf) -> Computed:
    """Carry out a plan whose tables and columns exist.

    Raises:
        PlanColumnMissing: A column is not there.
    """
    return _Computation(plan, group, shelf).result()


class _Computation:
    def __init__(self, plan: TablePlan, group: Group, shelf: TableShelf) -> None:
        self.plan = plan
        self.shelf = shelf
        is_apart = plan.operation == "difference"
        self.group = group if is_apart else tables_of(group, plan.filters)
        self.column = column_of(group, plan.column) if plan.column else None
        unit = group.unit_column(self.column) if self.column else None
        self.unit_ordinal = unit.ordinal if unit else -1
        self.query = self._query(self.group, plan.filters)

    def _query(self, group: Group, filters: Sequence[RowFilter]) -> TableQuery:
        conditions = conditions_of(group, filters)
        return self.shelf.query(group.ids or (0,), conditions, self.unit_ordinal)

    def result(self) -> Computed:
        operation = self.plan.operation
        if self.group.is_cut and operation not in ("look-up", "list"):
            return self._problem("cut")
        opened = self._open_dates()
        if opened:
            return self._problem("open-dates", opened)
        if operation == "difference":
            return difference(self.plan, self.group, self.column, self._query)
        n_rows = self.query.n_rows()
        if not n_rows:
            return self._problem("no-rows")
        if operation == "count" and not self.plan.group:
            named = self.query.cells(self.group.label.ordinal, limit=MAX_CITED)
            return self._done([Figure(n_rows, cells=tuple(named), n_cells=n_rows)], n_rows)
        if operation in ("look-up", "list"):
            return self._looked_up(n_rows)
        if self.plan.group:
            return self._grouped(n_rows)
        return self._figure(n_rows)

    def _problem(self, problem: Problem, examples: Sequence[FoundCell] = ()) -> Computed:
        return Computed(
            self.plan, self.group, self.column, problem=problem, examples=tuple(examples)
        )

    def _done(
        self,
        figures: Sequence[Figure],
        n_rows: int,
        remarks: Sequence[tuple[Remark, int]] = (),
        examples: Sequence[FoundCell] = (),
    ) -> Computed:
        if self.plan.operation in ("minimum", "maximum", "top") and not self.plan.group:
            own = [(cell.table_id, cell.row) for figure in figures for cell in figure.cells]
            rows = tuple(dict.fromkeys(own))
        else:
            rows = tuple(self.query.rows(limit=MAX_SHOWN_ROWS))
        return Computed(
            self.plan,
            self.group,
            self.column,
            tuple(figures),
            rows,
            n_rows,
            remarks=tuple(remarks),
            examples=tuple(examples),
        )

    def _open_dates(self) -> list[FoundCell]:
        """Return dates of filtered columns that can be read in two ways."""
        for each in self.plan.filters:
            if is_sheet(self.group, each.column):
                continue
            column = column_of(self.group, each.column)
            if column.kind == "day-or-month" and each.relation not in ("contains",):
                return self._query(self.group, ()).cells(
                    column.ordinal, kind="day-or-month", limit=3
                )
        return []

    # --- rows ------------------------------------------------------------------------------

    def _looked_up(self, n_rows: int) -> Computed:
        column = self.column or self.group.label
        cells = self.query.cells(column.ordinal, limit=MAX_SHOWN_ROWS)
        if not cells:
            return self._problem("empty")
        if self.plan.filters and self._beyond_last_step(cells):
            return self._problem("no-rows")
        labels = self._labels(cells)
        figures = [
            Figure(None, cell.unit, (cell,), labels.get((cell.table_id, cell.row)))
            for cell in cells
        ]
        return self._done(figures, n_rows)

    def _beyond_last_step(self, cells: Sequence[FoundCell]) -> bool:
        """Tell whether the row of a step ends below what was asked: From 10, To 49, for 60."""
        covers = [f for f in self.plan.filters if f.relation == "covers"]
        if len(covers) != 1:
            return False
        step = column_of(self.group, covers[0].column)
        after = next((c for c in self.group.columns if c.ordinal == step.ordinal + 1), None)
        if step.kind != "number" or after is None or after.kind != "number":
            return False
        if self.plan.column == after.name:
            return False
        if UP_TO.fullmatch(after.name.casefold()) is None:
            return False
        ends = [c.value for c in self.query.cells(after.ordinal, kind="number")]
        return bool(ends) and all(float(end) < float(covers[0].value) for end in ends)

    def _labels(self, cells: Sequence[FoundCell]) -> dict[tuple[int, int], FoundCell]:
        """Return the cell that says what a row is about, by table and row."""
        label = self.group.label
        wanted = {(cell.table_id, cell.row) for cell in cells}
        if not wanted or (self.column is not None and self.column.ordinal == label.ordinal):
            return {}
        found = self.query.cells(label.ordinal)
        return {(c.table_id, c.row): c for c in found if (c.table_id, c.row) in wanted}

    # --- figures ---------------------------------------------------------------------------

    def _figure(self, n_rows: int) -> Computed:
        column = self.column or self.group.label
        found = self.query.figures(column.ordinal)
        kind = "date" if column.kind == "date" and self.plan.operation not in _ADDED else "number"
        counted = [each for each in found if each.kind == kind]
        n_counted = sum(each.n_cells for each in counted)
        others = [each for each in found if each.kind != kind]
        n_others = sum(each.n_cells for each in others)
        if not counted or n_counted < n_others:
            examples = self.query.cells(column.ordinal, limit=3)
            return self._problem("not-numbers", examples)
        remarks: list[tuple[Remark, int]] = []
        examples = []
        if n_others:
            remarks.append(("words" if kind == "number" else "undated", n_others))
            examples = self.query.cells(column.ordinal, kind=others[0].kind, limit=3)
        if n_rows > n_counted + n_others:
            remarks.append(("missing", n_rows - n_counted - n_others))
        if len(counted) > 1:
            remarks.append(("mixed", len(counted)))
        if self.plan.operation == "sum" and (own := self._other_totals(column, counted)):
            return self._done(own, n_rows, [("own-total", len(own))])
        figures: list[Figure] = []
        for each in counted:
            figures += self._of_unit(column, each)
        n_ties = len(figures) if self.plan.operation in ("minimum", "maximum") else 0
        if n_ties > 1 and len(counted) == 1:
            remarks.append(("ties", n_ties))
        return self._done(figures, n_rows, remarks, examples)

    def _other_totals(self, column: TypedColumn, found: Sequence[Figures]) -> list[Figure]:
        """Return the totals that one table states itself, if its rows add up to none of them."""
        if len(self.group.tables) > 1 or self.plan.filters or len(found) != 1:
            return []
        totals = [cell for cell in self.query.totals(column.ordinal) if cell.kind == "number"]
        added = _number(found[0].total or 0)
        if any(abs(float(cell.value) - added) <= 1e-6 * abs(added) for cell in totals):
            return []
        named = {cell.row: cell for cell in self.query.totals(self.group.label.ordinal)}
        return [Figure(None, cell.unit, (cell,), named.get(cell.row)) for cell in totals]

    def _of_unit(self, column: TypedColumn, each: Figures) -> list[Figure]:
        """Return what is asked for of the cells of one unit."""
        operation, unit = self.plan.operation, each.unit
        if operation in _ADDED:
            cells = self.query.cells(
                column.ordinal, kind=each.kind, unit=unit, limit=MAX_SHOWN_ROWS
            )
            total = each.total or 0
            value = total / each.n_cells if operation == "mean" else total
            return [Figure(value, unit, tuple(cells), n_cells=each.n_cells)]
        up = operation == "minimum" or (operation == "top" and not self.plan.descending)
        limit = max(self.plan.limit, 1) if operation == "top" else MAX_SHOWN_ROWS
        cells = self.query.cells(
            column.ordinal, kind=each.kind, unit=unit, order="up" if up else "down", limit=limit
        )
        if operation != "top":
            cells = [cell for cell in cells if cell.value == cells[0].value]
        labels = self._labels(cells)
        return [
            Figure(cell.value, unit, (cell,), labels.get((cell.table_id, cell.row)))
            for cell in cells
        ]

    def _grouped(self, n_rows: int) -> Computed:
        """Return a figure for each group: sums, means, counts, or the largest of them."""
        figures: list[Figure] = []
        remarks: list[tuple[Remark, int]] = []
        n_counted = 0
        for found, label, name in self._groups():
            is_counted = self.plan.operation == "count" or not self.column
            if not is_counted and found.kind != "number":
                continue
            n_counted += found.n_cells
            value: float | int = found.n_cells
            if not is_counted:
                total = found.total or 0
                value = total / found.n_cells if self.plan.operation == "mean" else total
                if self.plan.operation in ("minimum", "maximum"):
                    value = _number(found.least if self.plan.operation == "minimum" else found.most)
            part = str(found.key) if self.plan.group.endswith((BY_MONTH, BY_YEAR)) else ""
            figures.append(Figure(value, found.unit, (), label, name, part, n_cells=found.n_cells))
        if not figures:
            column = self.column or self.group.label
            return self._problem("not-numbers", self.query.cells(column.ordinal, limit=3))
        if self.column and len({figure.unit for figure in figures}) > 1:
            remarks.append(("mixed", len({figure.unit for figure in figures})))
        if n_rows > n_counted:
            remarks.append(("missing", n_rows - n_counted))
        if self.plan.operation == "top":
            figures.sort(key=lambda f: _number(f.value or 0), reverse=self.plan.descending)
            limit = max(self.plan.limit, 1)
            last = figures[min(limit, len(figures)) - 1].value
            n_tied = sum(figure.value == last for figure in figures[limit:])
            figures = figures[: limit + n_tied]
            if n_tied:
                remarks.append(("ties", n_tied + 1))
        return self._done(figures, n_rows, remarks)

    def _groups(self) -> list[tuple[Figures, FoundCell | None, str]]:
        column = self.column or self.group.label
        if is_sheet(self.group, self.plan.group):
            found: list[tuple[Figures, FoundCell | None, str]] = []
            for table in self.group.tables:
                query = self._query(Group((table,)), self.plan.filters)
                first = next(iter(query.cells(column.ordinal, limit=1)), None)
                if self.plan.operation == "count" or not self.column:
                    n = query.n_rows()
                    found.append((Figures("", "number", "", n, n, n, n), first, table.heading))
                else:
                    found += [(f, first, table.heading) for f in query.figures(column.ordinal)]
            return found
        name = base_of(self.plan.group)
        by = column_of(self.group, name)
        part: DatePart = ""
        if self.plan.group != name:
            part = "month" if self.plan.group.endswith(BY_MONTH) else "year"
        return [
            (each, _first(each), "")
            for each in self.query.by_group(column.ordinal, by.ordinal, part)
        ]


_ADDED = ("sum", "mean", "group", "count")


def _first(each: Figures) -> FoundCell | None:
    if each.first is None:
        return None
    table, row, start, end = each.first
    return FoundCell(table, row, "words", each.key, "", start, end)


def _number(value: float | int | str) -> float | int:
    return value if not isinstance(value, str) else 0
