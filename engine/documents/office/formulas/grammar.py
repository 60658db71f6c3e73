"""Formulas as trees."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

MAX_CHARACTERS = 2_000
_DEEPEST = 40

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
    | (?P<string>"(?:[^"]|"")*")
    | (?P<error>\#(?:N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!))
    | (?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
      (?P<place>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?
        |\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7})(?![\w.(])
    | (?P<name>[^\W\d][\w.]*)
    | (?P<sign><>|<=|>=|[-+*/^&=<>%(),;])
    )""",
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d{1,7})?$")
_PRIORITY = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4}
_PRIORITY |= {"/": 4, "^": 5}
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class NotSimple(Exception):
    """A formula with something that is not calculated here."""


@dataclass(frozen=True)
class Constant:
    """A number, a text or a truth value."""

    value: float | str | bool


@dataclass(frozen=True)
class Corner:
    """One corner of a place; rows and columns count from 0.

    Attributes:
        row: Of the formula's own cell, where it is relative.
        column: Likewise.
        row_fixed: True for ``A$1``.
        column_fixed: True for ``$A1``.
    """

    row: int
    column: int
    row_fixed: bool = True
    column_fixed: bool = True


@dataclass(frozen=True)
class Place:
    """A cell or a block of cells.

    Attributes:
        sheet: Empty for the formula's own.
        first: Upper left corner.
        last: Lower right corner; equals ``first`` for a cell.
    """

    sheet: str
    first: Corner
    last: Corner


@dataclass(frozen=True)
class Call:
    """A function or an operator with its arguments."""

    name: str
    arguments: tuple[Node, ...]


Node = Constant | Place | Call


def _corner(text: str, *, last: bool) -> Corner:
    match = _CELL.match(text)
    if match is None:
        raise NotSimple
    column_fixed, letters, row_fixed, digits = match.groups()
    if letters is None:  # $3:$4, where the sign stands in front
        row_fixed = row_fixed or column_fixed
    column = -1
    for letter in (letters or "").upper():
        column = (column + 1) * 26 + ord(letter) - ord("A")
    row = int(digits) - 1 if digits else (_LAST_ROW - 1 if last else 0)
    column = column if letters else (_LAST_COLUMN - 1 if last else 0)
    if not 0 <= row < _LAST_ROW or column >= _LAST_COLUMN:
        raise NotSimple
    return Corner(row, column, bool(row_fixed) or not digits, bool(column_fixed) or not letters)


class _Parser:
    """Precedence climbing over the tokens of one formula."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, str]] = []
        position = 0
        while position < len(text.rstrip()):
            match = _TOKEN.match(text, position)
            if match is None:
                raise NotSimple
            kind = match.lastgroup or ""
            self.tokens.append((kind, match[kind], match["sheet"] or ""))
            position = match.end()
        self.position = 0
        self.depth = 0

    def _next(self) -> tuple[str, str, str]:
        if self.position >= len(self.tokens):
            return ("end", "", "")
        return self.tokens[self.position]

    def _takes(self, *signs: str) -> str:
        kind, text, _ = self._next()
        if kind == "sign" and text in signs:
            self.position += 1
            return text
        return ""

    def whole(self) -> Node:
        node = self.expression(0)
        if self.position != len(self.tokens):
            raise NotSimple
        return node

    def expression(self, least: int) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotSimple
        node = self._signed()
        while True:
            _, sign, _ = self._next()
            priority = _PRIORITY.get(sign, 0) if self._next()[0] == "sign" else 0
            if priority == 0 or priority <= least:
                break
            self.position += 1
            node = Call(sign, (node, self.expression(priority)))
        self.depth -= 1
        return node

    def _signed(self) -> Node:
        while self._takes("+"):
            pass
        if self._takes("-"):
            return Call("NEGATED", (self.expression(_PRIORITY["^"]),))  # -2^2 is 4 in a sheet
        node = self._single()
        while self._takes("%"):
            node = Call("/", (node, Constant(100.0)))
        return node

    def _single(self) -> Node:
        kind, text, sheet = self._next()
        self.position += 1
        if kind == "number":
            return Constant(float(text))
        if kind == "string":
            return Constant(text[1:-1].replace('""', '"'))
        if kind == "place":
            return _place(text, sheet)
        if kind == "name":
            return self._named(text)
        if kind == "sign" and text == "(":
            node = self.expression(0)
            if self._takes(")"):
                return node
        raise NotSimple

    def _named(self, name: str) -> Node:
        upper = name.upper().removeprefix("_XLFN.")
        if not self._takes("("):
            if upper in ("TRUE", "FALSE"):
                return Constant(upper == "TRUE")
            raise NotSimple  # a defined name
        arguments: list[Node] = []
        if self._takes(")"):
            return Call(upper, ())
        while True:
            is_left_out = self._next()[1] in (",", ")") and self._next()[0] == "sign"
            arguments.append(Constant("") if is_left_out else self.expression(0))
            if self._takes(")"):
                return Call(upper, tuple(arguments))
            if not self._takes(",", ";"):
                raise NotSimple


def _place(text: str, sheet: str) -> Place:
    name = sheet.removesuffix("!")
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    if "[" in name:
        raise NotSimple  # another workbook
    first, _, last = text.partition(":")
    return Place(name, _corner(first, last=False), _corner(last or first, last=True))


@functools.lru_cache(maxsize=4096)
def parsed(formula: str) -> Node:
    """Return the tree of a formula, without its ``=``.

    Raises:
        NotSimple: It has names, other workbooks, arrays, or is no formula at all.
    """
    if len(formula) > MAX_CHARACTERS:
        raise NotSimple
    return _Parser(formula).whole()
