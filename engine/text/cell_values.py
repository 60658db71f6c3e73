"""What one cell of a table holds: a number with its unit, a date, a range of numbers, or words.

A number is stored as SQLite can compare it. Up to fifteen digits a double gives its decimal text
back exactly; longer ones, and those that begin with a nought, are codes and stay words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from engine.languages import PROFILES, any_of
from engine.records.tables import CellKind
from engine.text.amounts import SCALES, UNIT_OF, amounts
from engine.text.dates import Date, moments
from engine.text.normalise import normalise

MAX_WORDS = 120
"""Characters of words that are kept for filters; longer texts are found by their beginning."""

_LONGEST_VALUE = 40
"""Characters beyond which no cell is a value."""

_INFINITE = 1e300
"""An open end of a range: SQLite stores infinities, but JSON does not."""

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,9})?"
_PLAIN = re.compile(rf"[+-]?{_DIGITS}")
_SCALE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))
_NUMBER = rf"{_DIGITS}(?:\s?(?:{_SCALE})(?:{_DIGITS}\s?(?:{_SCALE})?)*)?"
_CURRENCY = r"€|\$|¥|£|[a-z]{3}(?=[\s\d-])"
_COUNTERS = any_of(profile.facts.counters for profile in PROFILES)
_UNITS = "|".join(sorted(map(re.escape, UNIT_OF), key=len, reverse=True))
_BEHIND = rf"{_UNITS}|{_COUNTERS}|[a-z]{{1,9}}\.?|[\u30a1-\u30fc]{{1,6}}"
_CELL = re.compile(
    rf"(?P<sign>[-+△▲(])?\s?(?P<money>{_CURRENCY})?\s?(?P<later>-)?(?P<number>{_NUMBER})"
    rf"\s?(?P<unit>{_BEHIND})?(?P<per>\s?(?:/|per )\s?[^\s\d]{{1,10}})?\)?"
    r"(?:\s?\([^)\d]{1,12}\))?"
)
_BOUNDS = tuple(profile.tabular.bounds for profile in PROFILES)
_END = rf"(?:{_CURRENCY})?\s?({_NUMBER})\s?(?:{_BEHIND})??"
_TO = any_of(rules.between for rules in _BOUNDS)
_SPAN = re.compile(rf"{_END}\s?(?:{_TO})\s?{_END}(?:{any_of(r.at_most[1] for r in _BOUNDS)})?")
_BELOW = any_of(rules.less[1] for rules in _BOUNDS)
_SPAN_BELOW = re.compile(rf"{_END}\s?(?:{_TO})?\s?{_END}\s?(?:{_BELOW})")
_ISO = re.compile(r"((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"(?!(?:eur|usd|gbp|chf|jpy)\d)[a-z]+[-_/.]?[a-z]*\d[a-z0-9_/.-]*")
_DIGITS_ALONE = re.compile(r"\d+")
_CALENDAR_UNIT = re.compile(r"[年月日]")
_CALENDAR = re.compile(any_of(profile.facts.calendar for profile in PROFILES))
_MONTHS = tuple(profile.facts.months for profile in PROFILES)
_DAY = re.compile(r"[\s(]*(?:mon|tue|wed|thu|fri|sat|sun)?[a-z]*[月火水木金土日]?[\s)]*[\d:\s]*")


@dataclass(frozen=True, slots=True)
class CellValue:
    """A typed cell.

    Attributes:
        kind: What it is.
        value: A number (of a range: its lower end); a date as ISO, shorter where it leaves
            something open (``2025-04``, ``--04`` for a month of any year); words in
            comparable form.
        high: Upper end of a range; of 7/3/2025, whose value is 3 July, the other reading as
            ``YYYYMMDD``.
        unit: Canonical unit or what stands behind the number; empty if nothing does.
    """

    kind: CellKind
    value: float | int | str
    high: float | None = None
    unit: str = ""


@lru_cache(maxsize=8192)
def cell_value(text: str) -> CellValue:
    """Return what a cell holds; whatever is not told entirely is words."""
    plain = text.strip()
    if _PLAIN.fullmatch(plain) and not _is_code(plain):
        return CellValue("number", as_number(Decimal(plain.replace(",", ""))))
    form = normalise(plain[:MAX_WORDS])
    if len(form) <= _LONGEST_VALUE:
        if iso := _ISO.fullmatch(form):
            return CellValue("date", f"{iso[1]}-{iso[2]:0>2}-{iso[3]:0>2}")
        if _DIGIT.search(form) and not _CODE.fullmatch(form):
            found = _number(form, plain) or _date(form) or _range(form)
            if found is not None:
                return found
        elif month := _month(plain):
            return CellValue("date", f"--{month:02d}")
    return CellValue("words", form)


def _month(text: str) -> int:
    """Return the month that a cell names and nothing else; 0 for none."""
    name = text.rstrip(".")
    if name != "May" and not _CALENDAR.fullmatch(name):
        return 0
    return next((m[name[:3].lower()] for m in _MONTHS if name[:3].lower() in m), 0)


def _is_code(text: str) -> bool:
    digits = text.lstrip("+-").partition(".")[0].replace(",", "")
    return (len(digits) > 1 and digits[0] == "0") or len(digits) > 15


def as_number(value: Decimal) -> float | int:
    """Return a number as SQLite stores it."""
    return int(value) if value == value.to_integral_value() else float(value)


def _number(form: str, printed: str) -> CellValue | None:
    match = _CELL.fullmatch(form)
    if match is None or _is_code(match["number"]) or (match["sign"] == "(" and form[-1] != ")"):
        return None
    money = match["money"] or ""
    is_code = money.isalpha() and money not in UNIT_OF
    if is_code and (money.upper() not in printed or any(money in m for m in _MONTHS)):
        return None
    if _CALENDAR_UNIT.match(match["unit"] or "") and _date(form) is not None:
        return None
    found = amounts(form)
    if len(found) != 1:
        return None
    negative = match["sign"] in ("-", "△", "▲", "(") or match["later"]
    value = -found[0].value if negative else found[0].value
    unit = found[0].unit or match["money"] or (match["unit"] or "").rstrip(".")
    if unit not in UNIT_OF.values() and unit.isascii() and len(unit) > 3:
        unit = unit.removesuffix("es" if unit.endswith("xes") else "s")
    per = (match["per"] or "").replace("per ", "/").replace(" ", "")
    return CellValue("number", as_number(value), unit=unit + per)


def _date(form: str) -> CellValue | None:
    found = moments(form)
    if len(found.dates) != 1 or not _DAY.fullmatch(found.rest) or len(found.times) > 1:
        return None
    readings = found.dates[0]
    if len(readings) == 2:
        first = int(_DIGITS_ALONE.findall(form)[0])
        month_first, day_first = sorted(readings, key=lambda date: date.month != first)
        other = float(_iso(day_first).replace("-", ""))
        return CellValue("day-or-month", _iso(month_first), other)
    if not readings[0].year and not readings[0].month:
        return None
    time = f" {found.times[0].zfill(5)}" if found.times else ""
    return CellValue("date", _iso(readings[0]) + time)


def _iso(date: Date) -> str:
    parts = [f"{date.year:04d}" if date.year else "-"]
    parts += [f"{part:02d}" for part in (date.month, date.day) if part]
    return "-".join(parts)


def _range(form: str) -> CellValue | None:
    for pattern, open_above in ((_SPAN_BELOW, True), (_SPAN, False)):
        if match := pattern.fullmatch(form):
            low, high = _value(match[1]), _value(match[2])
            if low is None or high is None or low >= high:
                continue
            return _ranging(form, low, _just_below(high) if open_above else high)
    for rules in _BOUNDS:
        for (before, behind), is_low, is_open in (
            (rules.at_least, True, False),
            (rules.more, True, True),
            (rules.at_most, False, False),
            (rules.less, False, True),
        ):
            ways = ([rf"(?:{before})\s?{_END}"] if before else []) + (
                [rf"{_END}\s?(?:{behind})"] if behind else []
            )
            match = next((m for way in ways if (m := _compiled(way).fullmatch(form))), None)
            value = _value(match[1]) if match else None
            if value is None:
                continue
            if is_low:
                return _ranging(form, _just_above(value) if is_open else value, _INFINITE)
            return _ranging(form, -_INFINITE, _just_below(value) if is_open else value)
    return None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _ranging(form: str, low: float, high: float) -> CellValue:
    units = {amount.unit for amount in amounts(form)} - {""}
    return CellValue("range", low, high, units.pop() if len(units) == 1 else "")


def _value(text: str) -> float | None:
    found = amounts(text)
    return float(found[0].value) if len(found) == 1 and not _is_code(text) else None


def _just_below(value: float) -> float:
    return value - 1e-9 * max(1.0, abs(value))


def _just_above(value: float) -> float:
    return value + 1e-9 * max(1.0, abs(value))
