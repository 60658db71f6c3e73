"""What a language's words mean in questions about tables, and in cells that hold ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["high", "low"]


@dataclass(frozen=True)
class BoundRules:
    """Limits of a number, in comparable form; each pattern stands right before or behind it.

    Attributes:
        at_least: Before and behind a number that is the least: "from", "or more".
        at_most: The most: "up to", "以下".
        more: Just missed by all that count: "more than", "超".
        less: "below", "未満".
        between: Between the ends of a range.
        joint: The same where nothing in front says that there are two ends.
    """

    at_least: tuple[str, str] = ("", "")
    at_most: tuple[str, str] = ("", "")
    more: tuple[str, str] = ("", "")
    less: tuple[str, str] = ("", "")
    between: str = ""
    joint: str = ""


@dataclass(frozen=True)
class Superlative:
    """A word that asks for the largest or smallest of its kind: "most expensive", "一番古い".

    Attributes:
        pattern: The word.
        concept: What the column is of, see :attr:`TabularRules.concepts`; empty for any.
        direction: Which end.
    """

    pattern: str
    concept: str
    direction: Direction


@dataclass(frozen=True)
class TabularWords:
    """What an answer from a table says.

    Attributes:
        operations: By operation, with ``{column}`` and what the operation needs.
        where: Before the filters; joined by ``also``.
        relations: By relation, with ``{column}`` and ``{value}``.
        based: What a figure rests on, with ``{rows}`` and ``{table}``.
        colon: Between a name and its value.
        in_table: Which of several tables a row stands in, with ``{row}`` and ``{table}``.
        sentences: What is said about cells that do not count, by its code.
        units: Canonical units as they stand behind a number.
    """

    operations: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    also: str = ", "
    based: str = ""
    colon: str = ": "
    in_table: str = "{row} ({table})"
    sentences: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TabularRules:
    """How a language asks for what tables hold; patterns are searched in comparable form.

    Attributes:
        bounds: See :class:`BoundRules`.
        unit: Before the unit of all numbers of a table: "unit:", 「単位：」.
        count: Asks how many there are.
        totals: Begins a row that adds up those above it, beside those of
            :class:`engine.languages.profile.TableRules`; must match a cell whole.
        measured: Asks how many of a unit, which a cell has to hold: 何台.
        qualifiers: Words that change what is meant, and no plan knows of: "new", 「前回」.
        sum: Asks for the sum.
        mean: Asks for the mean.
        difference: Asks how far two are apart.
        listing: Asks for all rows.
        superlatives: See :class:`Superlative`, the most telling first.
        top: How many of the largest are wanted, with group ``n``.
        group: One figure for each of something, with group ``by``.
        months: By month, in ``by``; so ``years``.
        years: By year.
        sheets: One of several tables of the same columns: "sheet".
        rates: In the name of a column whose values do not add up: prices of one, rates.
        concepts: What columns are of, in names and in questions alike, by name.
        asks: What a question word asks for: pattern and concept.
        upper: Name (whole) of a column whose steps end at its numbers.
        steps: Name (whole) of a column that holds steps, by either end.
        particles: Characters at the end of words that are no part of a cell's text.
        fillers: Words of a question that name nothing in a table.
        before: Right before or behind a date: rows up to it; so ``since`` and ``until``.
        since: From it on.
        until: Up to it and including it.
        fiscal: Behind a year that begins in April.
        words: See :class:`TabularWords`.
    """

    bounds: BoundRules = BoundRules()
    unit: str = ""
    count: str = ""
    totals: str = ""
    measured: str = ""
    qualifiers: str = ""
    upper: str = ""
    steps: str = ""
    particles: str = ""
    sum: str = ""
    mean: str = ""
    difference: str = ""
    listing: str = ""
    superlatives: tuple[Superlative, ...] = ()
    top: str = ""
    group: str = ""
    months: str = ""
    years: str = ""
    sheets: str = ""
    rates: str = ""
    concepts: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[tuple[str, str], ...] = ()
    fillers: str = ""
    before: tuple[str, str] = ("", "")
    since: tuple[str, str] = ("", "")
    until: tuple[str, str] = ("", "")
    fiscal: str = ""
    words: TabularWords = field(default_factory=TabularWords)
