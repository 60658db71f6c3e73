"""What numbers, dates and times of day a text holds, in either language and any usual form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.workshop.evaluation.golden_answers import words


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, in what the unit is measured in.

    Attributes:
        amount: As meant: ``1.2 thousand`` is 1200, ``2 weeks`` is 14.
        unit: ``JPY``, ``day``, ``second``...; empty if none is said.
        span: Where it stands in the folded text.
        said: The number before its unit is counted in: 2 of ``2 weeks``.
    """

    amount: float
    unit: str
    span: tuple[int, int]
    said: float = 0.0


@dataclass(frozen=True)
class Date:
    """A day, a month or a day of any year.

    Attributes:
        readings: ``(year, month, day)`` with 0 for what is not said; more than one where a
            form such as 5/10/2025 can be read in two ways.
        span: Where it stands in the folded text.
    """

    readings: tuple[tuple[int, int, int], ...]
    span: tuple[int, int]


@dataclass(frozen=True)
class Time:
    """A time of day.

    Attributes:
        hour: 0 to 24.
        minute: 0 to 59.
        span: Where it stands in the folded text.
    """

    hour: int
    minute: int
    span: tuple[int, int]


@dataclass(frozen=True)
class Values:
    """All that a text holds.

    Attributes:
        text: It in the form that spans count in.
        quantities: Numbers that measure or count.
        dates: Days and months.
        times: Times of day.
    """

    text: str
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    times: tuple[Time, ...]


_KANJI = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_KANJI_NUMBER = re.compile(
    r"(?<!\d)(?:[〇一二三四五六七八九十百千]+(?=\s*(?:万|億|年|月|日|時|分|秒|円|週|か月|ヶ月|カ月|箇月|割|歳|%"
    rf"|営業日|パーセント|ポンド|ユーロ|ドル|つ|[{words.COUNTERS}]))"
    r"|[二三四五六七八九]?千[〇一二三四五六七八九十百]+|[二三四五六七八九]?百[一二三四五六七八九十]+"
    r"|[二三四五六七八九]?十[一二三四五六七八九])"
)
_ENUMERATOR = re.compile(
    r"(?m)^\s*(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\da-z])|[-*•・])\s+"
)
_DASHES = re.compile(r"[‐-―−]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")


def fold(text: str) -> str:
    """Return a text with width, case, dashes and spaces made the same, kanji numbers as digits."""
    text = _ENUMERATOR.sub("", text.replace("**", "").replace("`", ""))
    folded = unicodedata.normalize("NFKC", text).replace("’", "'")
    folded = _DASHES.sub("-", _INVISIBLE.sub("", folded)).casefold()
    folded = re.sub(r"元(?=年)", "1", folded)
    folded = _KANJI_NUMBER.sub(lambda found: str(_kanji_value(found.group())), folded)
    return re.sub(r"\s+", " ", folded).strip()


def _kanji_value(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in _KANJI:
            digit = 10 * digit + _KANJI[character]
        else:
            total += (digit or 1) * _POWERS[character]
            digit = 0
    return total + digit


def values_of(text: str) -> Values:
    """Return the values of a text; each part of it is read once, dates before all else."""
    folded = fold(text)
    rest = folded
    dates, rest = _taken(rest, _DATES)
    times, rest = _taken(rest, _TIMES)
    return Values(folded, tuple(_quantities(rest)), tuple(dates), tuple(times))


Read = TypeVar("Read", Date, Time)


def _taken(
    text: str, patterns: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Read | None]]]
) -> tuple[list[Read], str]:
    """Return what the patterns read, and the text with all that blanked out."""
    found: list[Read] = []
    for pattern, read in patterns:
        for match in pattern.finditer(text):
            value = read(match)
            if value is not None:
                found.append(value)
                start, end = match.span()
                text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return sorted(found, key=lambda value: value.span), text


# --- dates -----------------------------------------------------------------------------

_MONTH = "|".join(sorted(words.MONTHS, key=len, reverse=True))
_ERA = "|".join(words.ERAS)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"


def _date(match: re.Match[str], *readings: tuple[int, int, int]) -> Date | None:
    usable = tuple(r for r in readings if 0 <= r[1] <= 12 and 0 <= r[2] <= 31)
    return Date(usable, match.span()) if usable else None


def _western(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    month = words.MONTHS[parts["month"]]
    year, day = int(parts.get("year") or 0), int(parts.get("day") or 0)
    return _date(match, (year, month, day)) if year or day else None


def _japanese(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    year = int(parts.get("year") or 0)
    if parts.get("era"):
        year += words.ERAS[parts["era"]]
    return _date(match, (year, int(parts["month"]), int(parts.get("day") or 0)))


def _iso(match: re.Match[str]) -> Date | None:
    year, month, day = (int(part) for part in match.groups())
    return _date(match, (year, month, day))


def _slashed(match: re.Match[str]) -> Date | None:
    one, two, year = (int(part or 0) for part in match.groups())
    return _date(match, *dict.fromkeys(((year, two, one), (year, one, two))))


_DATES = (
    (re.compile(r"(?<![\w-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])"), _iso),
    (
        re.compile(
            rf"(?:(?P<era>{_ERA})?(?P<year>\d{{1,4}})年\s*)?(?P<month>\d{{1,2}})月\s*"
            r"(?P<day>\d{1,2})日(?:\s*\([月火水木金土日][^)]{0,4}\))?(?!間)"
        ),
        _japanese,
    ),
    (re.compile(rf"(?P<era>{_ERA})?(?P<year>\d{{1,4}})年\s*(?P<month>\d{{1,2}})月"), _japanese),
    (
        re.compile(
            rf"\b{_WEEKDAY}(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? "
            rf"(?P<month>{_MONTH})\b\.?,?(?: (?P<year>\d{{4}})\b)?"
        ),
        _western,
    ),
    (
        re.compile(
            rf"\b{_WEEKDAY}(?P<month>{_MONTH})\b\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
            r"(?!\d)(?:,? (?P<year>\d{4})\b)?"
        ),
        _western,
    ),
    (re.compile(rf"\b(?P<month>{_MONTH})\b\.?,?(?: of)? (?P<year>\d{{4}})\b"), _western),
    (re.compile(r"(?<![a-z0-9_/.-])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![a-z0-9_/])"), _slashed),
    (re.compile(r"(?<!\d)(?P<month>\d{1,2})月"), _japanese),
)


# --- times -----------------------------------------------------------------------------


def _clock(match: re.Match[str]) -> Time | None:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), 30 if parts.get("half") else int(parts.get("minute") or 0)
    late = (parts.get("half_day") or "").replace(".", "").strip() in ("pm", "午後")
    early = (parts.get("half_day") or "").replace(".", "").strip() in ("am", "午前")
    hour += 12 if late and hour < 12 else 0
    hour = 0 if early and hour == 12 else hour
    return Time(hour, minute, match.span()) if hour <= 24 and minute < 60 else None


def _noon(match: re.Match[str]) -> Time | None:
    return Time(12, 0, match.span())


_TIMES = (
    (
        re.compile(
            r"(?<![\d:.])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\s?(?P<half_day>[ap]\.?m\b\.?)"
        ),
        _clock,
    ),
    (re.compile(r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?![\d:])"), _clock),
    (re.compile(r"(?<![\d.,])(?P<hour>\d{1,2})\s?(?P<half_day>[ap]\.?m\b\.?)"), _clock),
    (
        re.compile(
            r"(?P<half_day>午前|午後)?\s*(?P<hour>\d{1,2})時(?!間)(?:(?P<minute>\d{1,2})分|(?P<half>半))?"
        ),
        _clock,
    ),
    (re.compile(r"\b(?:noon|midday)\b|正午"), _noon),
)


# --- numbers ---------------------------------------------------------------------------

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_WORDS = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_SPELLED = re.compile(
    rf"\b(?:(?:{_WORD}|a)[ -](?:hundred|thousand|million|billion)|(?!one\b|zero\b)(?:{_WORD}))"
    rf"(?:(?:,? and |[ -])(?:{_WORD}|hundred|thousand|million|billion))*\b"
)
_POWER_WORDS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MULTIPLIER = "|".join(sorted(words.MULTIPLIERS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![a-z0-9_.])(?:{_DIGITS})(?:\s?(?:{_MULTIPLIER}))?"
    rf"(?:(?<=[万億千])(?:{_DIGITS})(?:百万|[万千])?)*"
)
_PART = re.compile(rf"({_DIGITS})\s?({_MULTIPLIER})?")
_SPELLINGS = sorted(
    (
        (spelling, base, size)
        for base, size, spellings in words.UNITS.values()
        for spelling in spellings
    ),
    key=lambda entry: -len(entry[0]),
)
_BESIDE = re.compile(r"\s*(?:\(\d[\d,.]*\)|\)|\()?\s*(?:in )?\s*")
_SHORT = re.compile(r"\s?(k|mn?|bn)\b")
_SHORT_POWERS = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_BEFORE = re.compile(r"(us\$|[£€$¥]|\b(?:gbp|eur|usd|jpy|chf|sgd|yen|pounds|euros?))\s?[-+±]?\s?$")
_PER_ONE = re.compile(
    rf"(?<![\d,.])1\s*(?:[{words.COUNTERS}日泊年回]|か月|時間|キロ(?:メートル)?|ロット)(?:あたり|につき|当たり|ごと|でも)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
MONTHS_A_YEAR = 12
_ONE = re.compile(r"\b(?:an?|one) (hour|day|week|month|year|minute|night)\b")


def _quantities(text: str) -> list[Quantity]:
    """Return the numbers that measure or count, with parts of one amount (4分38秒) added up."""
    text = _PER_ONE.sub(lambda match: " " * len(match.group()), text)
    found: dict[tuple[int, int], float] = {}
    for match in _NUMBER.finditer(text):
        if not _names(text, match.span()):
            found[match.span()] = _amount(match.group())
    for match in _SPELLED.finditer(text):
        found[match.span()] = float(_spelled(match.group()))
    for match in _ONE.finditer(text):
        found.setdefault((match.start(), match.start(1) - 1), 1.0)
    read: list[tuple[Quantity, float]] = []
    for span in sorted(found):
        unit, size, end = _unit_at(text, span)
        if _YEAR.fullmatch(text[slice(*span)]) and (not unit or size == MONTHS_A_YEAR):
            continue  # a year measures nothing
        quantity = Quantity(found[span] * size, unit, (span[0], end), found[span])
        if read and _spans_to(read[-1][0], quantity, text):
            first = read.pop()[0]
            read.append((Quantity(first.said * size, unit, first.span, first.said), size))
        elif read and _adds_to(*read[-1], quantity, size, text):
            first = read.pop()[0]
            quantity = Quantity(first.amount + quantity.amount, unit, (first.span[0], end))
        read.append((quantity, size))
    return [quantity for quantity, _ in read]


def _spans_to(before: Quantity, new: Quantity, text: str) -> bool:
    """Tell whether two numbers are a range that names its unit once: 4-20 mA."""
    between = text[before.span[1] : new.span[0]].strip()
    return not before.unit and bool(new.unit) and between in ("-", "~", "to")


def _adds_to(before: Quantity, its_size: float, new: Quantity, size: float, text: str) -> bool:
    """Tell whether a number goes on with the amount before it: 7 hours 45 minutes."""
    between = text[before.span[1] : new.span[0]].strip(" ,")
    same = before.unit == new.unit and before.unit in ("second", "month", "day")
    return same and its_size > size and between in ("", "and", "と")


def _names(text: str, span: tuple[int, int]) -> bool:
    """Tell whether a number is part of a name: KF-200, clause 4, 第3条, 1. at a line's head."""
    start, end = span
    before, behind = text[max(0, start - 24) : start], text[end : end + 8]
    if re.search(r"[a-z_](?:-?\d+)*-?$", before) and not _BEFORE.search(before):
        return True
    if re.match(r"-[a-z](?![a-z])|-\d+-\d|a(?![a-z])", behind):
        return True
    return bool(words.LABELS.search(before) or words.LABELLED.match(behind))


def _amount(text: str) -> float:
    total = 0.0
    for digits, multiplier in _PART.findall(text):
        total += float(digits.replace(",", "")) * words.MULTIPLIERS.get(multiplier, 1)
    return total


def _spelled(text: str) -> int:
    total = group = 0
    for word in re.split(r"[ ,-]+", text):
        if word == "hundred":
            group = (group or 1) * 100
        elif word in _POWER_WORDS:
            total += (group or 1) * _POWER_WORDS[word]
            group = 0
        elif word == "a":
            group = 1
        else:
            group += _WORDS.get(word, 0)
    return total + group


def _unit_at(text: str, span: tuple[int, int]) -> tuple[str, float, int]:
    """Return unit, its size and where it ends; no unit, 1 and the number's end otherwise."""
    before = _BEFORE.search(text[max(0, span[0] - 10) : span[0]])
    if before:
        for spelling, base, size in _SPELLINGS:
            if before.group(1) == spelling:
                short = _SHORT.match(text, span[1])
                power = _SHORT_POWERS[short.group(1)] if short else 1
                return base, size * power, short.end() if short else span[1]
    at = _BESIDE.match(text, span[1])
    for place in (span[1], at.end() if at else span[1]):
        rest = text[place:].lstrip()
        skipped = len(text) - place - len(rest)
        rest = rest.removeprefix("-")
        for spelling, base, size in _SPELLINGS:
            if rest.startswith(spelling) and not _goes_on(spelling, rest[len(spelling) :]):
                return base, size, place + skipped + len(spelling)
    return "", 1, span[1]


def _goes_on(spelling: str, behind: str) -> bool:
    """Tell whether what looked like a unit is the beginning of another word."""
    return spelling[-1].isascii() and spelling[-1].isalpha() and behind[:1].isalnum()
