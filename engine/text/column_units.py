"""The unit that the name of a column gives its numbers: "Price (EUR)", 「金額（千円）」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.languages import PROFILES, any_of
from engine.text.amounts import SCALES, UNIT_OF
from engine.text.normalise import normalise

_SCALE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))
_UNIT = "|".join(sorted(map(re.escape, UNIT_OF), key=len, reverse=True))
_COUNTER = any_of(profile.facts.counters for profile in PROFILES) + r"|pcs|pc|pieces|units?|ea|fte"
_LABEL = any_of(profile.tabular.unit for profile in PROFILES)
_WHOLE = re.compile(
    rf"(?:{_LABEL})?(?:in )?(?P<k>k(?=eur|usd|gbp|chf|€|\$|£))?(?P<scale>{_SCALE})?s?\s?(?:of )?"
    rf"(?P<unit>{_UNIT}|{_COUNTER})?(?:\s?(?P<later>{_SCALE}|'000|000))?s?"
    r"(?P<per>(?:/| per )[^\d]{1,16})?"
)
_BRACKETS = re.compile(r"[(\[（［【]([^()\[\]（）［］【】]{1,24})[)\]）］】]")
_LAST = re.compile(
    rf"(?:[\s,、:]|in )((?:{_SCALE})?(?:eur|usd|gbp|chf|jpy|円|€|\$|£|¥|%|kg|km))$", re.IGNORECASE
)


@dataclass(frozen=True)
class ColumnUnit:
    """The unit of a column.

    Attributes:
        unit: Canonical; empty if the name gives none.
        shown: As the name has it.
        scale: Of the shown unit in canonical ones.
    """

    unit: str = ""
    shown: str = ""
    scale: int = 1


def column_unit(name: str) -> ColumnUnit:
    """Return the unit that a name gives, that of its last brackets first."""
    for inner in reversed(_BRACKETS.findall(name)):
        found = _read(inner)
        if found is not None:
            return found
    last = _LAST.search(name.strip())
    return (_read(last[1]) if last else None) or ColumnUnit()


def _read(text: str) -> ColumnUnit | None:
    form = normalise(text)
    match = _WHOLE.fullmatch(form)
    if match is None or not form:
        return None
    scale = 1000 if match["k"] or match["later"] in ("'000", "000") else 1
    for word in (match["scale"], match["later"]):
        scale *= SCALES.get(word or "", 1)
    unit = match["unit"] or ""
    if not unit and scale == 1:
        return None
    per = (match["per"] or "").replace(" per ", "/")
    shown = re.sub(rf"^(?:{_LABEL})", "", text.strip(), flags=re.IGNORECASE)
    return ColumnUnit(UNIT_OF.get(unit, unit) + per, shown, scale)
