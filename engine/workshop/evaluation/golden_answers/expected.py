"""What an answer to a golden question must hold, read from its line in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.workshop.evaluation.golden_answers.quantities import Date, Quantity, Time, Values
from engine.workshop.evaluation.golden_answers.words import MONEY, UNITS

Part = Quantity | Date | Time


@dataclass(frozen=True)
class Expected:
    """What is accepted.

    Attributes:
        forms: Texts, any of which is the answer.
        parts: Values, all of which make the answer; none where only the texts count.
        yes: The answer to a question of yes or no; None to others.
        beside: Values that may stand beside the right one without harm.
        wrong: Texts that none but a wrong answer holds.
    """

    forms: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    yes: bool | None = None
    beside: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


class NotAValue(ValueError):
    """A typed form that cannot be read; its text says why."""


def expected_of(row: Mapping[str, Any]) -> Expected:
    """Read what a line of the file accepts.

    ``answers`` are as a source has them, ``also`` other forms; ``value`` is one typed form or
    a list of them: ``{"number": 25, "unit": "day"}``, ``{"date": "2025-10-10"}`` (``--10-10``
    without a year, ``2026-04`` a month), ``{"time": "15:00"}``, ``{"yes": true}``.

    Raises:
        NotAValue: A typed form is none of these.
    """
    value = row.get("value", [])
    values = value if isinstance(value, list) else [value]
    yes = [bool(each["yes"]) for each in values if "yes" in each]
    parts = [_part(each) for each in values if "yes" not in each]
    return Expected(
        forms=(*_texts(row, "answers"), *_texts(row, "also")),
        parts=tuple(parts),
        yes=yes[0] if yes else None,
        beside=_texts(row, "beside"),
        wrong=_texts(row, "wrong"),
    )


def _texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    texts = row.get(key, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise NotAValue(f'"{key}" must be a list of texts')
    return tuple(texts)


def _part(value: Any) -> Part:
    nowhere = (0, 0)
    try:
        if "number" in value:
            base, size = _unit(str(value.get("unit", "")))
            said = float(value["number"])
            return Quantity(said * size, base, nowhere, said)
        if "date" in value:
            return Date((_day(str(value["date"])),), nowhere)
        if "time" in value:
            hour, minute = str(value["time"]).split(":")
            return Time(int(hour), int(minute), nowhere)
    except (TypeError, ValueError, KeyError) as error:
        raise NotAValue(f"{value} is no value ({error})") from error
    raise NotAValue(f"{value} is no value")


def _unit(name: str) -> tuple[str, float]:
    if not name:
        return "", 1
    base, size, _ = UNITS[name]
    return base, size


def _day(text: str) -> tuple[int, int, int]:
    if text.startswith("--"):
        month, day = text[2:].split("-")
        return 0, int(month), int(day)
    year, month, *day_of = text.split("-")
    return int(year), int(month), int(day_of[0]) if day_of else 0


def same(expected: Part, found: Part) -> bool:
    """Tell whether a found value is an expected one; what is not said does not differ."""
    if isinstance(expected, Quantity) and isinstance(found, Quantity):
        if found.unit not in ("", expected.unit):
            return False
        wanted = expected.amount if found.unit else expected.said
        return abs(wanted - found.amount) <= 1e-6 * max(1.0, abs(wanted))
    if isinstance(expected, Date) and isinstance(found, Date):
        return any(_same_day(expected.readings[0], reading) for reading in found.readings)
    if isinstance(expected, Time) and isinstance(found, Time):
        return (expected.hour, expected.minute) == (found.hour, found.minute)
    return False


def _same_day(expected: tuple[int, int, int], found: tuple[int, int, int]) -> bool:
    year, month, day = expected
    if month != found[1] or (year and found[0] and year != found[0]):
        return False
    return not day or day == found[2]


def rivals(expected: Part, values: Values) -> list[Part]:
    """Return the found values of the kind of an expected one that are another value.

    Of numbers these are those of the same unit, and digits without one where the right value
    has none either, or is an amount of money (a list names its currency once); of dates those
    that are as exact as the expected one.
    """
    if isinstance(expected, Quantity):
        said = any(same(expected, each) and each.unit for each in values.quantities)
        bare = not said or expected.unit in MONEY
        return [
            each
            for each in values.quantities
            if not same(expected, each) and _competes(expected, each, values.text, bare=bare)
        ]
    if isinstance(expected, Date):
        exact = bool(expected.readings[0][2])
        return [
            each
            for each in values.dates
            if not same(expected, each) and (not exact or each.readings[0][2])
        ]
    return [each for each in values.times if not same(expected, each)]


def _competes(expected: Quantity, found: Quantity, text: str, *, bare: bool) -> bool:
    said = text[slice(*found.span)]
    if found.unit:
        return found.unit == expected.unit and not said.startswith(("a ", "an "))
    return bare and any(character.isdigit() for character in said)


def parts_of(values: Values, kind: type[Part]) -> Sequence[Part]:
    """Return the found values of one kind."""
    if kind is Quantity:
        return values.quantities
    return values.dates if kind is Date else values.times
