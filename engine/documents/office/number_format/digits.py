"""Digits brought to their placeholders: padding, thousands, the 15 digits that count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from engine.documents.office.number_format.code import Token

_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)


def exact(number: float) -> Decimal:
    """Return the amount of a number with the 15 digits that a spreadsheet keeps."""
    return Decimal(f"{abs(number):.15g}")


def rounded(value: Decimal, n_places: int) -> Decimal:
    """Round half away from zero."""
    return value.quantize(Decimal(1).scaleb(-n_places), context=_WIDE)


def split(value: Decimal, n_places: int) -> tuple[str, str]:
    """Return the digits before the point (none for zero) and the ``n_places`` behind it."""
    whole, _, behind = f"{rounded(value, n_places):f}".partition(".")
    return whole.lstrip("0"), behind


def placed(tokens: Sequence[Token], digits: str, *, thousands: bool = False) -> str:
    """Put the digits of a whole number on its placeholders, right-aligned.

    Other tokens stay where they are; digits that have no placeholder of their own go in front
    of the first one.
    """
    n_places = sum(token.kind == "digit" for token in tokens)
    n_surplus = max(0, len(digits) - n_places)
    n_missing = max(0, n_places - len(digits))
    pieces: list[str] = []
    place = 0
    for token in tokens:
        if token.kind != "digit":
            pieces.append(token.text)
            continue
        n_right = n_places - place  # this place and those to its right
        if place == 0:
            pieces.extend(
                _separated(digit, n_right + n_surplus - before, thousands)
                for before, digit in enumerate(digits[:n_surplus])
            )
        if place >= n_missing:
            digit = digits[n_surplus + place - n_missing]
            pieces.append(_separated(digit, n_right, thousands))
        elif token.text != "#":
            pieces.append(_separated("0" if token.text == "0" else " ", n_right, thousands))
        place += 1
    return "".join(pieces)


def _separated(digit: str, n_right: int, thousands: bool) -> str:
    """Return a digit, with a comma where three, six, ... more follow; a blank keeps its width."""
    if not thousands or n_right == 1 or n_right % 3 != 1:
        return digit
    return digit + (" " if digit == " " else ",")


def behind_point(tokens: Sequence[Token], digits: str) -> str:
    """Put decimals on their placeholders; zeros at the end only where a ``0`` asks for them."""
    n_meant = len(digits.rstrip("0"))
    pieces: list[str] = []
    position = 0
    for token in tokens:
        if token.kind == "literal":
            pieces.append(token.text)
        elif token.kind == "digit":
            if position < n_meant or token.text == "0":
                pieces.append(digits[position])
            elif token.text == "?":
                pieces.append(" ")
            position += 1
    return "".join(pieces)
