"""Results of formulas over the cells of a workbook, within bounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.documents.office.formulas.functions import (
    FUNCTIONS,
    Argument,
    FormulaError,
    Value,
    compared,
    number,
    power,
    single,
    words,
)
from engine.documents.office.formulas.grammar import (
    Call,
    Constant,
    Corner,
    Node,
    NotSimple,
    Place,
    parsed,
)

MAX_CELLS_READ = 2_000_000
"""Over all formulas of a workbook: some seconds."""

_DEEPEST = 120
"""Nodes of trees within one another, through cells that refer to each other."""

At = tuple[int, int]
"""Row and column from 0."""


@dataclass(frozen=True)
class Formula:
    """A formula without a result.

    Attributes:
        text: Without its ``=``.
        down: Rows by which its relative places are moved (formulas shared by several cells).
        across: Columns, likewise.
    """

    text: str
    down: int = 0
    across: int = 0


Grid = Mapping[At, Value | Formula]
"""The filled cells of a sheet."""


class Evaluator:
    """Calculates cells when they are asked for, each once.

    Args:
        grid_of: Returns the cells of a sheet by its name; ``""`` for the one in hand. Raises
            :class:`KeyError` if there is none.
    """

    def __init__(self, grid_of: Callable[[str], Grid]) -> None:
        self._grid_of = grid_of
        self._results: dict[tuple[str, At], Value | Exception] = {}
        self._ends: dict[str, At] = {}
        self._n_left = MAX_CELLS_READ
        self._depth = 0

    def result(self, sheet: str, at: At) -> Value:
        """Return the value of a cell.

        Raises:
            NotSimple: It, or one that it depends on, is not calculated here.
            FormulaError: It shows an error.
        """
        self._n_left -= 1
        if self._n_left < 0:
            raise NotSimple
        value = self._grid(sheet).get(at)
        if not isinstance(value, Formula):
            return value
        key = sheet, at
        if key not in self._results:
            self._results[key] = NotSimple()  # a cell that depends on itself finds this
            self._results[key] = self._calculated(sheet, value)
        found = self._results[key]
        if isinstance(found, Exception):
            raise found
        return found

    def _grid(self, sheet: str) -> Grid:
        try:
            return self._grid_of(sheet)
        except KeyError:
            raise NotSimple from None

    def _end(self, sheet: str) -> At:
        """Return the last row and column of a sheet that hold anything."""
        if sheet not in self._ends:
            grid = self._grid(sheet)
            row = max((row for row, _ in grid), default=0)
            self._ends[sheet] = row, max((column for _, column in grid), default=0)
        return self._ends[sheet]

    def _calculated(self, sheet: str, formula: Formula) -> Value | Exception:
        try:
            value = single(self._value(parsed(formula.text), sheet, formula))
        except (NotSimple, FormulaError) as error:
            return error
        except (ArithmeticError, LookupError, ValueError, TypeError):
            return NotSimple()  # arguments that the function does not take
        if isinstance(value, float) and not math.isfinite(value):
            return FormulaError("#NUM!")
        return 0.0 if value is None else value

    def _value(self, node: Node, sheet: str, formula: Formula) -> Argument:
        if isinstance(node, Constant):
            return node.value
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise NotSimple
            if isinstance(node, Place):
                return self._cells(node, sheet, formula)
            return self._call(node, sheet, formula)
        finally:
            self._depth -= 1

    def _cells(self, place: Place, sheet: str, formula: Formula) -> Argument:
        name = place.sheet or sheet
        top, left = _moved(place.first, formula)
        if place.first == place.last:
            return self.result(name, (top, left))
        bottom, right = _moved(place.last, formula)
        end = self._end(name)
        bottom, right = min(bottom, end[0]), min(right, end[1])
        if (bottom - top + 1) * (right - left + 1) > self._n_left:
            raise NotSimple
        return [
            [self.result(name, (row, column)) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]

    def _call(self, call: Call, sheet: str, formula: Formula) -> Argument:
        def value(position: int) -> Value:
            return single(self._value(call.arguments[position], sheet, formula))

        name, n_arguments = call.name, len(call.arguments)
        if name == "IF" and n_arguments in (2, 3):
            if value(0):
                return value(1)
            return value(2) if n_arguments == 3 else False
        if name == "IFERROR" and n_arguments == 2:
            try:
                return value(0)
            except FormulaError:
                return value(1)
        if name == "NEGATED":
            return -number(value(0))
        if not name[0].isalpha():
            return _operated(name, value(0), value(1))
        if name not in FUNCTIONS or not n_arguments:
            raise NotSimple
        return FUNCTIONS[name]([self._value(a, sheet, formula) for a in call.arguments])


def _moved(corner: Corner, formula: Formula) -> At:
    row = corner.row + (0 if corner.row_fixed else formula.down)
    column = corner.column + (0 if corner.column_fixed else formula.across)
    if row < 0 or column < 0:
        raise FormulaError("#REF!")
    return row, column


def _operated(sign: str, left: Value, right: Value) -> Value:
    if sign == "&":
        return words(left) + words(right)
    if sign in ("=", "<>", "<", ">", "<=", ">="):
        return compared(sign, left, right)
    a, b = number(left), number(right)
    if sign == "+":
        return a + b
    if sign == "-":
        return a - b
    if sign == "*":
        return a * b
    if sign == "^":
        return power(a, b)
    if not b:
        raise FormulaError("#DIV/0!")
    return a / b
