"""What is computed from tables, in words."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QObject

from engine.records import Relation, RowFilter, TableOperation, TablePlan

SHEET, BY_MONTH, BY_YEAR = "sheet", ", by month", ", by year"
_MOST_TABLES = 2
"""Tables that are named; further ones are counted."""


class PlanWords(QObject):
    """Sentences on plans, and the names of their parts, in the language in force."""

    def plan(self, plan: TablePlan) -> str:
        """Return a whole plan: Sum of “Amount” in prices.xlsx, where Region = Osaka."""
        what = self.tr("{what} in {tables}").format(what=self._what(plan), tables=self.tables(plan))
        parts = [what]
        if plan.filters:
            joined = self.tr(" and ").join(self.filter(each) for each in plan.filters)
            parts.append(self.tr("where {filters}").format(filters=joined))
        if plan.group:
            parts.append(self.tr("for each “{column}”").format(column=self.column(plan.group)))
        if plan.limit and plan.operation != "top":
            parts.append(self.tr("at most %n row(s)", "", plan.limit))
        return self.tr(", ").join(parts)

    def tables(self, plan: TablePlan) -> str:
        """Return the names of a plan's tables; of many the first ones."""
        names = [table.name for table in plan.tables]
        shown = self.tr(", ").join(names[:_MOST_TABLES])
        if len(names) > _MOST_TABLES:
            more = self.tr("%n more", "tables", len(names) - _MOST_TABLES)
            return self.tr("{tables} and {more}").format(tables=shown, more=more)
        return shown

    def column(self, name: str) -> str:
        """Return the name of a column, or what stands for one in a plan."""
        if name == SHEET:
            return self.tr("sheet or file")
        for part, template in (
            (BY_MONTH, self.tr("{column}, by month")),
            (BY_YEAR, self.tr("{column}, by year")),
        ):
            if name.endswith(part):
                return template.format(column=name.removesuffix(part))
        return name

    def filter(self, each: RowFilter) -> str:
        """Return a condition: Region = Osaka."""
        column, value = self.column(each.column), each.value
        if each.relation == "contains":
            return self.tr("{column} contains {value}").format(column=column, value=value)
        if each.relation == "covers":
            return self.tr("{column} covers {value}").format(column=column, value=value)
        return f"{column} {self.relations()[each.relation]} {value}"

    def operations(self) -> dict[TableOperation, str]:
        """Return the names of the operations, for a list to choose from."""
        named: dict[TableOperation, str] = {
            "look-up": self.tr("Look up a value"),
            "list": self.tr("List rows"),
            "count": self.tr("Count"),
            "sum": self.tr("Sum"),
            "mean": self.tr("Average"),
            "minimum": self.tr("Smallest value"),
            "maximum": self.tr("Largest value"),
            "top": self.tr("Largest or smallest rows"),
            "group": self.tr("Sum for each group"),
            "difference": self.tr("Difference"),
        }
        return {each: named[each] for each in get_args(TableOperation)}

    def relations(self) -> dict[Relation, str]:
        """Return the names of the relations between a cell and a value."""
        return {
            "=": "=",
            "!=": "≠",
            "<": "<",
            "<=": "≤",
            ">": ">",
            ">=": "≥",
            "contains": self.tr("contains"),
            "covers": self.tr("covers (a range)"),
        }

    def _what(self, plan: TablePlan) -> str:
        """Return the operation with its column."""
        templates = self._of_column(plan) if plan.column else self._of_rows(plan)
        return templates[plan.operation].format(column=plan.column, limit=plan.limit)

    def _of_column(self, plan: TablePlan) -> dict[TableOperation, str]:
        some = bool(plan.limit)
        if plan.descending:
            top = (
                self.tr("The {limit} largest “{column}”")
                if some
                else self.tr("Largest “{column}” first")
            )
        else:
            top = (
                self.tr("The {limit} smallest “{column}”")
                if some
                else self.tr("Smallest “{column}” first")
            )
        return {
            "look-up": self.tr("“{column}”"),
            "list": self.tr("List of “{column}”"),
            "count": self.tr("Number of “{column}”"),
            "sum": self.tr("Sum of “{column}”"),
            "mean": self.tr("Average of “{column}”"),
            "minimum": self.tr("Smallest “{column}”"),
            "maximum": self.tr("Largest “{column}”"),
            "top": top,
            "group": self.tr("Sum of “{column}”"),
            "difference": self.tr("Difference in “{column}”"),
        }

    def _of_rows(self, plan: TablePlan) -> dict[TableOperation, str]:
        rows, number = self.tr("Rows"), self.tr("Number of rows")
        templates = dict.fromkeys(get_args(TableOperation), rows)
        return {**templates, "count": number, "group": number}
