"""Cell values as a person sees them in the sheet."""

from __future__ import annotations

import datetime as dt
import functools
import re

from engine.documents.cleaning import one_line
from engine.documents.office.number_format import moments
from engine.documents.office.number_format.apply import number_text, section_of, words_text
from engine.documents.office.number_format.code import Section
from engine.documents.office.number_format.numbers import general

_SEPARATORS = re.compile(r"[\s\-/.,:TZ]*")
"""What stands between the figures of a date that is written in figures alone."""

_MOST_WHOLE_DIGITS = 1e15
"""Whole numbers below are shown with all digits, where Excel turns to 4.90E+12 from 12 on: codes
of articles and of accounts would be lost."""


def shown_words(words: str, code: str = "General") -> str:
    """Return the text of a cell that holds text or a truth value, on one line."""
    if "@" not in code and ";" not in code:
        return one_line(words)
    return one_line(words_text(words, code)) or one_line(words)


def shown_number(number: float, code: str = "General", *, since_1904: bool = False) -> str:
    """Return the text of a cell that holds a number.

    Dates in figures alone are given as ISO 8601, since nobody can tell 4/5/26; the other
    dates as they stand, with the ISO date behind where the year is short or left out.

    Args:
        number: The stored value; a day number where the format is one of dates.
        code: Format code; empty for General.
        since_1904: True if the workbook counts days from 1904.

    Returns:
        Empty if the number is none.
    """
    if number != number or number in (float("inf"), float("-inf")):
        return ""
    section, _ = section_of(number, code)
    if section is None or section.kind == "general":
        is_bare = section is None or len(section.tokens) == 1
        if is_bare and number == int(number) and abs(number) < _MOST_WHOLE_DIGITS:
            return str(int(number))
    elif section.kind == "date":
        return _date(number, code, section, since_1904=since_1904)
    text = one_line(number_text(number, code, since_1904=since_1904))
    return text if code.strip("; ") else general(number)  # ";;;" hides what is there


def _date(number: float, code: str, section: Section, *, since_1904: bool) -> str:
    look = _look(section)
    days = number + moments.DAYS_TO_1904 * since_1904
    is_day = look.has_day and number >= 0 and 0 <= days < moments.LARGEST_SERIAL
    if is_day and days < 1:  # no day at all
        return _clock(days, look) if look.has_time else general(number)
    if is_day and look.in_figures:
        return _iso(days, look)
    text = one_line(number_text(number, code, since_1904=since_1904))
    return text if look.is_as_shown or not is_day else f"{text} ({_iso(days, look)})"


class _Look:
    """What a date's format shows, and how."""

    def __init__(self, section: Section) -> None:
        codes = [
            "min" if position in moments.minutes_among(section.tokens) else token.text
            for position, token in enumerate(section.tokens)
            if token.kind == "date"
        ]
        first = {text[0] for text in codes if text != "min"}
        months = any(text[0] == "m" and text != "min" for text in codes)
        is_long_year = any(text[:3] == "yyy" or text[:3] == "ggg" for text in codes)
        self.has_year = bool(first & set("yegb"))
        self.is_month = months and self.has_year and not first & set("da")
        self.has_day = months or bool(first & set("ydegab"))
        self.has_time = moments.has_time(section.tokens)
        self.has_seconds = "s" in first
        readable = moments.is_plain_english(section) or moments.is_japanese(section)
        foreign = moments.uses_names(section) and not readable
        names = {text[:3] for text in codes} & {"mmm", "ddd"} | first & set("egab")
        literals = "".join(t.text for t in section.tokens if t.kind == "literal")
        in_words = bool(names) or not _SEPARATORS.fullmatch(literals)
        only_year = self.has_year and not months and not first & set("da")
        self.in_figures = (not in_words and not only_year) or foreign
        self.is_as_shown = not self.in_figures and (is_long_year or only_year)


@functools.lru_cache(maxsize=256)
def _look(section: Section) -> _Look:
    return _Look(section)


def _clock(days: float, look: _Look) -> str:
    seconds = moments.moment(days, 0).n_ticks
    text = f"{seconds // 3_600:02d}:{seconds // 60 % 60:02d}"
    return f"{text}:{seconds % 60:02d}" if look.has_seconds and seconds % 60 else text


def _iso(days: float, look: _Look) -> str:
    when = moments.moment(days, 0, whole_days=not look.has_time)
    if look.is_month:
        return f"{when.year:04d}-{when.month:02d}"
    date = f"{when.year:04d}-{when.month:02d}-{when.day:02d}"
    return f"{date} {_clock(days, look)}" if look.has_time and look.in_figures else date


def iso_text(moment: dt.datetime) -> str:
    """Return a moment that is stored as ISO 8601 the way dates in figures are shown."""
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.replace(microsecond=0, tzinfo=None).isoformat(" ").removesuffix(":00")
