"""Vulgar fractions: ``1 3/4``, ``7/4``, ``12/100``."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.office.number_format.code import Section, Token
from engine.documents.office.number_format.digits import placed
from engine.documents.office.number_format.numbers import general

_LARGEST_DENOMINATOR_DIGITS = 7
_NOTHING = 1e-10


@dataclass(frozen=True)
class _Parts:
    """A section's tokens by their place in the fraction.

    Attributes:
        whole: Up to the last place of the whole number; empty if there is none.
        gap: Between whole number and numerator.
        numerator: Its places.
        bar: From the numerator to the denominator, the slash among them.
        denominator: Its places; empty if it is fixed.
        fixed: A denominator that stands in the format; 0 if none does.
        rest: Behind it.
        front: Before the numerator where there is no whole number.
    """

    front: tuple[Token, ...]
    whole: tuple[Token, ...]
    gap: tuple[Token, ...]
    numerator: tuple[Token, ...]
    bar: tuple[Token, ...]
    denominator: tuple[Token, ...]
    fixed: int
    rest: tuple[Token, ...]


@functools.lru_cache(maxsize=256)
def _parted(section: Section) -> _Parts:
    tokens = section.tokens
    slash = next(n for n, token in enumerate(tokens) if token.kind == "slash")
    left = [n for n, token in enumerate(tokens[:slash]) if token.kind == "digit"]
    end = left[-1] + 1 if left else slash
    start = end
    while start and tokens[start - 1].kind == "digit":
        start -= 1
    whole_end = max((n + 1 for n in left if n < start), default=0)
    right = slash + 1
    while right < len(tokens) and not _denominates(tokens[right]):
        right += 1
    stop = right
    while stop < len(tokens) and _denominates(tokens[stop]):
        stop += 1
    places = tuple(tokens[right:stop])
    written = "".join(token.text for token in places)
    fixed = int(written) if written.isdigit() and written.strip("0") else 0
    return _Parts(
        front=() if whole_end else tuple(tokens[:start]),
        whole=tuple(tokens[:whole_end]),
        gap=tuple(tokens[whole_end:start]) if whole_end else (),
        numerator=tuple(tokens[start:end]),
        bar=tuple(tokens[end:right]),
        denominator=() if fixed else places,
        fixed=fixed,
        rest=tuple(tokens[stop:]),
    )


def _denominates(token: Token) -> bool:
    return token.kind == "digit" or (token.kind == "literal" and token.text.isdigit())


def _approximated(value: float, largest: int) -> tuple[int, int]:
    """Return the last convergent of the continued fraction whose denominator is small enough.

    In double precision, as Excel computes it: 0.3 with one digit is 2/7 and 0.7 is 2/3.
    """
    before, now = (0, 1), (1, 0)
    while True:
        quotient = int(value)
        following = (quotient * now[0] + before[0], quotient * now[1] + before[1])
        if following[1] > largest:
            return now
        before, now = now, following
        if value - quotient < _NOTHING:
            return now
        value = 1 / (value - quotient)


def _texts(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _fraction(value: float, parts: _Parts) -> tuple[int, int]:
    if parts.fixed:
        return int(value * parts.fixed + 0.5), parts.fixed
    n_digits = min(len(parts.denominator) or 1, _LARGEST_DENOMINATOR_DIGITS)
    return _approximated(value, 10**n_digits - 1)


def formatted(number: float, section: Section) -> str:
    """Return the text of an amount under a section of kind ``fraction``, without its sign."""
    parts = _parted(section)
    if not parts.numerator:
        return general(abs(number))
    value = abs(number)
    if not parts.whole:
        above, below = _fraction(value, parts)
        return _texts(parts.front) + _bar(above, below, parts) + _texts(parts.rest)
    whole = int(value)
    above, below = _fraction(value - whole, parts)
    if above == below:
        whole, above = whole + 1, 0
    return _mixed(whole, above, below, parts) + _texts(parts.rest)


def _bar(above: int, below: int, parts: _Parts) -> str:
    if parts.fixed:
        denominator = str(parts.fixed)
    elif any(token.text == "0" for token in parts.denominator):
        denominator = placed(parts.denominator, str(below))
    else:
        n_wide = sum(token.text == "?" for token in parts.denominator)
        denominator = str(below).ljust(n_wide)
    return placed(parts.numerator, str(above)) + _texts(parts.bar) + denominator


def _mixed(whole: int, above: int, below: int, parts: _Parts) -> str:
    """Return whole number and fraction, each only where it is not zero.

    What is left out leaves its width where a ``?`` asks for it.
    """
    last = parts.whole[-1].text
    forced = any(token.text == "0" for token in parts.numerator)
    keeps_width = any(t.text == "?" for t in (*parts.numerator, *parts.denominator))
    if not above and not forced:
        shown = placed(parts.whole, str(whole))
        keeps_width = keeps_width or last == "?"
        n_wide = len(_texts(parts.gap)) + len(_bar(0, 1, parts))
        return shown + (" " * n_wide if keeps_width else "")
    fraction = _bar(above, below, parts)
    if whole or last == "0" or (last == "?" and not above):
        return placed(parts.whole, str(whole)) + _texts(parts.gap) + fraction
    wide_gap = last == "?" or parts.numerator[0].text == "?"
    gap = " " * len(_texts(parts.gap)) if wide_gap else ""
    return placed(parts.whole, "") + gap + fraction
