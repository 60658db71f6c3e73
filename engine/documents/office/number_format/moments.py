"""Dates, times of day and durations by their format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.office.number_format.code import Section, Token
from engine.languages.japanese_calendar import WEEKDAYS, era_of

LARGEST_SERIAL = 2_958_466  # 9999-12-31
DAY_S = 86_400
DAYS_TO_1904 = 1_462

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split()
_FEBRUARY_29_1900 = 60
"""A day that never was; spreadsheets count it."""


@dataclass(frozen=True)
class Moment:
    """A serial number taken apart.

    Attributes:
        year: Gregorian.
        month: 1 to 12.
        day: 0 for serial number 0, which spreadsheets call 0 January 1900.
        weekday: 0 for Sunday.
        n_ticks: Time since midnight, in units of ``ticks_per_s``.
        n_total_ticks: Time since serial number 0, likewise.
        ticks_per_s: 1, or 10, 100, 1,000 where fractions of a second are shown.
    """

    year: int
    month: int
    day: int
    weekday: int
    n_ticks: int
    n_total_ticks: int
    ticks_per_s: int


def moment(serial: float, n_decimals: int, *, whole_days: bool = False) -> Moment:
    """Return the moment of a serial number that is not negative, in the 1900 system."""
    per_s = 10**n_decimals
    total = int(serial + 1e-9) * DAY_S * per_s if whole_days else round(serial * DAY_S * per_s)
    days, ticks = divmod(total, DAY_S * per_s)
    if days == 0:
        year, month, day = 1900, 1, 0
    elif days == _FEBRUARY_29_1900:
        year, month, day = 1900, 2, 29
    else:
        date = dt.date(1899, 12, 31 if days < _FEBRUARY_29_1900 else 30) + dt.timedelta(days)
        year, month, day = date.year, date.month, date.day
    return Moment(year, month, day, (days - 1) % 7, ticks, total, per_s)


def is_japanese(section: Section) -> bool:
    """Tell whether a section asks for Japanese names: ``[$-411]``, ``[$-ja-JP]``."""
    return section.language.endswith("411") or section.language.startswith("ja")


def is_plain_english(section: Section) -> bool:
    """Tell whether the names of months and days in a section are English ones."""
    language = section.language
    return not language or language.endswith("409") or language.startswith("en")


def uses_names(section: Section) -> bool:
    """Tell whether a section shows names of months, days or halves of the day."""
    return any(
        token.kind == "noon" or (token.kind == "date" and token.text[:3] in ("mmm", "ddd"))
        for token in section.tokens
    )


def minutes_among(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the positions where an ``m`` stands for minutes: next to hours or seconds."""
    dated = [n for n, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    found = set()
    for order, position in enumerate(dated):
        if tokens[position].text not in ("m", "mm") or tokens[position].kind == "elapsed":
            continue
        before = tokens[dated[order - 1]].text if order else ""
        behind = tokens[dated[order + 1]].text if order + 1 < len(dated) else ""
        if before[:1] in ("h", "s") or behind[:1] == "s":
            found.add(position)
    return frozenset(found)


def n_decimals(tokens: Sequence[Token]) -> int:
    """Return how many digits of a second are shown: at most 3."""
    for position, token in enumerate(tokens):
        if token.kind == "point":
            n_zeros = 0
            while (
                position + 1 + n_zeros < len(tokens) and tokens[position + 1 + n_zeros].text == "0"
            ):
                n_zeros += 1
            if n_zeros:
                return min(n_zeros, 3)
    return 0


def has_time(tokens: Sequence[Token]) -> bool:
    """Tell whether hours, minutes or seconds are shown."""
    return bool(minutes_among(tokens)) or any(
        token.kind in ("noon", "elapsed") or (token.kind == "date" and token.text[0] in "hs")
        for token in tokens
    )


def formatted(serial: float, section: Section) -> str | None:
    """Return the text of an amount of days; None if no calendar has that day.

    Args:
        serial: Not negative; in the 1900 system.
        section: Of kind ``date``.
    """
    if not 0 <= serial < LARGEST_SERIAL:
        return None
    tokens = section.tokens
    timed = has_time(tokens)
    when = moment(serial, n_decimals(tokens), whole_days=not timed)
    if when.n_total_ticks >= LARGEST_SERIAL * DAY_S * when.ticks_per_s:
        return None
    return _Writer(when, section).text()


class _Writer:
    """Writes one moment token by token."""

    def __init__(self, when: Moment, section: Section) -> None:
        self.when = when
        self.tokens = section.tokens
        self.japanese = is_japanese(section)
        self.first_year_is_gan = "gannen" in section.language
        self.minutes = minutes_among(section.tokens)
        self.half_day = any(token.kind == "noon" for token in section.tokens)
        self.elapsed = {token.text[0] for token in section.tokens if token.kind == "elapsed"}
        self.in_eras = self.japanese or any(
            token.kind == "date" and token.text[0] == "g" for token in section.tokens
        )

    def text(self) -> str:
        pieces: list[str] = []
        for position, token in enumerate(self.tokens):
            if token.kind == "literal":
                pieces.append(token.text)
            elif token.kind == "elapsed":
                pieces.append(str(self._total(token.text[0])).zfill(len(token.text)))
            elif token.kind == "noon":
                pieces.append(self._noon(token.text))
            elif token.kind == "date":
                pieces.append(self._date(token.text, minute=position in self.minutes))
            elif token.kind == "digit":
                pieces.append(self._decimal(position))
            else:
                pieces.append(token.text)
        return "".join(pieces)

    @property
    def _seconds(self) -> int:
        return self.when.n_ticks // self.when.ticks_per_s

    def _total(self, unit: str) -> int:
        length = {"h": 3_600, "m": 60, "s": 1}[unit] * self.when.ticks_per_s
        return self.when.n_total_ticks // length

    def _decimal(self, position: int) -> str:
        """Return the digit of a fraction of a second that stands at a place."""
        start = position
        while start and self.tokens[start - 1].text == "0":
            start -= 1
        n_places = len(str(self.when.ticks_per_s)) - 1
        is_decimal = start > 0 and self.tokens[start - 1].kind == "point"
        if not is_decimal or position - start >= n_places:
            return "0"
        digits = str(self.when.n_ticks % self.when.ticks_per_s).zfill(n_places)
        return digits[position - start]

    def _noon(self, written: str) -> str:
        is_late = self._seconds >= 12 * 3_600
        if self.japanese or not written.isascii():
            return "午後" if is_late else "午前"
        if written.lower() == "am/pm":
            return "PM" if is_late else "AM"
        return written[2] if is_late else written[0]

    def _date(self, code: str, *, minute: bool) -> str:
        when, n_letters = self.when, len(code)
        if code[0] in "hs" or minute:
            return self._time("m" if minute else code[0], n_letters)
        if code[0] == "y":
            return f"{when.year:04d}" if n_letters > 2 else f"{when.year % 100:02d}"
        if code[0] == "b":  # Buddhist calendar
            year = when.year + 543
            return f"{year:04d}" if n_letters > 2 else f"{year % 100:02d}"
        if code[0] == "m":
            return self._month(n_letters)
        if code[0] == "d" and n_letters < 3:
            return str(when.day).zfill(n_letters)
        if code[0] in "da":
            return self._weekday(code)
        return self._era(code)

    def _time(self, unit: str, n_letters: int) -> str:
        seconds = self._seconds
        if unit in self.elapsed:
            value = self._total(unit)
        elif unit == "h":
            value = seconds // 3_600
            if self.half_day:
                value = value % 12 or 12
        else:
            value = seconds // 60 % 60 if unit == "m" else seconds % 60
        return str(value).zfill(min(n_letters, 2))

    def _month(self, n_letters: int) -> str:
        month = self.when.month
        if n_letters < 3:
            return str(month).zfill(n_letters)
        if self.japanese:
            return f"{month}月"
        name = _MONTHS[month - 1]
        return name[:3] if n_letters == 3 else name[0] if n_letters == 5 else name

    def _weekday(self, code: str) -> str:
        number, is_long = self.when.weekday, len(code) > 3
        if code[0] == "a" or self.japanese:
            return WEEKDAYS[number] + ("曜日" if is_long else "")
        return _WEEKDAYS[number] if is_long else _WEEKDAYS[number][:3]

    def _era(self, code: str) -> str:
        when = self.when
        era = era_of(when.year, when.month, max(when.day, 1)) if self.in_eras else None
        if era is None:
            return "" if code[0] == "g" else f"{when.year:04d}"
        name, letter, year = era
        if code[0] == "g":
            return name if len(code) > 2 else name[0] if len(code) == 2 else letter
        if year == 1 and self.first_year_is_gan:
            return "元"
        return str(year).zfill(min(len(code), 2))
