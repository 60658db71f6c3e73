"""What a workbook says of its tables beside the text of cells: looks, merged cells, heads."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree as ET

from engine.documents.limits import MAX_SHEET_COLUMNS
from engine.documents.office.archive import Package, attribute, local_name
from engine.documents.tables.grid import ACROSS, BOLD, DOWN, FILLED, LIKELY, MARKED

_RANGE = rb'ref="\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?"'
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?" + _RANGE)
_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\s[^>]*?" + _RANGE)
_PANE = re.compile(rb"<(?:\w+:)?pane\s[^>]*>")
_FROZEN_ROWS = re.compile(rb'\bySplit="(\d{1,3})(?:\.0*)?"')

_MAX_MERGED_CELLS = 100_000
_MAX_MERGED_ROWS = 5_000

_NO_COLOUR = frozenset({"", "FFFFFFFF", "00FFFFFF", "00000000", "FFFFFF"})

Merged = dict[int, dict[int, tuple[int, int, int]]]
"""By row and column of a covered cell: row and column of the first cell, and flags."""


def column_number(letters: str) -> int:
    """Return 0 for ``A``, 26 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def style_looks(styles: ET.Element | None) -> list[int]:
    """Return the flags of each cell style: bold, and a background that is not white."""
    groups = {local_name(group): group for group in (styles if styles is not None else ())}
    bold = [_is_bold(font) for font in groups.get("fonts", ())]
    filled = [_is_filled(fill) for fill in groups.get("fills", ())]
    looks = []
    for style in groups.get("cellXfs", ()):
        font, fill = _index(style, "fontId"), _index(style, "fillId")
        look = BOLD if font < len(bold) and bold[font] else 0
        look |= FILLED if fill < len(filled) and filled[fill] else 0
        looks.append(look)
    return looks


def _index(style: ET.Element, name: str) -> int:
    text = style.get(name, "")
    return int(text) if text.isdigit() else 0


def _is_bold(font: ET.Element) -> bool:
    return any(
        local_name(found) == "b" and found.get("val", "1") not in ("0", "false") for found in font
    )


def _is_filled(fill: ET.Element) -> bool:
    for pattern in fill:
        if local_name(pattern) == "gradientFill":
            return True
        if local_name(pattern) == "patternFill" and pattern.get("patternType") == "solid":
            colours = [c for c in pattern if local_name(c) == "fgColor"]
            # Theme colour 0 is the white of the paper unless it is tinted.
            return any(
                c.get("rgb", "x") not in _NO_COLOUR and (c.get("theme") != "0" or c.get("tint"))
                for c in colours
            )
    return False


def _end_of_cells(xml: bytes) -> int:
    """Return where in a sheet part the cells, by far the most of it, are over."""
    return max(xml.rfind(b"sheetData"), 0)


def merged_cells(xml: bytes) -> Merged:
    """Return the cells of a sheet that merged ones cover, up to a number of them.

    A category that spans rows belongs to each of them, a heading over columns to all.
    """
    found: Merged = defaultdict(dict)
    n_cells = 0
    for left, top, right, bottom in _MERGED.findall(xml, _end_of_cells(xml)):
        first = column_number(left.decode())
        last = min(column_number((right or left).decode()), MAX_SHEET_COLUMNS - 1)
        start = int(top)
        for row in range(start, min(int(bottom or top), start + _MAX_MERGED_ROWS) + 1):
            for column in range(first, last + 1):
                flags = (ACROSS if column > first else 0) | (DOWN if row > start else 0)
                if flags:
                    found[row][column] = (start, first, flags)
            n_cells += last - first + 1
            if n_cells > _MAX_MERGED_CELLS:
                return found
    return found


def header_cells(package: Package, part: str, xml: bytes) -> dict[int, list[tuple[int, int, int]]]:
    """Return by row the columns (first, behind last) that name others, and how sure that is.

    Table objects know their heads; a filter stands on one, and frozen rows end with one.
    """
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for relation in package.relations(part):
        if relation.type == "table":
            table = package.xml(relation.target)
            if table is not None and attribute(table, "headerRowCount") != "0":
                _add(found, f'ref="{attribute(table, "ref")}"'.encode(), MARKED)
    for match in _FILTER.finditer(xml, _end_of_cells(xml)):
        _add(found, match.group(), LIKELY)
    for pane in _PANE.findall(xml, 0, max(xml.find(b"sheetData"), 0)):
        rows = _FROZEN_ROWS.search(pane)
        if rows and b"frozen" in pane:
            found[int(rows[1])].append((0, MAX_SHEET_COLUMNS, LIKELY))
    return found


def _add(found: dict[int, list[tuple[int, int, int]]], text: bytes, flag: int) -> None:
    if match := re.search(_RANGE, text):
        left, top, right, _ = match.groups()
        last = min(column_number((right or left).decode()), MAX_SHEET_COLUMNS - 1)
        found[int(top)].append((column_number(left.decode()), last + 1, flag))
