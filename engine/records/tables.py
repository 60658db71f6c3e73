"""What is asked of tables: a plan that people can read and change, and SQLite carries out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TableOperation = Literal[
    "look-up", "list", "count", "sum", "mean", "minimum", "maximum", "top", "group", "difference"
]
"""``look-up``: the value of one row; ``list``: rows; ``top``: the largest or smallest n;
``group``: one figure a group; ``difference``: between two rows or groups."""

Relation = Literal["=", "!=", "<", "<=", ">", ">=", "contains", "covers"]
"""``covers``: the range that the cell holds ("50-99") has the value in it."""


@dataclass(frozen=True)
class TableName:
    """A table as a plan names it.

    Attributes:
        id: Row in the catalogue.
        name: Document and place, for people: ``prices.xlsx, sheet Spare parts``.
    """

    id: int
    name: str


@dataclass(frozen=True)
class RowFilter:
    """Which rows count.

    Attributes:
        column: Its name.
        relation: Between the cell and the value.
        value: As typed: a word, a number, a date.
    """

    column: str
    relation: Relation
    value: str


@dataclass(frozen=True)
class TablePlan:
    """What is computed.

    Attributes:
        tables: Of the same columns: twelve monthly sheets are one table.
        operation: What is done with the rows that are left.
        column: Name of the column whose values are shown or computed; empty to count rows.
        filters: All must hold.
        group: Name of the column by which rows are put together; empty for none.
        descending: Order of ``top`` and of lists.
        limit: Rows of ``top``; 0 for all.
    """

    tables: tuple[TableName, ...]
    operation: TableOperation
    column: str = ""
    filters: tuple[RowFilter, ...] = ()
    group: str = ""
    descending: bool = True
    limit: int = 0
