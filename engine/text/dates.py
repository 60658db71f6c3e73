"""Dates and times of day that a text names, however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.languages import PROFILES, any_of

_RULES = tuple(profile.facts for profile in PROFILES)
_ERAS = {name: before for rules in _RULES for name, before in rules.eras.items()}
_MONTHS = {name: value for rules in _RULES for name, value in rules.months.items()}
_ISO = (
    r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)",
    r"(?<!\d)(?P<year>(?:19|20)\d{2})[-/](?P<month>0[1-9]|1[0-2])(?![-/\d])",
)
_PATTERNS = tuple(map(re.compile, (*_ISO, *(text for rules in _RULES for text in rules.dates))))
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)")
"""Day or month first: nobody can tell 7/3/2025."""

_TIMES = tuple(re.compile(text) for rules in _RULES for text in rules.times)
_AFTERNOON = frozenset(word for rules in _RULES for word in rules.afternoon)
_LATER_DAY = re.compile(any_of(rules.later_day for rules in _RULES))


@dataclass(frozen=True)
class Date:
    """A date, as far as it is told.

    Attributes:
        year: None if it is left open; so the others.
        month: 1 to 12.
        day: 1 to 31.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def tells(self, other: Date, years: frozenset[int]) -> bool:
        """Tell whether all that ``other`` says of a date is said by this one.

        Args:
            other: A date of the claim.
            years: Which this one may be of where it leaves its year open.
        """
        if other.month is not None and other.month != self.month:
            return False
        if other.day is not None and other.day != self.day:
            return False
        if other.year is None or other.year == self.year:
            return True
        return self.year is None and other.year in years


@dataclass(frozen=True)
class Moments:
    """Dates and times of a text.

    Attributes:
        dates: Each with what it may mean: two dates for 7/3/2025.
        spans: Where each stands.
        times: Hour and minute, ``8:30``.
        rest: The text with blanks in their stead.
    """

    dates: tuple[tuple[Date, ...], ...]
    spans: tuple[tuple[int, int], ...]
    times: tuple[str, ...]
    rest: str

    @property
    def years(self) -> frozenset[int]:
        """The years among the dates."""
        return frozenset(date.year for dates in self.dates for date in dates if date.year)


def moments(text: str) -> Moments:
    """Find dates and times in a text in comparable form, numbers in digits."""
    found: list[tuple[int, int, tuple[Date, ...]]] = []
    rest = text
    for match in _SLASHED.finditer(rest):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        both = {Date(year, m, d) for d, m in ((one, other), (other, one)) if _possible(m, d)}
        if both:
            found.append(
                (match.start(), match.end(), tuple(sorted(both, key=lambda date: date.month or 0)))
            )
            rest = _blank(rest, match)
    for pattern in _PATTERNS:
        for match in list(pattern.finditer(rest)):
            date = _read(match)
            if date is not None:
                found.append((match.start(), match.end(), (date,)))
                rest = _blank(rest, match)
                rest = _days_of_the_same_month(rest, match.end(), date, found)
    times: list[str] = []
    for pattern in _TIMES:
        for match in list(pattern.finditer(rest)):
            times.append(_time(match))
            rest = _blank(rest, match)
    found.sort(key=lambda each: each[0])
    return Moments(
        tuple(dates for *_, dates in found),
        tuple((start, end) for start, end, _ in found),
        tuple(times),
        rest,
    )


def _days_of_the_same_month(
    text: str, end: int, date: Date, found: list[tuple[int, int, tuple[Date, ...]]]
) -> str:
    """Read the second day of 8/9 to 17, too."""
    match = _LATER_DAY.match(text, end)
    if match and date.day:
        later = Date(date.year, date.month, int(match["day"]))
        found.append((match.start("day"), match.end(), (later,)))
        return _blank(text, match)
    return text


def _read(match: re.Match[str]) -> Date | None:
    groups = match.groupdict()
    year, month, day = groups.get("year"), groups.get("month"), groups.get("day")
    number = None if month is None else _month(month)
    if month is not None and not _possible(number or 0, int(day or 1)):
        return None
    if groups.get("era") is not None:
        if groups["era"] not in _ERAS:
            return None
        value = _ERAS[groups["era"]] + (1 if year == "元" else int(year or 0))
        return Date(value, number, int(day) if day else None)
    return Date(int(year) if year else None, number, int(day) if day else None)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.get(text[:3], 0)


def _possible(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _time(match: re.Match[str]) -> str:
    groups = match.groupdict()
    hour = int(groups["hour"])
    if groups.get("pm") in _AFTERNOON and hour < 12:
        hour += 12
    minute = 30 if groups.get("half") else int(groups.get("minute") or 0)
    return f"{hour}:{minute:02d}"


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " * len(match.group()) + text[match.end() :]
