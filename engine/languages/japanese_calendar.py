"""Japanese eras and weekdays, as calendars and spreadsheets name them."""

from __future__ import annotations

import datetime as dt

ERAS = (
    (dt.date(2019, 5, 1), "令和", "R"),
    (dt.date(1989, 1, 8), "平成", "H"),
    (dt.date(1926, 12, 25), "昭和", "S"),
    (dt.date(1912, 7, 30), "大正", "T"),
    (dt.date(1868, 1, 1), "明治", "M"),
)
"""First day, name and letter of each era, newest first."""

WEEKDAYS = "日月火水木金土"
"""Sunday first; 曜日 follows in the long form."""


def era_of(year: int, month: int, day: int) -> tuple[str, str, int] | None:
    """Return name, letter and year of the era of a day; None before 1868."""
    for first, name, letter in ERAS:
        if (year, month, day) >= (first.year, first.month, first.day):
            return name, letter, year - first.year + 1
    return None
