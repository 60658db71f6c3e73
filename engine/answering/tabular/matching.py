"""How much of a question a group of tables explains, and by what."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from engine.answering.tabular.groups import Group, concept_pattern, concepts_of, unit_names
from engine.answering.tabular.limits import Moment, Span
from engine.answering.tabular.names import Named, named_columns, table_spans, unexplained
from engine.answering.tabular.values import NamedValue
from engine.answering.tabular.wanted import Wanted
from engine.languages import PROFILES
from engine.records.tables import StoredTable, TypedColumn
from engine.text.cell_values import cell_value
from engine.text.dates import Date

_STAMP = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_CONCEPT_NAMES = tuple({name for profile in PROFILES for name in profile.tabular.concepts})


@dataclass(frozen=True)
class Match:
    """What of a question has to do with a group of tables.

    Attributes:
        wanted: What is asked for.
        group: The tables; those of them that the question means.
        columns: Columns that it names, best first.
        values: Cells that it names.
        concepts: What it asks for in other words, with the columns that are of it.
        table_places: Where it names the tables.
        sheet_moments: Dates that chose tables.
    """

    wanted: Wanted
    group: Group
    columns: tuple[Named, ...]
    values: tuple[NamedValue, ...]
    concepts: tuple[tuple[str, Span, tuple[TypedColumn, ...]], ...]
    table_places: tuple[Span, ...]
    sheet_moments: tuple[Moment, ...]

    def explained(
        self, columns: frozenset[int], values: Sequence[NamedValue], used: Sequence[Span]
    ) -> list[Span]:
        """Return the places of the question that a plan over these tables does justice to.

        Args:
            columns: Ordinals of those that the plan uses, or that say what rows are about.
            values: Cells that its filters are of.
            used: Where numbers, dates and groups stand that it uses.
        """
        spans = [*used, *self.wanted.spans, *self.table_places]
        spans += [
            span for each in self.columns if each.column.ordinal in columns for span in each.spans
        ]
        spans += [value.span for value in values]
        spans += [
            span for _, span, found in self.concepts if any(c.ordinal in columns for c in found)
        ]
        spans += unit_spans(self.wanted.form, self.group)
        return spans + [moment.span for moment in self.sheet_moments]

    def unexplained(self, places: Sequence[Span]) -> list[str]:
        """Return the words that nothing explains.

        Args:
            places: What is explained.
        """
        apart = [
            self.wanted.form[start:end]
            for start, end in self.wanted.qualifiers
            if not any(s <= start and end <= e for s, e in places)
        ]
        return [*unexplained(self.wanted.form, places), *apart]

    @property
    def weight(self) -> float:
        """How much it explains: what cells hold counts most, then names of columns."""
        values = sum(v.span[1] - v.span[0] for v in self.values if v.is_whole)
        parts = sum(v.span[1] - v.span[0] for v in self.values if not v.is_whole)
        columns = sum(
            n.n_characters * n.share * (1.5 if n.share > 0.99 else 1) for n in self.columns
        )
        tables = sum(end - start for start, end in set(self.table_places))
        concepts = sum(end - start for _, (start, end), found in self.concepts if found)
        return 3.0 * values + 1.5 * parts + 2.0 * columns + 1.5 * tables + 1.0 * concepts


def match_group(wanted: Wanted, group: Group, values: dict[int, list[NamedValue]]) -> Match:
    """Return what of a question has to do with a group."""
    tables, moments = _meant(wanted, group.tables)
    meant = Group(tables)
    columns = tuple(c for c in meant.columns if c.ordinal)
    named = named_columns(wanted.form, columns)
    found: dict[tuple[int, str, Span], NamedValue] = {}
    for table in tables:
        for value in values.get(table.id, []):
            found.setdefault((value.ordinal, value.words, value.span), value)
    concepts = []
    for concept in _CONCEPT_NAMES:
        of_it = tuple(c for c in columns if concept in concepts_of(c))
        for hit in concept_pattern(concept).finditer(wanted.form):
            concepts.append((concept, hit.span(), of_it))
    for concept, span in wanted.asks:
        concepts.append((concept, span, tuple(c for c in columns if concept in concepts_of(c))))
    texts = [text for table in tables for text in _names(table)]
    return Match(
        wanted,
        meant,
        tuple(_telling(named)),
        tuple(found.values()),
        tuple(concepts),
        tuple(table_spans(wanted.form, texts)),
        moments,
    )


def _names(table: StoredTable) -> tuple[str, ...]:
    document = table.document
    return PurePath(document.name).stem, document.title, table.heading, table.caption


def _telling(named: list[Named]) -> list[Named]:
    """Return columns without those that share no more with the question than a better one."""
    kept: list[Named] = []
    for each in named:
        taken = [span for other in kept if other.share > each.share for span in other.spans]
        if all(span in taken for span in each.spans):
            continue
        kept.append(each)
    return kept


def _meant(
    wanted: Wanted, tables: tuple[StoredTable, ...]
) -> tuple[tuple[StoredTable, ...], tuple[Moment, ...]]:
    """Return the tables of a group that a question means: the sheet of August."""
    if len(tables) < 2:
        return tables, tuple(m for m in wanted.moments if _is_of(tables[0], m))
    ranged = _within(wanted, tables)
    if ranged is not None:
        return ranged
    used: list[Moment] = []
    kept: list[StoredTable] = []
    for moment in wanted.moments:
        fitting = [table for table in tables if _is_of(table, moment)]
        if fitting and len(fitting) < len(tables) and moment.relation == "=":
            kept += [table for table in fitting if table not in kept]
            used.append(moment)
    if not kept:
        spans = {table.id: table_spans(wanted.form, [table.heading]) for table in tables}
        most = max(len(found) for found in spans.values())
        kept = [table for table in tables if len(spans[table.id]) == most] if most else []
    ordered = tuple(table for table in tables if table in kept)
    return ordered or tables, tuple(used)


def _within(
    wanted: Wanted, tables: tuple[StoredTable, ...]
) -> tuple[tuple[StoredTable, ...], tuple[Moment, ...]] | None:
    """Return the tables from one month to another; None if months do not tell them apart."""
    bounds = [m for m in wanted.moments if m.relation != "=" and m.dates[0].month]
    months = [_month(table) for table in tables]
    if not bounds or len(set(months)) < len(months) or not all(months):
        return None
    kept = list(tables)
    for moment in bounds:
        limit = moment.dates[0].month or 0
        kept = [t for t in kept if _COMPARE[moment.relation](_month(t) or 0, limit)]
    return (tuple(kept), tuple(bounds)) if kept else None


def _month(table: StoredTable) -> int | None:
    told = cell_value(table.heading.rpartition(" > ")[2])
    return _parts(str(told.value))[1] if told.kind == "date" else None


def _is_of(table: StoredTable, moment: Moment) -> bool:
    for match in _STAMP.finditer(table.document.name):
        stamp = tuple(map(int, match.groups()))
        if any((d.month, d.day) == stamp[1:] and d.year in (None, stamp[0]) for d in moment.dates):
            return True
    for text in (table.heading, table.caption, PurePath(table.document.name).stem):
        told = cell_value(text.rpartition(" > ")[2])
        if told.kind != "date":
            continue
        year, month = _parts(str(told.value))
        for date in moment.dates:
            if (
                date.month == month
                and date.month
                and (not date.year or not year or date.year == year)
            ):
                return True
    return False


def _parts(iso: str) -> tuple[int | None, int | None]:
    year = None if iso.startswith("-") else int(iso[:4])
    month = iso[2:4] if iso.startswith("-") else iso[5:7]
    return year, int(month) if month.isdigit() else None


def unit_spans(form: str, group: Group) -> list[Span]:
    """Return where a question names a unit that numbers of a group are in."""
    units = {column.unit.partition("/")[0] for column in group.columns} - {""}
    return [span for unit in units for span in unit_places(form, unit)]


def unit_places(form: str, unit: str) -> list[Span]:
    """Return where a question names a unit by a word."""
    return [
        match.span()
        for spelling in unit_names(unit)
        if len(spelling) > 1 or not spelling.isascii()
        for match in re.finditer(
            rf"(?<![a-z]){re.escape(spelling)}(?![a-z])" if spelling.isascii() else spelling, form
        )
    ]


def month_of(date: Date) -> str:
    """Return a date as far as it is told, as cells hold it."""
    parts = [f"{date.year:04d}" if date.year else "-"]
    parts += [f"{part:02d}" for part in (date.month, date.day) if part]
    return "-".join(parts)
