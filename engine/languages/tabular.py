"""What a language's words mean in questions about tables, and in cells that hold ranges."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BoundRules:
    """Limits of a number, in comparable form; each pattern stands right before or behind it.

    Attributes:
        at_least: Before and behind a number that is the least: "from", "or more".
        at_most: The most: "up to", "以下".
        more: Just missed by all that count: "more than", "超".
        less: "below", "未満".
        between: Between the ends of a range.
    """

    at_least: tuple[str, str] = ("", "")
    at_most: tuple[str, str] = ("", "")
    more: tuple[str, str] = ("", "")
    less: tuple[str, str] = ("", "")
    between: str = ""


@dataclass(frozen=True)
class TabularRules:
    """How a language asks for what tables hold.

    Attributes:
        bounds: See :class:`BoundRules`.
        unit: Before the unit of all numbers of a table: "unit:", 「単位：」.
    """

    bounds: BoundRules = BoundRules()
    unit: str = ""
