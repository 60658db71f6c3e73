"""Filters of a plan as SQL conditions; every value of them is a bound parameter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from engine.answering.tabular.checking import column_of, is_sheet
from engine.answering.tabular.groups import Group
from engine.answering.tabular.names import core_of
from engine.catalogue.table_query import Condition
from engine.languages import PROFILES, any_of
from engine.records.tables import RowFilter, TypedColumn
from engine.text import normalise
from engine.text.cell_values import cell_value

UP_TO = re.compile(any_of(p.tabular.upper for p in PROFILES))
"""Name of a column whose numbers are the upper ends of steps."""

_COMPARED = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
_WORDS_OF_CELL = (
    "' ' || replace(replace(replace(replace(replace(f.value, ',', ' '), '(', ' '), ')', ' '),"
    " '/', ' '), ';', ' ') || ' '"
)


def conditions_of(group: Group, filters: Sequence[RowFilter]) -> list[Condition]:
    """Return the conditions of filters on columns; several ``=`` of one column are one."""
    found: list[Condition] = []
    numbers: dict[str, int] = {}
    for at, each in enumerate(filters):
        if is_sheet(group, each.column):
            continue
        column = column_of(group, each.column)
        number = numbers.setdefault(each.column, at) if each.relation == "=" else at
        sql, parameters = _sql(column, each)
        found.append(Condition(column.ordinal, sql, parameters, number))
    return found


def tables_of(group: Group, filters: Sequence[RowFilter]) -> Group:
    """Return the tables that filters on the tables themselves leave."""
    names = {normalise(f.value) for f in filters if is_sheet(group, f.column)}
    if not names:
        return group
    return Group(
        tuple(t for t in group.tables if names & {normalise(t.heading), normalise(t.name)})
    )


def _sql(column: TypedColumn, each: RowFilter) -> tuple[str, tuple[Any, ...]]:
    if each.relation == "contains":
        return _contains(normalise(each.value))
    if each.relation == "covers":
        return _covers(column, each.value)
    if each.relation == "=":
        return _equal(each.value)
    if each.relation == "!=":
        sql, parameters = _equal(each.value)
        return f"NOT ({sql})", parameters
    return _compared(_COMPARED[each.relation], each.value)


def _equal(value: str) -> tuple[str, tuple[Any, ...]]:
    typed, words = cell_value(value), normalise(value)
    if typed.kind == "number":
        return "(f.kind = 'n' AND f.value = ?) OR (f.kind = 'w' AND f.value = ?)", (
            typed.value,
            words,
        )
    if value.startswith("--") or typed.kind == "date":
        iso = value if value.startswith("--") else str(typed.value)
        if iso.startswith("--"):
            day = iso[2:]
            return (
                "f.kind = 'd' AND (substr(f.value, 6, ?) = ? OR substr(f.value, 1, ?) = ?)",
                (len(day), day, len(iso), iso),
            )
        return "f.kind = 'd' AND substr(f.value, 1, ?) = ?", (len(iso), iso)
    return "f.kind = 'w' AND f.value = ?", (words,)


def _contains(words: str) -> tuple[str, tuple[Any, ...]]:
    if words.isascii():
        return f"f.kind = 'w' AND instr({_WORDS_OF_CELL}, ?)", (f" {words} ",)
    return "f.kind = 'w' AND instr(f.value, ?)", (words,)


def _covers(column: TypedColumn, value: str) -> tuple[str, tuple[Any, ...]]:
    typed = cell_value(value)
    number = typed.value if typed.kind == "number" else None
    if column.kind != "number":
        return "f.kind = 'r' AND f.value <= ? AND ? <= f.high", (number, number)
    best, sign = ("min", ">=") if UP_TO.fullmatch(core_of(column.name)) else ("max", "<=")
    return (
        f"f.kind = 'n' AND f.value = (SELECT {best}(s.value) FROM table_cells s"  # noqa: S608
        " WHERE s.table_id = f.table_id AND s.ordinal = f.ordinal AND s.row > 0"
        f" AND s.kind = 'n' AND s.value {sign} ?)",
        (number,),
    )


def _compared(sign: str, value: str) -> tuple[str, tuple[Any, ...]]:
    typed = cell_value(value)
    year = value.strip()
    if typed.kind == "number" and not (len(year) == 4 and year.startswith(("19", "20"))):
        return f"f.kind = 'n' AND f.value {sign} ?", (typed.value,)
    iso = year if typed.kind == "number" else str(typed.value)
    if value.startswith("--"):  # a month of any year
        part = value[2:]
        from_year = "CASE WHEN f.value < '0' THEN 3 ELSE 6 END"
        return f"f.kind = 'd' AND substr(f.value, {from_year}, ?) {sign} ?", (len(part), part)
    dated = (
        "f.kind = 'd' AND f.value > '0' AND length(f.value) >= ?"
        f" AND substr(f.value, 1, ?) {sign} ?"
    )
    if typed.kind == "number":  # a year, or a number that looks like one
        return f"(f.kind = 'n' AND f.value {sign} ?) OR ({dated})", (
            typed.value,
            len(iso),
            len(iso),
            iso,
        )
    return dated, (len(iso), len(iso), iso)
