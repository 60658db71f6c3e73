"""What comes of a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.answering.tabular.groups import Group
from engine.catalogue.table_query import FoundCell
from engine.records.tables import TablePlan, TypedColumn

MAX_SHOWN_ROWS = 50
"""Rows of an answer's table."""

MAX_CITED = 12
"""Cells that one statement cites; the others are in the table."""

Problem = Literal[
    "cut",
    "empty",
    "not-numbers",
    "no-rows",
    "open-dates",
    "two-needed",
    "mixed-sides",
    "several-rows",
]
Remark = Literal["missing", "words", "mixed", "undated", "ties", "own-total"]


@dataclass(frozen=True)
class Figure:
    """One value of an answer.

    Attributes:
        value: A number or a date; None for the text of a cell.
        unit: Of the number; empty for that of the column.
        cells: What it rests on, first of all.
        label: Cell that says what it is of; None where nothing does.
        name: Said instead of a label: the name of a table or of a column.
        part: Month or year of a group of dates.
        n_cells: How many cells it is of.
    """

    value: float | int | str | None
    unit: str = ""
    cells: tuple[FoundCell, ...] = ()
    label: FoundCell | None = None
    name: str = ""
    part: str = ""
    n_cells: int = 1


@dataclass(frozen=True)
class Computed:
    """What came of a plan.

    Attributes:
        plan: The plan.
        group: Its tables.
        column: Whose values are shown; None to count rows.
        figures: In the order in which they are told.
        rows: Table and number of the rows that were used, up to a limit.
        n_rows: How many there were.
        problem: Why there is no figure.
        remarks: What does not count, with its number.
        examples: Cells that the problem or a remark is about.
    """

    plan: TablePlan
    group: Group
    column: TypedColumn | None
    figures: tuple[Figure, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()
    n_rows: int = 0
    problem: Problem | None = None
    remarks: tuple[tuple[Remark, int], ...] = ()
    examples: tuple[FoundCell, ...] = field(default=())
