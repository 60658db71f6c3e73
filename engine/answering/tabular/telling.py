"""What came of a plan, in words of the question's language, every value with its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from engine.answering.composed import Source, Statement, numbered
from engine.answering.tabular.checking import known_columns
from engine.answering.tabular.groups import SHEET
from engine.answering.tabular.results import MAX_CITED, Computed, Figure
from engine.catalogue import Catalogue
from engine.catalogue.table_query import FoundCell
from engine.languages import profile_of
from engine.languages.tabular import TabularWords
from engine.records import AnswerRow, AnswerTable, Passage
from engine.records.tables import RowFilter, StoredTable, TypedColumn

_CODES = frozenset(("GBP", "EUR", "USD", "CHF", "JPY"))
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9_./#-]{1,16}")
_SYMBOL = re.compile(r"([¥￥$€£])\s*(.*)")
_MAX_LINES = 12
"""Lines of values in the text; all of them are in the table."""


class Telling:
    """Writes the answer of one computed plan.

    Args:
        computed: What came of it.
        language: Of the question, ISO 639-1.
        catalogue: Where the cells stand.
    """

    def __init__(self, computed: Computed, language: str, catalogue: Catalogue) -> None:
        self._computed = computed
        self._words: TabularWords = profile_of(language).tabular.words
        self._catalogue = catalogue
        self._tables = {table.id: table for table in computed.group.tables}
        self._texts: dict[tuple[int, int], str] = {}
        self._passages: dict[tuple[int, int], Passage] = {}

    # --- the answer ------------------------------------------------------------------------

    def statements(self) -> list[Statement]:
        """Return the lines: the values first, then what they were computed from."""
        if self._computed.problem is not None:
            return self._problem()
        return [*self.values(), *self.basis()]

    @property
    def names_rows(self) -> bool:
        """Whether the answer is which rows there are, by their names."""
        plan, label = self._computed.plan, self._computed.group.label
        chooses = plan.operation in ("list", "look-up") and self._computed.problem is None
        return chooses and self._computed.column in (None, label)

    def basis(self) -> list[Statement]:
        """Return the lines on what was done with which rows."""
        remarks = [Statement(each, before=" ") for each in self._remarks()]
        return [Statement(self._basis(), before="\n\n"), *remarks]

    def values(self) -> list[Statement]:
        """Return the lines with what was asked for, every value with its cells."""
        figures, plan = self._computed.figures, self._computed.plan
        if plan.operation == "difference":
            whole, *sides = figures
            cells = [cell for side in sides for cell in side.cells]
            first = Statement(f"**{self._shown(whole)}**", self._sources(cells))
            rest = [
                Statement(f"{side.name}{self._words.colon}{self._shown(side)}", before="\n- ")
                for side in sides
            ]
            return [first, *rest]
        if len(figures) == 1 and not plan.group:
            only = figures[0]
            label = "" if self._names_row() else self._label(only)
            text = f"**{self._shown(only)}**" + (f" ({label})" if label else "")
            if plan.operation in ("maximum", "minimum", "top") and label:
                text = f"**{label}{self._words.colon}{self._shown(only)}**"
            return [Statement(text, self._sources(self._cited(only)))]
        same = {self._shown(figure) for figure in figures}
        if plan.operation == "look-up" and len(same) == 1 and not plan.group:
            cells = [cell for figure in figures for cell in figure.cells]
            return [Statement(f"**{same.pop()}**", self._sources(cells))]
        lines: dict[str, Statement] = {}
        for figure in figures:
            label, shown = self._label(figure), self._shown(figure)
            text = f"{label}{self._words.colon}{shown}" if label else shown
            sources = self._sources(self._cited(figure))
            known = lines[text].sources if text in lines else ()
            lines[text] = Statement(text, (*known, *sources)[:MAX_CITED], "\n- ")
        return list(lines.values())[:_MAX_LINES]

    def _names_row(self) -> bool:
        """Tell whether a look-up says itself which row it is about."""
        label = self._computed.group.label.name
        plan = self._computed.plan
        return plan.operation == "look-up" and any(f.column == label for f in plan.filters)

    @staticmethod
    def _cited(figure: Figure) -> list[FoundCell]:
        return list(figure.cells) or ([figure.label] if figure.label else [])

    def _label(self, figure: Figure) -> str:
        if figure.part or figure.name:
            return figure.part or figure.name
        if figure.label is None:
            return ""
        text, plan = self._row_label(figure.label), self._computed.plan
        heading = self._table(figure.label.table_id).heading
        if plan.operation not in ("maximum", "minimum", "top") or plan.group or not heading:
            return text
        several = len(self._computed.group.tables) > 1
        return self._words.in_table.format(row=text, table=heading) if several else text

    def _row_label(self, label: FoundCell) -> str:
        """Return what a row is about: its first words, behind a code what that is."""
        text = self._text(label)
        group = self._computed.group
        second = group.second_label
        is_shown = second is not None and self._computed.column == second
        if second is None or is_shown or not _CODE.fullmatch(text) or self._computed.plan.group:
            return text
        cells = self._catalogue.tables.cells(label.table_id, [label.row])
        beside = next((c for c in cells if c.column == second.ordinal), None)
        if beside is None:
            return text
        found = FoundCell(
            label.table_id, label.row, "words", beside.value, "", beside.start, beside.end
        )
        return f"{text} {self._text(found)}"

    def _shown(self, figure: Figure) -> str:
        """Return a value with its unit; that of a cell as it is printed."""
        column = self._computed.column
        if figure.value is None or isinstance(figure.value, str):
            cell = figure.cells[0]
            text = self._text(cell)
            if cell.kind != "number" or column is None or not _bare(text):
                is_label = (
                    column is not None and column.ordinal == self._computed.group.label.ordinal
                )
                return self._row_label(cell) if is_label else text
            return self._with_unit(text, column, cell.unit)
        if self._computed.plan.operation == "count" or column is None:
            return f"{figure.value:,}"
        scale = column.scale if not figure.unit else 1
        exact = self._computed.plan.operation != "mean"
        return self._with_unit(_digits(figure.value, scale, exact=exact), column, figure.unit)

    def _with_unit(self, number: str, column: TypedColumn, own: str) -> str:
        """Return a number with its unit: behind it, but for currencies (GBP 12.00, ¥3 million)."""
        unit = self._unit(column, own)
        code, symbol = unit.strip().upper(), _SYMBOL.fullmatch(unit.strip())
        if number[:1] == "-":
            return f"{number} {code}" if code in _CODES else number + unit
        if code in _CODES:
            return f"{code} {number}"
        return f"{symbol[1]}{number} {symbol[2]}".rstrip() if symbol else number + unit

    def _unit(self, column: TypedColumn, own: str) -> str:
        """Return a unit as it stands behind a number, with a space where it needs one."""
        shown = column.shown_unit if not own or own == column.unit else ""
        canonical, slash, per = (own or column.unit).partition("/")
        unit = shown or self._words.units.get(canonical, canonical.upper()) + slash + per
        if not unit:
            return ""
        return unit if unit[0] in "%‰°" or unit[0] > "\u2e7f" else f" {unit}"

    # --- words about it --------------------------------------------------------------------

    def _basis(self) -> str:
        """Return what was done with which rows of which table."""
        done = self._computed
        plan, words = done.plan, self._words
        name = done.column.name if done.column else ""
        row = self._words.also.join(self._filter(each) for each in plan.filters)
        operation = words.operations[plan.operation].format(
            column=name, row=row, n=plan.limit or done.n_rows
        )
        if plan.operation == "look-up":
            operation = name
        parts = [operation]
        if plan.group and plan.operation != "difference":
            parts.append(words.sentences["by"].format(column=self._column_name(plan.group)))
        parts += [self._filter(each) for each in plan.filters]
        based = words.based.format(rows=done.n_rows, table=self._table_names())
        return (
            f"({words.also.join(parts)}; {based})"
            if words.also == ", "
            else (f"（{words.also.join(parts)}。{based}）")
        )

    def _filter(self, each: RowFilter) -> str:
        relation = self._words.relations[each.relation]
        return relation.format(column=self._column_name(each.column), value=each.value)

    def _column_name(self, name: str) -> str:
        return self._words.sentences["sheet"] if name == SHEET else name

    def _table_names(self) -> str:
        names = [table.name for table in self._computed.group.tables]
        if len(names) > 3:
            names = [*names[:2], f"… ({len(names)})"]
        return self._words.also.join(dict.fromkeys(names))

    def _remarks(self) -> list[str]:
        done = self._computed
        name = done.column.name if done.column else ""
        examples = ", ".join(self._text(cell) for cell in done.examples)
        return [
            self._words.sentences[code].format(column=name, n=n, examples=examples)
            for code, n in done.remarks
        ]

    def _problem(self) -> list[Statement]:
        done = self._computed
        name = done.column.name if done.column else ""
        examples = ", ".join(dict.fromkeys(self._text(cell) for cell in done.examples))
        text = self._words.sentences[done.problem or "no-rows"].format(
            column=name,
            examples=examples,
            table=self._table_names(),
            filters=self._words.also.join(map(self._filter, done.plan.filters)),
            stored=f"{sum(table.n_rows for table in done.group.tables):,}",
            n=len(done.figures),
            columns=known_columns(done.group),
        )
        return [Statement(text, self._sources(done.examples))]

    # --- rows ------------------------------------------------------------------------------

    def table(self, statements: Sequence[Statement]) -> AnswerTable | None:
        """Return the rows that were used, or the figures of groups, with passages they cite."""
        done = self._computed
        if done.problem is not None:
            return None
        if done.plan.group and done.plan.operation != "difference":
            return self._group_table()
        numbers = numbered(statements)
        wanted = self._row_columns()
        columns = [column for column in done.group.columns if column.ordinal in wanted]
        rows = []
        for table_id, row in done.rows:
            found = {c.column: c for c in self._catalogue.tables.cells(table_id, [row])}
            cells = [
                FoundCell(table_id, row, c.kind, c.value, c.unit, c.start, c.end)
                for c in found.values()
            ]
            self._load(cells)
            shown = {c.column: self._texts[table_id, c.start] for c in found.values()}
            first = next((self._passages.get((table_id, c.start)) for c in cells), None)
            texts = tuple(shown.get(column.ordinal, "") for column in columns)
            rows.append(AnswerRow(texts, numbers.get(first.id, 0) if first else 0))
        names = tuple(column.name for column in columns)
        return AnswerTable(names, tuple(rows)) if rows else None

    def _row_columns(self) -> set[int]:
        done = self._computed
        names = {done.plan.column, done.plan.group, *(f.column for f in done.plan.filters)}
        wanted = {c.ordinal for c in done.group.columns if c.name in names}
        second = done.group.second_label
        return wanted | {done.group.label.ordinal} | ({second.ordinal} if second else set())

    def _group_table(self) -> AnswerTable:
        done = self._computed
        value = done.column.name if done.column else self._words.operations["count"]
        rows = tuple(AnswerRow((self._label(f), self._shown(f))) for f in done.figures)
        return AnswerTable((self._column_name(done.plan.group), value), rows)

    # --- stored text -----------------------------------------------------------------------

    def _text(self, cell: FoundCell) -> str:
        self._load([cell])
        return self._texts[cell.table_id, cell.start]

    def _load(self, cells: Sequence[FoundCell]) -> None:
        by_table: dict[int, list[FoundCell]] = {}
        for cell in cells:
            if (cell.table_id, cell.start) not in self._texts:
                by_table.setdefault(cell.table_id, []).append(cell)
        for table_id, found in by_table.items():
            document = self._table(table_id).document.id
            spans = [(cell.start, cell.end) for cell in found]
            texts = self._catalogue.tables.texts(document, spans)
            ids = self._catalogue.tables.passage_ids(document, [cell.start for cell in found])
            passages = self._catalogue.passages.get(list(ids.values()))
            for cell, text in zip(found, texts, strict=True):
                self._texts[table_id, cell.start] = text
                passage = passages.get(ids.get(cell.start, 0))
                if passage is not None and cell.end <= passage.end:
                    self._passages[table_id, cell.start] = passage

    def _table(self, table_id: int) -> StoredTable:
        return self._tables[table_id]

    def _sources(self, cells: Sequence[FoundCell]) -> tuple[Source, ...]:
        some = list(cells)[:MAX_CITED]
        self._load(some)
        return tuple(
            Source(passage, cell.start, cell.end)
            for cell in some
            if (passage := self._passages.get((cell.table_id, cell.start))) is not None
        )


def _bare(text: str) -> bool:
    """Tell whether a printed number has no unit of its own."""
    return not any(character.isalpha() or character in "%‰°€$£¥￥" for character in text)


def _digits(value: float | int, scale: int, *, exact: bool = True) -> str:
    """Return a number as people write it: grouped, without needless decimals."""
    number = Decimal(repr(value)) / scale
    if number == number.to_integral_value():
        return f"{int(number):,}"
    four = round(number, 4)
    rounded = four if abs(number) < 1 or (exact and four == number) else round(number, 2)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
