"""The results that a workbook lacks: which cells, and what they would show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.etree import ElementTree as ET

from engine.documents.office.archive import local_name
from engine.documents.office.formulas.evaluate import At, Evaluator, Formula, Grid
from engine.documents.office.formulas.functions import FormulaError, Value
from engine.documents.office.formulas.grammar import NotSimple

MAX_GRID_CELLS = 200_000
"""Filled cells of a sheet that is calculated; larger ones come from programs that calculate."""

_WITHOUT_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_PLACEHOLDER = re.compile(
    rb"(</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*<(?:\w+:)?v>0</(?:\w+:)?v>"
)
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


def lacks_results(xml: bytes) -> bool:
    """Tell whether a sheet has formulas without a stored result."""
    return _WITHOUT_RESULT.search(xml) is not None


def without_placeholders(xml: bytes) -> bytes:
    """Return a sheet without the zeros that some programs write for results they do not compute.

    They ask spreadsheet programs to calculate everything when the workbook is opened
    (``fullCalcOnLoad``), which the caller has seen; a sheet with any other result was calculated.
    """
    zeros = _PLACEHOLDER.findall(xml)
    if not zeros or len(zeros) != len(_FORMULA.findall(xml)):
        return xml
    return _PLACEHOLDER.sub(rb"\1", xml)


def formula_of(cell: ET.Element) -> ET.Element | None:
    """Return the formula of a cell; None if it has none."""
    return next((child for child in cell if local_name(child) == "f"), None)


def holds_nothing(cell: ET.Element) -> bool:
    """Tell whether a cell's stored result is the empty text, as ``IF(A1="";"";A1)`` gives it."""
    values = [child for child in cell if local_name(child) == "v"]
    return cell.get("t") == "str" and bool(values) and not values[0].text


def _position(reference: str) -> At | None:
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def grid(cells: Iterable[tuple[int, ET.Element]], stored: Callable[[ET.Element], Value]) -> Grid:
    """Return the filled cells of a sheet by row and column.

    Args:
        cells: Its ``c`` elements, each with the number of its row.
        stored: Returns the value that a cell holds; None if it holds none.

    Raises:
        NotSimple: There are too many.
    """
    found: dict[At, Value | Formula] = {}
    shared: dict[str, tuple[str, At]] = {}
    row, column = 0, -1
    for number, cell in cells:
        if local_name(cell) != "c":
            continue
        column = column + 1 if number == row else 0
        row = number
        at = _position(cell.get("r", "")) or (number - 1, column)
        column = at[1]
        value = stored(cell)
        formula = formula_of(cell)
        text = (formula.text or "").strip() if formula is not None else ""
        if formula is not None and formula.get("t") == "shared":
            group = formula.get("si", "")
            if text:
                shared[group] = text, at
            text, first = shared.get(group, ("", at))
        else:
            first = at
        if cell.get("t") == "e":
            found[at] = Formula("")  # nothing that depends on an error is calculated
        elif value is not None:
            found[at] = value
        elif formula is not None:
            is_array = formula.get("t") in ("array", "dataTable")
            found[at] = Formula("" if is_array else text, at[0] - first[0], at[1] - first[1])
        if len(found) > MAX_GRID_CELLS:
            raise NotSimple
    return found


def results(evaluator: Evaluator, sheet: str, cells: Grid) -> dict[At, Value]:
    """Return the results of the formulas that can be calculated, in reading order."""
    found: dict[At, Value] = {}
    for at in sorted(at for at, value in cells.items() if isinstance(value, Formula)):
        try:
            found[at] = evaluator.result(sheet, at)
        except FormulaError as error:
            found[at] = str(error)
        except NotSimple:
            continue
    return found
