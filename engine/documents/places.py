"""Which places belong together, and the one label that several of them share."""

from __future__ import annotations

import functools
import re

from engine.documents.tables.grid import column_name
from engine.records import Location

_RANGE = re.compile(
    r"^(?P<sheet>.*!)?(?P<left>[A-Z]{1,3})(?P<top>\d+)"
    r"(:(?P<right>[A-Z]{1,3})(?P<bottom>\d+))?$",
    re.DOTALL,
)


def unit(location: Location) -> tuple[str, int, str]:
    """Return what a passage must not cross: the page, slide, sheet or mail part."""
    if location.kind in ("page", "slide"):
        return location.kind, location.first, ""
    if location.kind == "sheet":
        # A shape on a sheet has the sheet's name alone.
        sheet, mark, cells = location.name.rpartition("!")
        return location.kind, 0, sheet if mark or _RANGE.match(cells) else cells
    if location.kind == "part":
        return location.kind, 0, location.name
    return location.kind, 0, ""


def _column_number(name: str) -> int:
    return functools.reduce(lambda number, letter: number * 26 + ord(letter) - 64, name, 0)


def _cell_range(names: list[str]) -> str:
    """Return the range that covers several: ``Prices!A2:D2`` to ``Prices!A9:D9``."""
    matches = [match for match in map(_RANGE.match, names) if match]
    if not matches:
        return names[0]
    columns = [_column_number(m[side]) for m in matches for side in ("left", "right") if m[side]]
    rows = [int(m[side]) for m in matches for side in ("top", "bottom") if m[side]]
    first = f"{column_name(min(columns) - 1)}{min(rows)}"
    last = f"{column_name(max(columns) - 1)}{max(rows)}"
    return (matches[0]["sheet"] or "") + (first if first == last else f"{first}:{last}")


def spanned(locations: list[Location], trail: str) -> Location:
    """Return the place of a passage made from blocks of one unit, in order."""
    first, last = locations[0], locations[-1]
    names = list(dict.fromkeys(location.name for location in locations))
    if first.kind == "sheet":
        name = _cell_range(names)
    elif len(names) == 1:
        name = names[0]
    else:
        name = (trail or names[0]) if first.kind in ("section", "part") else ""
    return Location(first.kind, first.first, max(first.last, last.last, last.first), name)
