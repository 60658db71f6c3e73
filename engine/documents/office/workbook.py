"""The parts of a workbook: strings, number formats, sheets and their cells.

Read directly rather than through a spreadsheet library: those fill every gap between two
far-apart cells, refuse files whose styles are slightly wrong, and do not know the strict
flavour of the format.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from engine.documents.cleaning import link_addition, one_line
from engine.documents.office.archive import Package, local_name
from engine.documents.office.cell_format import iso_text, shown_number, shown_words
from engine.documents.office.escapes import unescaped
from engine.documents.office.formulas.evaluate import At, Evaluator, Grid
from engine.documents.office.formulas.functions import Value as Result
from engine.documents.office.formulas.grammar import NotSimple
from engine.documents.office.formulas.results import (
    formula_of,
    grid,
    holds_nothing,
    lacks_results,
    results,
    without_placeholders,
)
from engine.documents.office.links import formula_target
from engine.documents.office.number_format import moments
from engine.documents.office.number_format.apply import section_of
from engine.documents.office.rich_strings import string_text, symbol_styles
from engine.documents.office.sheet_looks import column_number, style_looks
from engine.documents.office.symbols import written

_BUILTIN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"$"#,##0', 6: '"$"#,##0', 7: '"$"#,##0.00',
    8: '"$"#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 32: "h:mm",
    33: "h:mm:ss", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '"$"#,##0;-"$"#,##0;"$-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '"$"#,##0.00;-"$"#,##0.00;"$-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that a file names by number alone. Their look depends on the country of the program
that shows them; these mean the same everywhere (a minus, not brackets; ISO dates)."""

_EAST_ASIAN_DATES = (*range(27, 32), *range(34, 37), *range(50, 59))
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_LONGEST_FORMULA = 200
_MOST_SIGNS = 4
"""A cell in a symbol font holds a tick or two; more letters are words in the wrong font."""

Value = str | int | float | bool | dt.date | dt.time | dt.timedelta


@dataclass(frozen=True)
class Sheet:
    """One entry of the workbook's list.

    Attributes:
        name: As on its tab.
        part: Member name; empty if it is missing.
        hidden: True if the tab is not shown.
    """

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Cell:
    """A cell that has a value.

    Attributes:
        column: 0-based.
        value: Text, number, truth value, date or time.
        number_format: As stored; ``General`` if none.
        text: As a person sees it, on one line.
        style: Index of its style, 0 if none.
    """

    column: int
    value: Value
    number_format: str
    text: str
    style: int = 0


def as_date(serial: float, number_format: str, *, since_1904: bool) -> Value:
    """Return what a day number means under a date or time format; itself under others."""
    section, _ = section_of(serial, number_format)
    if section is None or section.kind != "date":
        return serial
    codes = [token for token in section.tokens if token.kind in ("date", "elapsed")]
    has_time = moments.has_time(section.tokens)
    if any(token.kind == "elapsed" for token in codes):
        return dt.timedelta(seconds=round(serial * moments.DAY_S))
    days = serial + moments.DAYS_TO_1904 * since_1904
    if not 0 <= days < moments.LARGEST_SERIAL or serial < 0:
        return serial
    epoch = dt.datetime(1899, 12, 30)
    if days < 60:
        epoch = dt.datetime(1899, 12, 31)  # Excel believes in 29 February 1900
    moment = epoch + dt.timedelta(seconds=round(days * moments.DAY_S))
    if serial < 1:
        return moment.time() if has_time else serial  # no day at all
    n_times = sum(token.text[0] in "hs" for token in codes)
    n_minutes = len(moments.minutes_among(section.tokens))
    if not has_time or len(codes) > n_times + n_minutes:
        return moment
    return dt.timedelta(seconds=round(serial * moments.DAY_S))


class Workbook:
    """An open workbook.

    Attributes:
        sheets: In the order of their tabs.
        looks: Flags of :mod:`engine.documents.tables.grid` by index of a style.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        main = package.main_part("xl/workbook.xml")
        self._relations = package.relations(main)
        root = package.xml(main)
        elements = list(root.iter()) if root is not None else []
        targets = {relation.id: relation.target for relation in self._relations}
        self._recalculates = any(
            local_name(e) == "calcPr" and e.get("fullCalcOnLoad") in ("1", "true") for e in elements
        )
        self._since_1904 = any(
            local_name(e) == "workbookPr" and e.get("date1904") in ("1", "true") for e in elements
        )
        self.sheets = tuple(
            Sheet(
                element.get("name", ""),
                targets.get(_relation_id(element), ""),
                element.get("state", "visible") != "visible",
            )
            for element in elements
            if local_name(element) == "sheet"
        )
        self._strings = self._shared_strings()
        styles = self._related("styles")
        self._formats = self._cell_formats(styles)
        self._unstored_counts: Counter[str] = Counter()
        self.looks = style_looks(styles)
        self._symbol_fonts = symbol_styles(styles)

    def _related(self, kind: str) -> ET.Element | None:
        for relation in self._relations:
            if relation.type == kind:
                return self._package.xml(relation.target)
        return None

    def _shared_strings(self) -> list[str]:
        root = self._related("sharedStrings")
        items = root if root is not None else ()
        return [string_text(item) for item in items if local_name(item) == "si"]

    @staticmethod
    def _cell_formats(root: ET.Element | None) -> list[str]:
        """Return the number format of each cell style."""
        formats = dict(_BUILTIN_FORMATS) | dict.fromkeys(_EAST_ASIAN_DATES, "yyyy-mm-dd")
        styles: list[str] = []
        for group in root if root is not None else ():
            if local_name(group) == "numFmts":
                for item in group:
                    formats[_whole(item.get("numFmtId", ""))] = item.get("formatCode", "")
            elif local_name(group) == "cellXfs":
                found = (formats.get(_whole(item.get("numFmtId", "")), "") for item in group)
                styles = [number_format or "General" for number_format in found]
        return styles

    def rows(
        self, xml: bytes, links: Mapping[tuple[int, int], str] | None = None
    ) -> Iterator[tuple[int, list[Cell]]]:
        """Yield row number and filled cells of a sheet part, in the order of the file.

        Args:
            xml: The part.
            links: Address behind a cell, by row (from 1) and column (from 0).
        """
        xml = self._without_placeholders(xml)
        found = self._results(xml) if lacks_results(xml) else {}
        for number, row in self._row_elements(xml):
            cells = [cell for cell in self._cells(number, row, found) if cell is not None]
            if links:
                cells = [_linked(cell, links.get((number, cell.column), "")) for cell in cells]
            if cells:
                yield number, cells

    def _without_placeholders(self, xml: bytes) -> bytes:
        return without_placeholders(xml) if self._recalculates else xml

    def taken_counts(self) -> dict[str, int]:
        """Return how many results were missing since the last call, by the code of their note."""
        counts = dict(self._unstored_counts)
        self._unstored_counts.clear()
        return counts

    def _row_elements(self, xml: bytes) -> Iterator[tuple[int, ET.Element]]:
        """Yield each row with its number; a row is gone when the next is asked for."""
        number = 0
        holder: ET.Element | None = None
        # Entities cannot be declared: the package was checked before.
        steps = ET.iterparse(io.BytesIO(xml), ("start", "end"))  # noqa: S314
        while (step := self._next(steps)) is not None:
            event, element = step
            name = local_name(element)
            if event == "start":
                holder = element if name == "sheetData" else holder
            elif name == "row":
                number = _whole(element.get("r", "")) or number + 1
                yield number, element
                if holder is not None:
                    holder.clear()  # a million empty rows must not pile up

    def _next(self, steps: Iterator[tuple[str, ET.Element]]) -> tuple[str, ET.Element] | None:
        """Return the parser's next step; None at the end."""
        try:  # not library_call: a context manager a step takes a fifth of the reader's time
            return next(steps, None)
        except (ET.ParseError, ValueError, LookupError) as error:
            raise self._package.source.damaged(error) from error

    def _cells(
        self, number: int, row: ET.Element, results: Mapping[At, Result]
    ) -> Iterator[Cell | None]:
        column = -1
        for element in row:
            if local_name(element) != "c":
                continue
            reference = _REFERENCE.match(element.get("r", ""))
            column = column_number(reference[1]) if reference else column + 1
            if len(element):
                yield self._cell(column, element) or self._unstored(
                    (number - 1, column), element, results
                )

    def _unstored(self, at: At, element: ET.Element, results: Mapping[At, Result]) -> Cell | None:
        """Return the cell of a formula that has no stored result: calculated, or its formula."""
        formula = formula_of(element)
        if formula is None or holds_nothing(element):
            return None
        code = self._format(element)
        if at not in results:
            self._unstored_counts["formulas-uncalculated"] += 1
            text = one_line(formula.text or "")[:_LONGEST_FORMULA]
            return Cell(at[1], f"={text}", code, f"={text}") if text else None
        self._unstored_counts["formulas-calculated"] += 1
        result = results[at]
        if isinstance(result, bool):
            return Cell(at[1], result, code, shown_words("TRUE" if result else "FALSE", code))
        if not isinstance(result, float):
            words = result or ""
            return Cell(at[1], words, code, shown_words(words, code))
        date = as_date(result, code, since_1904=self._since_1904)
        return Cell(at[1], date, code, shown_number(result, code, since_1904=self._since_1904))

    def _results(self, xml: bytes) -> Mapping[At, Result]:
        """Return what the formulas of a sheet give whose results are not stored."""

        @functools.cache
        def grid_of(name: str) -> Grid:
            part = {sheet.name: sheet.part for sheet in self.sheets}[name] if name else ""
            if name and part not in self._package.names:
                raise KeyError(name)
            other = self._without_placeholders(self._package.read(part)) if name else xml
            rows = self._row_elements(other)
            elements = ((number, element) for number, row in rows for element in row)
            return grid(elements, self._stored)

        try:
            return results(Evaluator(grid_of), "", grid_of(""))
        except NotSimple:
            return {}

    def _stored(self, element: ET.Element) -> Result:
        """Return a cell's stored value as formulas take it: dates are day numbers."""
        kind, raw = element.get("t", "n"), _raw(element)
        if kind == "s" and raw.isdigit() and int(raw) < len(self._strings):
            return self._strings[int(raw)]
        if kind == "b":
            return raw.strip() in ("1", "true")
        if kind in ("str", "inlineStr", "e"):
            return raw or ("" if holds_nothing(element) else None)
        try:
            return float(raw)
        except ValueError:
            return raw or None

    def _format(self, element: ET.Element) -> str:
        style = _whole(element.get("s", ""))
        return self._formats[style] if style < len(self._formats) else "General"

    def _cell(self, column: int, element: ET.Element) -> Cell | None:
        raw = _raw(element)
        if not raw:
            return None
        number_format = self._format(element)
        value, text = self._value(element.get("t", "n"), raw, number_format)
        style = _whole(element.get("s", ""))
        font = self._symbol_fonts.get(style)
        if font and isinstance(value, str) and len(value) <= _MOST_SIGNS:
            value = text = one_line(written(value, font))
        cell = Cell(column, value, number_format, text, style)
        formula = formula_of(element)
        return cell if formula is None else _linked(cell, formula_target(formula.text or ""))

    def _value(self, kind: str, raw: str, number_format: str) -> tuple[Value, str]:
        """Return a cell's value and its text."""
        if kind == "s":
            index = int(raw) if raw.strip().isdigit() else -1
            words = self._strings[index] if 0 <= index < len(self._strings) else ""
            return words, shown_words(words, number_format)
        if kind == "b":
            is_true = raw.strip() in ("1", "true")
            return is_true, shown_words("TRUE" if is_true else "FALSE", number_format)
        if kind == "e":
            return raw, one_line(raw)
        if kind in ("str", "inlineStr"):
            words = unescaped(raw) if kind == "str" else raw
            return words, shown_words(words, number_format)
        if kind == "d":
            moment = _iso_date(raw)
            return moment, iso_text(moment) if isinstance(moment, dt.datetime) else one_line(raw)
        try:
            number = float(raw)
        except ValueError:
            return raw, one_line(raw)
        date = as_date(number, number_format, since_1904=self._since_1904)
        return date, shown_number(number, number_format, since_1904=self._since_1904)


def _linked(cell: Cell, target: str) -> Cell:
    """Return a cell with the address behind it, if there is one."""
    added = link_addition(cell.text, target) if target else ""
    if not added:
        return cell
    value = cell.value + added if isinstance(cell.value, str) else cell.value
    return replace(cell, value=value, text=cell.text + added)


def _raw(element: ET.Element) -> str:
    """Return what stands in a cell; for shared strings, their number."""
    raw = ""
    for child in element:
        if local_name(child) == "v":
            raw = child.text or ""
        elif local_name(child) == "is":
            raw = string_text(child)
    return raw


def _relation_id(element: ET.Element) -> str:
    return next((v for key, v in element.attrib.items() if key.endswith("}id")), "")


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _iso_date(raw: str) -> Value:
    try:
        return dt.datetime.fromisoformat(raw)
    except ValueError:
        return raw
