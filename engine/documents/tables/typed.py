"""The tables of a document with typed values, each at its place in the document's text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.documents.tables.grid import column_name
from engine.documents.tables.writing import SECTION
from engine.languages import PROFILES, any_of
from engine.records import Block, TableHead, TableRow
from engine.records.tables import CellKind, TypedCell, TypedColumn, TypedTable
from engine.text import normalise
from engine.text.cell_values import CellValue, cell_value
from engine.text.column_units import ColumnUnit, column_unit

MAX_TABLE_CELLS = 500_000
"""Of one document; beyond, rows are left out and the table says so. In the catalogue they take
some 20 MB, and a workbook with more is a database rather than a document."""

MAX_TABLES = 2_000
"""Of one document."""

SECTION_NAME = "§"
"""Name of the column that holds the titles within a table."""

_SUMS = re.compile(any_of(profile.tabular.totals for profile in PROFILES))
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]\d{4}")


@dataclass
class _Open:
    """A table whose rows are being collected."""

    head: TableHead
    heading: str
    rows: list[tuple[TableRow, int, str]] = field(default_factory=list)
    n_left_out: int = 0


def typed_tables(placed: Iterable[tuple[int, Block]], *, is_cut: bool) -> tuple[TypedTable, ...]:
    """Return the tables of a document whose columns have names.

    Args:
        placed: Offset into the document's text and block, in order.
        is_cut: Whether rows of the document were not even read.
    """
    found: list[_Open] = []
    n_cells = 0
    for start, block in placed:
        row = block.row
        if row is None:
            continue
        if row.is_first or not found or found[-1].head is not row.head:
            if len(found) >= MAX_TABLES:
                break
            found.append(_Open(row.head, block.heading))
        n_cells += len(row.cells)
        if n_cells > MAX_TABLE_CELLS:
            found[-1].n_left_out += 1
            continue
        found[-1].rows.append((row, start, block.text))
    order = _orders(found)
    made = (_typed(each, order, is_cut=is_cut) for each in found)
    return tuple(table for table in made if table is not None)


def _orders(tables: Sequence[_Open]) -> dict[str, set[bool]]:
    """Return by name of a column whether its dates begin with the day: 25/3/2025.

    All tables of a document are asked, as a sheet of one month may not tell.
    """
    found: dict[str, set[bool]] = defaultdict(set)
    for table in tables:
        for row, _, text in table.rows:
            for at, start, end in row.cells:
                match = _SLASHED.match(text, start, end) if at >= 0 else None
                if match and max(int(match[1]), int(match[2])) > 12:
                    found[table.head.columns[at]].add(int(match[1]) > 12)
    return found


def _typed(table: _Open, orders: Mapping[str, set[bool]], *, is_cut: bool) -> TypedTable | None:
    columns = sorted({cell[0] for row, _, _ in table.rows for cell in row.cells})
    n_named = sum(at >= 0 and bool(table.head.columns[at]) for at in columns)
    if n_named < 1 or sum(at >= 0 for at in columns) < 2:
        return None
    names = _names(table.head, columns)
    units = _units(table, columns, names)
    cells: dict[int, list[TypedCell]] = {at: [] for at in columns}
    n_rows = n_totals = 0
    for row, start, text in table.rows:
        adds = row.is_total or _adds_up(row, text)
        n_rows += not adds
        n_totals += adds
        number = -n_totals if adds else n_rows
        for at, first, end in row.cells:
            value = cell_value(text[first:end])
            cells[at].append(_cell(at, number, value, units[at], start + first, start + end))
    made = []
    for at in columns:
        cells[at] = _settled(cells[at], orders.get(table.head.columns[at], set()))
        made.append(_column(at, names[at], units[at], cells[at]))
    if not n_rows:
        return None
    left_out = -1 if is_cut else table.n_left_out
    flat = tuple(cell for at in columns for cell in cells[at])
    return TypedTable(table.heading, table.head.caption, tuple(made), n_rows, left_out, flat)


def _adds_up(row: TableRow, text: str) -> bool:
    """Tell whether the first words of a row say that it adds up others: "Net"."""
    start, end = next((cell[1:] for cell in row.cells if cell[0] >= 0), (0, 0))
    return _SUMS.fullmatch(normalise(text[start:end])) is not None


def _units(table: _Open, columns: Sequence[int], names: Mapping[int, str]) -> dict[int, ColumnUnit]:
    """Return the unit of each column: of its own name, or of the whole table.

    The whole table has the unit of its caption, or that of its first column if that holds words:
    "Region (¥ million)".
    """
    units = {at: column_unit(names[at]) for at in columns}
    of_all = column_unit(table.head.caption)
    first = next(at for at in columns if at >= 0)
    texts = [
        text[start:end]
        for row, _, text in table.rows
        for at, start, end in row.cells
        if at == first
    ]
    if units[first].unit and all(cell_value(text).kind == "words" for text in texts):
        of_all, units[first] = units[first], ColumnUnit()
    if not of_all.unit and of_all.scale == 1:
        return units
    return {
        at: of_all if unit == ColumnUnit() and at > first else unit for at, unit in units.items()
    }


def _names(head: TableHead, columns: Sequence[int]) -> dict[int, str]:
    """Return a name for each column: repeated ones are counted, missing ones lettered."""
    names: dict[int, str] = {}
    for at in columns:
        name = SECTION_NAME if at == SECTION else head.columns[at] or column_name(at)
        n_same = 1
        while name in names.values():
            n_same += 1
            name = f"{head.columns[at] or column_name(at)} ({n_same})"
        names[at] = name
    return names


def _cell(at: int, row: int, value: CellValue, unit: ColumnUnit, start: int, end: int) -> TypedCell:
    content, high = value.value, value.high
    if unit.scale != 1 and not value.unit and value.kind in ("number", "range"):
        content = float(content) * unit.scale
        content = int(content) if content.is_integer() and abs(content) < 1e15 else content
        high = high * unit.scale if high is not None and abs(high) < 1e300 else high
    own = value.unit or (unit.unit if value.kind in ("number", "range") else "")
    return TypedCell(at + 1, row, value.kind, content, high, own, start, end)


def _settled(cells: list[TypedCell], orders: set[bool]) -> list[TypedCell]:
    """Return a column in which 7/3/2025 is read as another cell of it has to be: 25/3/2025.

    Args:
        cells: Of one column.
        orders: Whether such dates of it begin with the day; both or none leave it open.
    """
    if len(orders) != 1 or not any(cell.kind == "day-or-month" for cell in cells):
        return cells
    (day_first,) = orders
    return [_read_as(cell, day_first=day_first) for cell in cells]


def _read_as(cell: TypedCell, *, day_first: bool) -> TypedCell:
    if cell.kind != "day-or-month":
        return cell
    other = f"{cell.high or 0:.0f}"
    iso = f"{other[:4]}-{other[4:6]}-{other[6:]}" if day_first else cell.value
    return cell._replace(kind="date", value=iso, high=None)


def _column(at: int, name: str, unit: ColumnUnit, cells: Sequence[TypedCell]) -> TypedColumn:
    own = [cell for cell in cells if cell.row > 0]
    kinds = Counter(cell.kind for cell in own)
    kind: CellKind = kinds.most_common(1)[0][0] if kinds else "words"
    units = Counter(cell.unit for cell in own if cell.kind in ("number", "range"))
    usual = units.most_common(1)[0][0] if units else ""
    return TypedColumn(
        at + 1,
        name,
        kind,
        unit.unit or usual,
        unit.shown,
        unit.scale,
        sum(kinds.values()),
        kinds[kind],
    )
