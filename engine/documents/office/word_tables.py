"""Tables of Word documents as a grid: merged cells, rows that start late, marked headers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree as ET

from engine.documents.cleaning import one_line
from engine.documents.office.archive import attribute, local_name
from engine.documents.office.word_styles import Styles
from engine.documents.office.word_text import block_elements, paragraph_text, text_boxes
from engine.documents.tables.grid import BOLD, FILLED, MARKED, GridBuilder, Row
from engine.documents.tables.writing import row_texts

_WHITE = ("", "auto", "FFFFFF", "ffffff")


def _cell_text(cell: ET.Element) -> str:
    """Return the paragraphs of a cell as lines; tables within it are read row by row."""
    parts: list[str] = []
    for element in block_elements(cell):
        if local_name(element) == "p":
            # A break within a paragraph and one between paragraphs look alike.
            parts.extend(paragraph_text(element).split("\n"))
            parts.extend(
                paragraph_text(p)
                for box in text_boxes(element)
                for p in box.iter()
                if local_name(p) == "p"
            )
        else:
            parts.extend(text for _, text in row_texts(table_rows(element)))
    # Blank paragraphs keep entries of neighbouring cells beside each other.
    return "\n".join(map(one_line, parts)).rstrip("\n")


def _children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield children of one name, looking through content controls."""
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _children(child, name)


def _property(element: ET.Element, group: str, name: str) -> ET.Element | None:
    for properties in element:
        if local_name(properties) == group:
            for found in properties:
                if local_name(found) == name:
                    return found
    return None


def _number(element: ET.Element, group: str, name: str, otherwise: int) -> int:
    found = _property(element, group, name)
    text = attribute(found, "val") if found is not None else ""
    return int(text) if text.isdigit() and len(text) < 5 else otherwise


def _is_on(element: ET.Element | None) -> bool:
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def _look(cell: ET.Element) -> int:
    shade = _property(cell, "tcPr", "shd")
    filled = shade is not None and attribute(shade, "fill") not in _WHITE
    runs = [r for r in cell.iter() if local_name(r) == "r" and "".join(r.itertext()).strip()]
    bold = bool(runs) and all(_is_on(_property(run, "rPr", "b")) for run in runs)
    return (FILLED if filled else 0) | (BOLD if bold else 0)


def _has_styled_head(table: ET.Element, styles: Styles | None) -> bool:
    """Tell whether the style of a table sets its first row off, and the table uses that."""
    look = _property(table, "tblPr", "tblLook")
    style = _property(table, "tblPr", "tblStyle")
    if look is None or style is None or styles is None:
        return False
    bits = attribute(look, "val")
    used = attribute(look, "firstRow") in ("1", "true", "on")
    with suppress(ValueError):
        used = used or bool(int(bits or "0", 16) & 0x20)
    return used and styles.sets_first_row_off(attribute(style, "val"))


def table_rows(table: ET.Element, styles: Styles | None = None) -> list[Row]:
    """Return the grid of a table.

    Args:
        table: The ``w:tbl``.
        styles: Those of the document, to see whether the first row is set off.
    """
    grid = GridBuilder()
    set_off = _has_styled_head(table, styles)
    for row in _children(table, "tr"):
        if _property(row, "trPr", "del") is not None:
            continue
        marked = MARKED if _is_on(_property(row, "trPr", "tblHeader")) else 0
        grid.skip(_number(row, "trPr", "gridBefore", 0))
        for cell in _children(row, "tc"):
            n_columns = _number(cell, "tcPr", "gridSpan", 1)
            merge = _property(cell, "tcPr", "vMerge")
            if merge is not None and attribute(merge, "val") != "restart":
                grid.go_on_down(n_columns)
            else:
                text = _cell_text(cell)
                grid.cell(text, n_columns=n_columns, look=_look(cell) | marked)
        grid.end_row(likely=set_off and not grid.rows)
    return grid.rows
