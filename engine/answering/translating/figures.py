"""Are the figures and dates of a text in its translation?"""

from __future__ import annotations

from decimal import Decimal

from engine.answering.facts import Facts, facts


def lost_figures(source: str, translation: str) -> tuple[str, ...]:
    """Return the amounts, dates and codes of a text that its translation lacks, as values.

    Units are not compared: they have other names in another language.

    >>> lost_figures("It costs 4,200 euros from 1 May 2025.", "2025年5月1日から4,300ユーロ。")
    ('4200',)
    """
    there, said = facts(source), facts(translation)
    lost = [
        _plain(amount.value)
        for amount in there.amounts
        if not any(amount.value in (other.value, other.raw) for other in said.amounts)
        and not any(amount.raw in (other.value, other.raw) for other in said.amounts)
    ]
    for dates in there.moments.dates:
        if not any(
            date.tells(one, frozenset()) or one.tells(date, frozenset())
            for one in dates
            for others in said.moments.dates
            for date in others
        ):
            first = dates[0]
            parts = [part for part in (first.year, first.month, first.day) if part is not None]
            lost.append("-".join(f"{part:02d}" for part in parts))
    lost += [time for time in there.moments.times if time not in said.moments.times]
    lost += [code for code in there.codes if code not in _codes(said)]
    return tuple(dict.fromkeys(lost))


def _codes(said: Facts) -> frozenset[str]:
    return frozenset(said.codes)


def _plain(value: Decimal) -> str:
    return f"{value:g}" if value != int(value) else str(int(value))
