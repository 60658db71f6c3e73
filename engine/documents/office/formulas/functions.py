"""What the functions of formulas compute; those that are not here are not calculated."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from engine.documents.office.formulas.grammar import NotSimple
from engine.documents.office.number_format.apply import number_text
from engine.documents.office.number_format.numbers import general

Value = float | str | bool | None
"""What a cell holds; None if it is empty."""

Block = list[list[Value]]
"""Rows of a range."""

Argument = Value | Block


class FormulaError(Exception):
    """What a cell shows instead of a result: ``#DIV/0!``."""


def number(value: Value) -> float:
    """Return a value as a number, as arithmetic takes it.

    Raises:
        FormulaError: It is text.
    """
    if value is None or value == "":
        return 0.0
    if isinstance(value, str):
        try:
            return float(value.replace(",", ""))
        except ValueError:
            raise FormulaError("#VALUE!") from None
    return float(value)


def words(value: Value) -> str:
    """Return a value as text, as ``&`` takes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else general(value)


def single(argument: Argument) -> Value:
    """Return the one value of an argument.

    Raises:
        NotSimple: It is a range of several.
    """
    if not isinstance(argument, list):
        return argument
    if len(argument) == 1 and len(argument[0]) == 1:
        return argument[0][0]
    raise NotSimple


def _flat(arguments: Iterable[Argument]) -> Iterable[Value]:
    for argument in arguments:
        if isinstance(argument, list):
            for row in argument:
                yield from row
        else:
            yield argument


def _numbers(arguments: Sequence[Argument]) -> list[float]:
    """Return the numbers among the arguments; texts and truth values in ranges do not count."""
    found: list[float] = []
    for argument in arguments:
        if isinstance(argument, list):
            values = (value for row in argument for value in row)
            found.extend(float(v) for v in values if isinstance(v, float))
        elif argument is not None:
            found.append(number(argument))
    return found


def _mean(arguments: Sequence[Argument]) -> float:
    found = _numbers(arguments)
    if not found:
        raise FormulaError("#DIV/0!")
    return math.fsum(found) / len(found)


def _rounded(arguments: Sequence[Argument], rounding: str) -> float:
    value = number(single(arguments[0]))
    n_places = int(number(single(arguments[1]))) if len(arguments) > 1 else 0
    if abs(n_places) > 20:
        raise NotSimple
    # 15 digits, as the sheet keeps them: 2.675 is meant, not 2.67499999999999982.
    exact = Decimal(f"{value:.15g}")
    return float(exact.quantize(Decimal(1).scaleb(-n_places), rounding=rounding))


def _meets(value: Value, wanted: Value) -> bool:
    """Tell whether a value meets the condition of SUMIF: ``5``, ``">=10"``, ``"ok"``."""
    text = words(wanted)
    for sign in ("<=", ">=", "<>", "<", ">", "="):
        if text.startswith(sign):
            rest = text[len(sign) :]
            try:
                return isinstance(value, float) and compared(sign, value, float(rest))
            except ValueError:
                return compared(sign, words(value), rest)
    if "*" in text or "?" in text:
        raise NotSimple
    try:
        wished = float(text)
    except ValueError:
        return words(value).lower() == text.lower()
    return isinstance(value, float) and value == wished


def compared(sign: str, left: Value, right: Value) -> bool:
    """Return the result of a comparison; numbers are less than texts, case does not count."""

    def key(value: Value, other: Value) -> tuple[int, float | str]:
        if value is None:
            value = "" if isinstance(other, str) else 0.0
        if isinstance(value, bool):
            return 2, float(value)
        return (1, value.lower()) if isinstance(value, str) else (0, value)

    a, b = key(left, right), key(right, left)
    return {
        "=": a == b,
        "<>": a != b,
        "<": a < b,
        ">": a > b,
        "<=": a <= b,
        ">=": a >= b,
    }[sign]


def _chosen(arguments: Sequence[Argument]) -> tuple[list[Value], list[Value]]:
    """Return the cells that are tested and those that are added up."""
    tested = list(_flat(arguments[:1]))
    added = list(_flat(arguments[2:3])) if len(arguments) > 2 else tested
    if len(tested) != len(added):
        raise NotSimple
    return tested, added


def _sum_if(arguments: Sequence[Argument]) -> float:
    tested, added = _chosen(arguments)
    wanted = single(arguments[1])
    pairs = zip(tested, added, strict=True)
    return math.fsum(v for t, v in pairs if isinstance(v, float) and _meets(t, wanted))


def _count_if(arguments: Sequence[Argument]) -> float:
    wanted = single(arguments[1])
    return float(sum(_meets(value, wanted) for value in _flat(arguments[:1])))


def _sum_of_products(arguments: Sequence[Argument]) -> float:
    columns = [list(_flat([argument])) for argument in arguments]
    if len({len(column) for column in columns}) != 1:
        raise FormulaError("#VALUE!")
    rows = zip(*columns, strict=True)
    return math.fsum(math.prod(v if isinstance(v, float) else 0.0 for v in row) for row in rows)


def _looked_up(arguments: Sequence[Argument]) -> Value:
    """VLOOKUP of an exact match; the nearest below is left out."""
    table = arguments[1]
    if len(arguments) < 4 or number(single(arguments[3])) != 0 or not isinstance(table, list):
        raise NotSimple
    column = int(number(single(arguments[2]))) - 1
    wanted = single(arguments[0])
    for row in table:
        if row and column < len(row) and compared("=", row[0], wanted):
            return row[column]
    raise FormulaError("#N/A")


def _subtotal(arguments: Sequence[Argument]) -> Value:
    kind = int(number(single(arguments[0])))
    names = {1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 6: "PRODUCT", 9: "SUM"}
    if kind not in names:
        raise NotSimple
    return FUNCTIONS[names[kind]](arguments[1:])


def _text(arguments: Sequence[Argument]) -> str:
    return number_text(number(single(arguments[0])), words(single(arguments[1])))


def _part(arguments: Sequence[Argument], name: str) -> str:
    text = words(single(arguments[0]))
    counts = [int(number(single(argument))) for argument in arguments[1:]]
    if name == "MID":
        start, length = counts
        return text[max(start - 1, 0) : max(start - 1, 0) + length]
    length = counts[0] if counts else 1
    return text[:length] if name == "LEFT" else text[max(len(text) - length, 0) :]


def _modulo(arguments: Sequence[Argument]) -> float:
    value, divisor = (number(single(argument)) for argument in arguments)
    if not divisor:
        raise FormulaError("#DIV/0!")
    return value - divisor * math.floor(value / divisor)


def _root(arguments: Sequence[Argument]) -> float:
    value = number(single(arguments[0]))
    if value < 0:
        raise FormulaError("#NUM!")
    return math.sqrt(value)


def power(base: float, exponent: float) -> float:
    """Return a power.

    Raises:
        FormulaError: It is no number, or beyond all limits.
    """
    try:
        result: float | complex = base**exponent
    except (OverflowError, ZeroDivisionError):
        raise FormulaError("#NUM!") from None
    if isinstance(result, complex):
        raise FormulaError("#NUM!")
    return float(result)


def _first(arguments: Sequence[Argument]) -> float:
    return number(single(arguments[0]))


FUNCTIONS: dict[str, Callable[[Sequence[Argument]], Value]] = {
    "SUM": lambda a: math.fsum(_numbers(a)),
    "AVERAGE": _mean,
    "MIN": lambda a: min(_numbers(a), default=0.0),
    "MAX": lambda a: max(_numbers(a), default=0.0),
    "COUNT": lambda a: float(sum(isinstance(v, float) for v in _flat(a))),
    "COUNTA": lambda a: float(sum(v is not None for v in _flat(a))),
    "PRODUCT": lambda a: math.prod(_numbers(a)),
    "SUMPRODUCT": _sum_of_products,
    "SUMIF": _sum_if,
    "COUNTIF": _count_if,
    "SUBTOTAL": _subtotal,
    "VLOOKUP": _looked_up,
    "ABS": lambda a: abs(_first(a)),
    "INT": lambda a: float(math.floor(_first(a))),
    "SQRT": _root,
    "MOD": _modulo,
    "POWER": lambda a: power(number(single(a[0])), number(single(a[1]))),
    "ROUND": lambda a: _rounded(a, ROUND_HALF_UP),
    "ROUNDUP": lambda a: _rounded(a, ROUND_UP),
    "ROUNDDOWN": lambda a: _rounded(a, ROUND_DOWN),
    "AND": lambda a: all(bool(v) for v in _flat(a) if v is not None),
    "OR": lambda a: any(bool(v) for v in _flat(a) if v is not None),
    "NOT": lambda a: not single(a[0]),
    "CONCATENATE": lambda a: "".join(words(single(v)) for v in a),
    "CONCAT": lambda a: "".join(words(v) for v in _flat(a)),
    "TEXT": _text,
    "LEFT": lambda a: _part(a, "LEFT"),
    "RIGHT": lambda a: _part(a, "RIGHT"),
    "MID": lambda a: _part(a, "MID"),
    "LEN": lambda a: float(len(words(single(a[0])))),
    "UPPER": lambda a: words(single(a[0])).upper(),
    "LOWER": lambda a: words(single(a[0])).lower(),
    "TRIM": lambda a: " ".join(words(single(a[0])).split()),
}
"""By upper-case name. Arguments that are ranges come as rows of values."""
