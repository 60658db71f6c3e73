"""The characters of a paragraph in a drawing (DrawingML), as shapes, slides and charts have it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from engine.documents.office.archive import attribute, local_name
from engine.documents.office.symbols import is_symbol_font, written
from engine.documents.office.word_math import MATH, math_text, set_apart
from engine.documents.raised import Place, joined

_RUNS = frozenset({"r", "fld"})


def drawn_text(paragraph: ET.Element) -> str:
    """Return the text of a paragraph; runs joined as they are."""
    pieces: list[tuple[str, Place]] = []
    stack: list[tuple[Iterator[ET.Element], Place, str]] = [(iter(paragraph), "", "")]
    while stack:
        children, place, font = stack[-1]
        for child in children:
            name = local_name(child)
            if name == "t":
                pieces.append((written(child.text or "", font), place))
            elif name == "br":
                pieces.append(("\n", ""))
            elif name in MATH:
                pieces.append((math_text(child), ""))
            elif name == "AlternateContent":
                stack.append((iter(child[:1]), place, font))
                break
            elif len(child):
                if name in _RUNS:
                    place, font = _place(child), _symbol_font(child)
                stack.append((iter(child), place, font))
                break
        else:
            stack.pop()
    return set_apart(joined(pieces))


def _place(run: ET.Element) -> Place:
    """Return where a run stands: its base line is given in thousandths of a percent."""
    for properties in run:
        if local_name(properties) == "rPr":
            shift = attribute(properties, "baseline")
            if shift.lstrip("-").isdigit() and int(shift):
                return "raised" if int(shift) > 0 else "lowered"
    return ""


def _symbol_font(run: ET.Element) -> str:
    """Return the symbol font of a run; empty for letters."""
    for properties in run:
        if local_name(properties) == "rPr":
            fonts = [attribute(f, "typeface") for f in properties if local_name(f) == "latin"]
            return next(filter(is_symbol_font, fonts), "")
    return ""
