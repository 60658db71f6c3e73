"""What is asked of tables: a plan that people can read and change, and SQLite carries out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from engine.records.documents import DocumentRef

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
        filters: All must hold; several ``=`` of one column are alternatives, and the two sides
            of a difference. ``sheet`` stands for the table itself where no column has that name.
        group: Name of the column by which rows are put together, with ``, by month`` or
            ``, by year`` for a part of its dates; of a difference of two columns the other one;
            empty for none.
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


CellKind = Literal["number", "date", "day-or-month", "range", "words"]
"""``day-or-month``: 7/3/2025, which may mean either."""


class TypedCell(NamedTuple):
    """A cell as it is stored: what stands there, and where.

    Attributes:
        column: Ordinal of its column; 0 is the section.
        row: From 1 on in the order of the table; from -1 down for rows that add up others.
        kind: What it holds.
        value: A number (its column's scale included; of a range the lower end), an ISO date that
            may leave parts open, or words in comparable form.
        high: Upper end of a range.
        unit: Of the number; empty if neither it nor the name of its column has one.
        start: Offset into the document's text.
        end: Offset past its last character.
    """

    column: int
    row: int
    kind: CellKind
    value: float | int | str
    high: float | None
    unit: str
    start: int
    end: int


@dataclass(frozen=True)
class TypedColumn:
    """A column of a stored table.

    Attributes:
        ordinal: 0 for the section, a title within the table under which rows stand; others by
            their place from the left.
        name: Full name; unlike that of any other column of the table.
        kind: What most of its cells are.
        unit: Canonical unit that its name gives; empty if it gives none.
        shown_unit: As the name has it: ``千円``.
        scale: What the shown unit is in canonical ones: 1000 for 千円.
        n_cells: Cells of rows that add up nothing.
        n_of_kind: Those of its kind.
    """

    ordinal: int
    name: str
    kind: CellKind
    unit: str
    shown_unit: str
    scale: int
    n_cells: int
    n_of_kind: int


@dataclass(frozen=True)
class TypedTable:
    """A table of a document before it is stored.

    Attributes:
        heading: Sheet or trail of headings.
        caption: Title above it within the sheet or table.
        columns: From the left.
        n_rows: Rows that are stored, without those that add up others.
        n_left_out: Rows beyond the limit; -1 for an unknown number.
        cells: By column, then row.
    """

    heading: str
    caption: str
    columns: tuple[TypedColumn, ...]
    n_rows: int
    n_left_out: int
    cells: tuple[TypedCell, ...]


@dataclass(frozen=True)
class StoredTable:
    """A table of the catalogue.

    Attributes:
        id: Row in the catalogue.
        document: Where it stands.
        heading: Sheet or trail of headings.
        caption: Title above it.
        columns: From the left.
        n_rows: Stored rows, without those that add up others.
        n_left_out: Rows that are not stored; -1 for an unknown number.
    """

    id: int
    document: DocumentRef
    heading: str
    caption: str
    columns: tuple[TypedColumn, ...]
    n_rows: int
    n_left_out: int

    @property
    def name(self) -> str:
        """Document and place, for people."""
        place = self.heading.rpartition(" > ")[2] or self.caption
        return f"{self.document.name}, {place}" if place else self.document.name

    def column(self, name: str) -> TypedColumn | None:
        """Return a column by its name."""
        return next((column for column in self.columns if column.name == name), None)
