"""Tables that are one: sheets of a workbook and files of several months with the same columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from engine.languages import PROFILES, any_of
from engine.records.tables import CellKind, StoredTable, TypedColumn
from engine.text import normalise
from engine.text.amounts import UNIT_OF

SHEET = "sheet"
"""Stands for the table itself where a plan names a column."""

CURRENCIES = frozenset(("yen", "euro", "dollar", "pound", "franc"))
_LENGTHS = frozenset(("m", "cm", "mm", "km"))
_DURATIONS = frozenset(("day", "week", "month", "year"))
_PERIOD = re.compile(
    any_of(profile.tables.periods for profile in PROFILES) + r"|q[1-4]|\d{1,2}|20\d\d"
)
_WORD = re.compile(r"[a-z]+|\d+|[^\W\d_a-z]+")
_CONCEPTS: dict[str, re.Pattern[str]] = {
    name: re.compile(any_of(p.tabular.concepts.get(name, "") for p in PROFILES))
    for name in {name for p in PROFILES for name in p.tabular.concepts}
}
_RATES = re.compile(any_of(profile.tabular.rates for profile in PROFILES))
_UNIT_COLUMNS = ("currency", "unit")
_ROW_NUMBER = re.compile(r"(?:no|nr|number|#|番号|№|項番|行)\.?")


@dataclass(frozen=True)
class Group:
    """Tables of the same columns.

    Attributes:
        tables: In the order of their documents.
    """

    tables: tuple[StoredTable, ...]

    @property
    def columns(self) -> tuple[TypedColumn, ...]:
        """Their columns."""
        return self.tables[0].columns

    @property
    def ids(self) -> tuple[int, ...]:
        """Their rows in the catalogue."""
        return tuple(table.id for table in self.tables)

    @property
    def is_cut(self) -> bool:
        """Whether rows of any of them are not stored."""
        return any(table.n_left_out for table in self.tables)

    @cached_property
    def label(self) -> TypedColumn:
        """The column that says what a row is about: the first with words."""
        words = [c for c in self.columns if c.ordinal and c.kind == "words"]
        return (words or [c for c in self.columns if c.ordinal])[0]

    @cached_property
    def second_label(self) -> TypedColumn | None:
        """The next column with words, which says what a code in the first one is."""
        words = [c for c in self.columns if c.ordinal and c.kind == "words"]
        return words[1] if len(words) > 1 else None

    def column(self, name: str) -> TypedColumn | None:
        """Return a column by its name."""
        return self.tables[0].column(name)

    def unit_column(self, column: TypedColumn) -> TypedColumn | None:
        """Return the column that gives the unit of another one, row by row."""
        if column.unit or column.kind != "number":
            return None
        for concept in _UNIT_COLUMNS:
            wanted = "money" if concept == "currency" else "quantity"
            if concept == "unit" and wanted not in concepts_of(column):
                continue
            for other in self.columns:
                if other.ordinal != column.ordinal and _is_called(concept, other.name):
                    return other
        return None


def _is_called(concept: str, name: str) -> bool:
    return bool(_CONCEPTS[concept].fullmatch(normalise(name)))


def concepts_of(column: TypedColumn) -> frozenset[str]:
    """Return what a column is of, by its name, unit and kind."""
    form = normalise(column.name)
    found = {name for name, pattern in _CONCEPTS.items() if pattern.search(form)}
    unit = column.unit.partition("/")[0]
    if unit in CURRENCIES:
        found.add("money")
    if unit in _LENGTHS:
        found.discard("duration")
        found.add("length")
    if unit in _DURATIONS:
        found.add("duration")
    if unit == "hour":
        found.add("hours")
    if column.kind in ("date", "day-or-month"):
        found.add("date")
    elif column.kind == "number":
        found -= {"date", "person", "place"}
    return frozenset(found)


def concept_pattern(concept: str) -> re.Pattern[str]:
    """Return how a concept is named, in comparable form."""
    return _CONCEPTS[concept]


def is_amount(column: TypedColumn) -> bool:
    """Tell whether the numbers of a column say how much: no row numbers, no years."""
    numeric: tuple[CellKind, ...] = ("number",)
    form = normalise(column.name)
    is_name = _ROW_NUMBER.fullmatch(form) or _CONCEPTS["phone"].search(form)
    return column.kind in numeric and not is_name


def adds_up(column: TypedColumn) -> bool:
    """Tell whether the sum of a column means something: amounts do, prices and rates do not."""
    form = normalise(column.name)
    rate = column.unit == "percent" or "/" in column.unit or _RATES.search(form) is not None
    return is_amount(column) and not rate


def unit_names(unit: str) -> tuple[str, ...]:
    """Return how a unit is spelt."""
    return tuple(spelling for spelling, canonical in UNIT_OF.items() if canonical == unit)


def family_of(table: StoredTable) -> tuple[str, ...]:
    """Return the name of a document without what tells its month or number."""
    words = _WORD.findall(normalise(PurePath(table.document.name).stem))
    return tuple(word for word in words if not _PERIOD.fullmatch(word))


def years_of(table: StoredTable) -> frozenset[str]:
    """Return the years that the name of a document holds."""
    name = normalise(table.document.name)
    return frozenset(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name))


def grouped(tables: Iterable[StoredTable]) -> list[Group]:
    """Put tables of the same columns together: of one document, or of one family of a year.

    Files of different years are versions of each other as often as parts of one table, so they
    stay apart.
    """
    by_columns: dict[object, list[StoredTable]] = defaultdict(list)
    for table in tables:
        columns = tuple((column.ordinal, column.name) for column in table.columns if column.ordinal)
        place = (family_of(table), years_of(table))
        by_columns[columns, place, PurePath(table.document.path).parent].append(table)
    return [Group(tuple(found)) for found in by_columns.values()]
