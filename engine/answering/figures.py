"""Do the amounts, dates and times of a claim stand in the evidence, in whatever form?"""

from __future__ import annotations

from dataclasses import replace

from engine.answering.facts import Facts
from engine.text.amounts import Amount
from engine.text.dates import Date, Moments


def amounts_agree(said: Facts, there: Facts, context: Facts, asked: Facts) -> bool:
    """Tell whether each amount of a claim stands in the evidence.

    Units must be the same where both have one; so must what is counted, if the evidence counts
    it with another number. A number without a unit may also stand in the headings (a year, a
    version), or in the question and anywhere in the document.

    Args:
        said: Of the claim.
        there: Of the evidence sentence.
        context: Of headings and the sentence before it.
        asked: Of the question, as far as the document has it.
    """
    return all(
        _stands(amount, there)
        or (not amount.unit and _in_heading(amount, there, context))
        or any(_same(amount, other) for other in asked.amounts)
        for amount in said.amounts
    )


def _stands(amount: Amount, there: Facts) -> bool:
    same = [other for other in there.amounts if _same(amount, other)]
    if amount.unit and any(other.unit == amount.unit for other in there.amounts):
        return any(other.unit == amount.unit for other in same)
    if not same or not amount.counted:
        return bool(same)
    counted = [other for other in there.amounts if other.counted == amount.counted]
    return not counted or any(other in counted or not other.counted for other in same)


def _same(amount: Amount, other: Amount) -> bool:
    if amount.value == other.value:
        return not (amount.unit and other.unit) or amount.unit == other.unit
    return amount.value == other.raw and not amount.unit


def _in_heading(amount: Amount, there: Facts, context: Facts) -> bool:
    years = there.moments.years | context.moments.years
    return amount.value in years or any(amount.value == other.value for other in context.amounts)


def moments_agree(said: Facts, there: Facts, asked: Facts, years: frozenset[int]) -> bool:
    """Tell whether each date and time of a claim stands in the evidence or in the question.

    Args:
        said: Of the claim.
        there: Of the evidence sentence.
        asked: Of the question, as far as the document has it.
        years: What a date of the evidence may mean that leaves its year open.
    """
    known = [date for dates in (*there.moments.dates, *asked.moments.dates) for date in dates]
    plain = {int(n.value) for n in (*there.amounts, *asked.amounts) if n.value == int(n.value)}
    return all(
        any(_told(date, known, plain, years) for date in dates) for dates in said.moments.dates
    ) and set(said.moments.times) <= set(there.moments.times) | set(asked.moments.times)


def _told(date: Date, known: list[Date], plain: set[int], years: frozenset[int]) -> bool:
    if date.month is None:
        return date.year in years or date.year in plain
    return any(other.tells(date, years) for other in known)


def one_by_one(said: Facts) -> list[Facts]:
    """Return each amount, date and time of a text as if it stood alone."""
    nothing = Moments((), (), (), "")
    alone = replace(said, amounts=(), moments=nothing, codes=(), names=())
    found = [replace(alone, amounts=(amount,)) for amount in said.amounts]
    found += [
        replace(alone, moments=replace(nothing, dates=(dates,))) for dates in said.moments.dates
    ]
    return found + [
        replace(alone, moments=replace(nothing, times=(time,))) for time in said.moments.times
    ]


def shared(said: Facts, there: Facts) -> frozenset[object]:
    """Return the figures of a claim that also stand in another text, as values."""
    found: set[object] = {
        amount.value for amount in said.amounts if any(_same(amount, n) for n in there.amounts)
    }
    known = [date for dates in there.moments.dates for date in dates]
    for dates in said.moments.dates:
        found |= {
            date for date in dates if any(other.tells(date, said.moments.years) for other in known)
        }
    return frozenset(found | set(said.moments.times) & set(there.moments.times))


_FAMILIES = {
    **dict.fromkeys(("minute", "hour", "day", "week", "month", "year"), "duration"),
    **dict.fromkeys(("yen", "euro", "dollar", "pound", "franc"), "money"),
}


def kinds(found: Facts) -> frozenset[str]:
    """Return of which kinds the figures of a text are: units, durations, money, date, time."""
    units = {_FAMILIES.get(amount.unit, amount.unit or "number") for amount in found.amounts}
    return frozenset(
        units
        | ({"date"} if found.moments.dates else set())
        | ({"time of day"} if found.moments.times else set())
    )


def alike(which: frozenset[str], there: frozenset[str]) -> bool:
    """Tell whether two texts have figures of one kind; a bare number may be of any."""
    moments = {"date", "time of day"}
    return bool(which & there) or ("number" in which and bool(there - moments))
