"""Strings of workbooks: plain ones, and those of several runs."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from engine.documents.office.archive import local_name
from engine.documents.office.escapes import unescaped
from engine.documents.office.symbols import is_symbol_font, written
from engine.documents.office.word_text import run_place
from engine.documents.raised import Place, joined


def string_text(item: ET.Element) -> str:
    """Return the text of a string without its furigana."""
    pieces: list[tuple[str, Place]] = []
    for child in item:
        name = local_name(child)
        if name == "t":
            pieces.append((unescaped(child.text or ""), ""))
        elif name == "r":
            place = run_place(child)
            font = _font(child)
            texts = (run.text or "" for run in child if local_name(run) == "t")
            pieces.extend((written(unescaped(text), font), place) for text in texts)
    return joined(pieces)


def _font(run: ET.Element) -> str:
    for properties in run:
        if local_name(properties) == "rPr":
            names = [f.get("val", "") for f in properties if local_name(f) == "rFont"]
            return names[0] if names else ""
    return ""


def symbol_styles(styles: ET.Element | None) -> dict[int, str]:
    """Return the symbol font of each cell style that has one."""
    groups = {local_name(group): group for group in (styles if styles is not None else ())}
    fonts = []
    for font in groups.get("fonts", ()):
        names = [found.get("val", "") for found in font if local_name(found) == "name"]
        fonts.append(names[0] if names and is_symbol_font(names[0]) else "")
    found: dict[int, str] = {}
    for index, style in enumerate(groups.get("cellXfs", ()) if any(fonts) else ()):
        number = style.get("fontId", "")
        if number.isdigit() and int(number) < len(fonts) and fonts[int(number)]:
            found[index] = fonts[int(number)]
    return found
