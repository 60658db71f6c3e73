"""Decimal numbers: groups of digits, percent, scaling commas, exponents; and General."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from engine.documents.office.number_format.code import Section, Token
from engine.documents.office.number_format.digits import behind_point, exact, placed, rounded, split

_PERCENT = Token("literal", "%")


def general(number: float) -> str:
    """Return what a cell without a format shows: at most 11 characters."""
    value = exact(number)
    sign = "-" if number < 0 and value else ""
    if not value:
        return "0"
    exponent = value.adjusted()
    if -4 <= exponent < 11:
        text = _trimmed(rounded(value, max(0, 9 - max(exponent, 0))))
        return sign + text
    if -10 < exponent < -4:  # short enough to be written out: 0.000000001
        text = _trimmed(value)
        if len(text) <= 11:
            return sign + text
    mantissa = rounded(value.scaleb(-exponent), 5)
    if mantissa >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{sign}{_trimmed(mantissa)}E{'+' if exponent >= 0 else '-'}{abs(exponent):02d}"


def _trimmed(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class _Parts:
    """A section's tokens by their place in the number."""

    before: tuple[Token, ...]
    behind: tuple[Token, ...]
    exponent: tuple[Token, ...]
    mark: str
    has_point: bool
    thousands: bool
    n_scaled: int
    n_percent: int


@functools.lru_cache(maxsize=1024)
def _parted(section: Section) -> _Parts:
    lists: tuple[list[Token], list[Token], list[Token]] = ([], [], [])
    here, mark, has_point, thousands, n_scaled, n_percent, seen = 0, "", False, False, 0, 0, False
    pending = 0  # commas since the last digit: between digits they group, behind they scale
    for token in section.tokens:
        if token.kind == "comma" and seen and here < 2:
            pending += 1
            continue
        if token.kind == "digit":
            thousands |= bool(pending) and here == 0
            pending, seen = 0, True
        elif pending and token.kind != "exponent":
            n_scaled, pending = n_scaled + pending, 0
        if token.kind == "point" and here == 0:
            here, has_point = 1, True
        elif token.kind == "exponent" and here < 2:
            here, mark, pending = 2, token.text, 0
        elif token.kind == "percent":
            n_percent += 1
            lists[here].append(_PERCENT)
        elif token.kind == "digit" or token.kind == "literal":
            lists[here].append(token)
        elif token.kind not in ("comma", "general") or not seen:
            lists[here].append(replace(token, kind="literal"))
    n_scaled += pending
    before, behind, exponent = (tuple(part) for part in lists)
    return _Parts(before, behind, exponent, mark, has_point, thousands, n_scaled, n_percent)


def formatted(number: float, section: Section) -> str:
    """Return the text of an amount under a section of kind ``number``, without its sign."""
    parts = _parted(section)
    if parts.mark:
        return _with_exponent(exact(number), parts)
    value = exact(number).scaleb(2 * parts.n_percent - 3 * parts.n_scaled)
    n_places = sum(token.kind == "digit" for token in parts.behind)
    whole, decimals = split(value, n_places)
    text = placed(parts.before, whole, thousands=parts.thousands)
    if not any(token.kind == "digit" for token in parts.before):
        text += whole  # ".00" shows the digits before the point all the same
    return text + ("." if parts.has_point else "") + behind_point(parts.behind, decimals)


def _with_exponent(value: Decimal, parts: _Parts) -> str:
    """Return ``1.5E+06``; several digits before the point keep the exponent a multiple."""
    n_before = max(1, sum(token.kind == "digit" for token in parts.before))
    n_places = sum(token.kind == "digit" for token in parts.behind)
    before = parts.before
    power = 0
    if value:
        power = value.adjusted() // n_before * n_before
        if rounded(value.scaleb(-power), n_places) >= 10**n_before:
            power += n_before
    else:
        before = tuple(Token("digit", "0") if t.kind == "digit" else t for t in before)
    whole, decimals = split(value.scaleb(-power), n_places)
    mantissa = placed(before, whole, thousands=parts.thousands)
    point = "." if parts.has_point else ""
    sign = "-" if power < 0 else "+" if parts.mark[1] == "+" else ""
    return (
        mantissa
        + point
        + behind_point(parts.behind, decimals)
        + parts.mark[0]
        + _signed(parts.exponent, sign, str(abs(power)))
    )


def _signed(tokens: Sequence[Token], sign: str, digits: str) -> str:
    """Place an exponent with its sign directly before the first digit's place."""
    first = next((n for n, token in enumerate(tokens) if token.kind == "digit"), len(tokens))
    shown = placed(tokens[first:], digits) if first < len(tokens) else digits
    return "".join(token.text for token in tokens[:first]) + sign + shown
