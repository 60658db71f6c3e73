"""What SQLite computes of tables: rows that filters leave, and figures over them.

Names come from nowhere but this file; table rows, columns and values are bound parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.catalogue.store import Store
from engine.catalogue.table_rows import KIND_LETTERS, KIND_OF
from engine.records.tables import CellKind

DatePart = Literal["", "month", "year"]
_KEYS: dict[DatePart, str] = {
    "": "g.value",
    "month": "substr(g.value, 1, 7)",
    "year": "substr(g.value, 1, 4)",
}


@dataclass(frozen=True)
class Condition:
    """What a cell of a row must hold; conditions of one ``group`` are alternatives.

    Attributes:
        ordinal: Of its column; the same in all tables that are asked together.
        sql: Over a row ``f`` of ``table_cells``.
        parameters: For the marks in it.
        group: Conditions with the same number are alternatives.
    """

    ordinal: int
    sql: str
    parameters: tuple[Any, ...]
    group: int


@dataclass(frozen=True)
class FoundCell:
    """A cell of a row that is left.

    Attributes:
        table_id: Its table.
        row: Its row.
        kind: What it holds.
        value: See :class:`engine.records.tables.TypedCell`.
        unit: Of its own, or of the column that gives the unit; empty for that of its column.
        start: Offset into the text of its document.
        end: Offset past the last character.
    """

    table_id: int
    row: int
    kind: CellKind
    value: float | int | str
    unit: str
    start: int
    end: int


@dataclass(frozen=True)
class Figures:
    """Figures over the cells of one kind and unit.

    Attributes:
        key: What they are put together by; empty for no groups.
        kind: What they hold.
        unit: As in :class:`FoundCell`.
        n_cells: How many.
        total: Of numbers; None for others.
        least: The smallest; of words too, by their letters.
        most: The largest.
        first: Table, row, start and end of the first cell of the group.
    """

    key: float | int | str
    kind: CellKind
    unit: str
    n_cells: int
    total: float | int | None
    least: float | int | str
    most: float | int | str
    first: tuple[int, int, int, int] | None = None


class TableQuery:
    """Asks some tables of the same columns.

    Args:
        store: Connections.
        table_ids: Which.
        conditions: What rows must hold.
        unit_ordinal: Column that gives the units of others, row by row; -1 for none.
    """

    def __init__(
        self,
        store: Store,
        table_ids: Sequence[int],
        conditions: Sequence[Condition],
        unit_ordinal: int = -1,
    ) -> None:
        self._store = store
        self._ids = tuple(table_ids)
        where, parameters = _where(conditions)
        self._where = f"c.table_id IN ({', '.join('?' * len(self._ids))}) AND c.row > 0{where}"
        self._parameters = (*self._ids, *parameters)
        self._unit = (
            "coalesce(c.unit, (SELECT k.value FROM table_cells k WHERE k.table_id = c.table_id"
            " AND k.ordinal = ? AND k.row = c.row), '')"
        )
        self._unit_ordinal = unit_ordinal

    def cells(
        self,
        ordinal: int,
        *,
        kind: CellKind | None = None,
        unit: str | None = None,
        order: Literal["row", "up", "down"] = "row",
        limit: int = -1,
    ) -> list[FoundCell]:
        """Return the cells of a column in the rows that are left.

        Args:
            ordinal: Of the column.
            kind: Of the cells; None for all.
            unit: Of the cells; None for all.
            order: As in the tables, or by value.
            limit: At most so many; -1 for all.
        """
        by = {"row": "", "up": "c.value, ", "down": "c.value DESC, "}[order]
        rows = self._store.rows(
            f"SELECT c.table_id, c.row, c.kind, c.value, {self._unit} AS unit_of, c.start,"  # noqa: S608
            f' c."end" FROM table_cells c WHERE {self._where} AND c.ordinal = ?'
            " AND (? IS NULL OR c.kind = ?) AND (? IS NULL OR unit_of = ?)"
            f" ORDER BY {by}c.table_id, c.row LIMIT ?",
            (
                self._unit_ordinal,
                *self._parameters,
                ordinal,
                *(2 * [KIND_LETTERS[kind] if kind else None]),
                *(2 * [unit]),
                limit,
            ),
        )
        return [FoundCell(row[0], row[1], KIND_OF[row[2]], *row[3:]) for row in rows]

    def figures(self, ordinal: int) -> list[Figures]:
        """Return figures over a column, by kind and unit, those of most cells first."""
        rows = self._store.rows(
            f"SELECT '', c.kind, {self._unit} AS unit_of, count(*),"  # noqa: S608
            " CASE c.kind WHEN 'n' THEN round(sum(c.value), 6) END, min(c.value), max(c.value)"
            f" FROM table_cells c WHERE {self._where} AND c.ordinal = ?"
            " GROUP BY c.kind, unit_of ORDER BY count(*) DESC, c.kind, unit_of",
            (self._unit_ordinal, *self._parameters, ordinal),
        )
        return [Figures(row[0], KIND_OF[row[1]], *row[2:]) for row in rows]

    def by_group(self, ordinal: int, group: int, part: DatePart = "") -> list[Figures]:
        """Return figures over a column for each value of another one, in the order of the rows.

        Args:
            ordinal: Of the column that is computed.
            group: Of the column by which rows are put together.
            part: Of its dates; rows whose date lacks it are left out.
        """
        key = _KEYS[part]
        dated = f" AND g.kind = 'd' AND g.value > '0' AND length({key}) = length(?)" if part else ""
        rows = self._store.rows(
            f"SELECT {key}, c.kind, {self._unit} AS unit_of, count(*),"  # noqa: S608
            " CASE c.kind WHEN 'n' THEN round(sum(c.value), 6) END, min(c.value), max(c.value),"
            ' g.table_id, g.row, g.start, g."end", min(g.table_id * 1000000000 + g.row) AS place'
            " FROM table_cells c JOIN table_cells g ON g.table_id = c.table_id AND g.row = c.row"
            f" WHERE {self._where} AND c.ordinal = ? AND g.ordinal = ?{dated}"
            f" GROUP BY {key}, c.kind, unit_of ORDER BY place",
            (
                self._unit_ordinal,
                *self._parameters,
                ordinal,
                group,
                *({"month": ("2025-01",), "year": ("2025",)}.get(part, ())),
            ),
        )
        return [
            Figures(
                row[0], KIND_OF[row[1]], row[2], row[3], row[4], row[5], row[6], tuple(row[7:11])
            )
            for row in rows
        ]

    def totals(self, ordinal: int) -> list[FoundCell]:
        """Return the cells of a column in rows that add up others, whatever the filters."""
        rows = self._store.rows(
            "SELECT c.table_id, c.row, c.kind, c.value, coalesce(c.unit, n.unit), c.start,"  # noqa: S608
            ' c."end" FROM table_cells c JOIN table_columns n'
            " ON n.table_id = c.table_id AND n.ordinal = c.ordinal"
            f" WHERE c.table_id IN ({', '.join('?' * len(self._ids))}) AND c.ordinal = ?"
            " AND c.row < 0 ORDER BY c.table_id, c.start",
            (*self._ids, ordinal),
        )
        return [FoundCell(row[0], row[1], KIND_OF[row[2]], *row[3:]) for row in rows]

    def rows(self, *, limit: int = -1) -> list[tuple[int, int]]:
        """Return table and number of the rows that are left, in order."""
        return self._store.rows(
            "SELECT DISTINCT c.table_id, c.row FROM table_cells c"  # noqa: S608
            f" WHERE {self._where} ORDER BY c.table_id, c.row LIMIT ?",
            (*self._parameters, limit),
        )

    def n_rows(self) -> int:
        """Return how many rows are left."""
        row = self._store.row(
            "SELECT count(*) FROM (SELECT DISTINCT c.table_id, c.row FROM table_cells c"  # noqa: S608
            f" WHERE {self._where})",
            self._parameters,
        )
        return int(row[0]) if row else 0


def _where(conditions: Sequence[Condition]) -> tuple[str, tuple[Any, ...]]:
    """Return SQL over rows of ``table_cells c``, and its parameters."""
    parts: list[str] = []
    parameters: list[Any] = []
    for group in dict.fromkeys(condition.group for condition in conditions):
        alternatives = []
        for condition in conditions:
            if condition.group == group:
                alternatives.append(f"(f.ordinal = ? AND ({condition.sql}))")
                parameters += [condition.ordinal, *condition.parameters]
        parts.append(
            " AND EXISTS (SELECT 1 FROM table_cells f WHERE f.table_id = c.table_id"  # noqa: S608
            f" AND f.row = c.row AND ({' OR '.join(alternatives)}))"
        )
    return "".join(parts), tuple(parameters)
