"""Storing typed tables; they go with their document."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from engine.catalogue.values import storable
from engine.records.tables import CellKind, TypedCell, TypedTable

KIND_LETTERS: dict[CellKind, str] = {
    "number": "n",
    "date": "d",
    "day-or-month": "m",
    "range": "r",
    "words": "w",
}
"""As kinds stand in ``table_cells.kind``."""

KIND_OF: dict[str, CellKind] = {letter: kind for kind, letter in KIND_LETTERS.items()}
"""The kind by its letter."""


def add(
    conn: sqlite3.Connection,
    collection_id: int,
    document_id: int,
    tables: Sequence[TypedTable],
) -> None:
    """Store the tables of a new document, inside a transaction of the caller."""
    for table in tables:
        cursor = conn.execute(
            "INSERT INTO tables"
            " (collection_id, document_id, heading, caption, n_rows, n_left_out)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                collection_id,
                document_id,
                storable(table.heading),
                storable(table.caption),
                table.n_rows,
                table.n_left_out,
            ),
        )
        table_id = int(cursor.lastrowid or 0)
        conn.executemany(
            "INSERT INTO table_columns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    table_id,
                    column.ordinal,
                    storable(column.name),
                    KIND_LETTERS[column.kind],
                    column.unit,
                    column.shown_unit,
                    column.scale,
                    column.n_cells,
                    column.n_of_kind,
                )
                for column in table.columns
            ),
        )
        units = {column.ordinal: column.unit for column in table.columns}
        conn.executemany(
            "INSERT INTO table_cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _stored(table_id, table.cells, units),
        )


def _stored(
    table_id: int, cells: Sequence[TypedCell], units: dict[int, str]
) -> Iterator[tuple[Any, ...]]:
    seen: set[tuple[int, int]] = set()
    for column, row, kind, value, high, unit, start, end in cells:
        if (column, row) in seen:  # two cells of a row under one name
            continue
        seen.add((column, row))
        own = None if unit == units[column] else unit
        content = storable(value) if isinstance(value, str) else value
        yield table_id, column, row, KIND_LETTERS[kind], content, high, own, start, end
