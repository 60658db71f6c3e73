"""The characters of one Word paragraph: runs joined as they are, nothing invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree as ET

from engine.documents.office.archive import attribute, local_name
from engine.documents.office.form_fields import field_value
from engine.documents.office.symbols import is_symbol_font, symbol, written
from engine.documents.office.word_math import math_text, set_apart
from engine.documents.raised import Place, joined

_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SHIFTED_HALF_POINTS = 3
_LONGEST_SHIFTED = 4
_PLACES: dict[str, Place] = {"superscript": "raised", "subscript": "lowered"}
_LEFT_OUT = frozenset(
    # Deleted text, field codes, furigana (the base text follows), and drawings, whose
    # text boxes are read as paragraphs of their own.
    {
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "rt",
        "pPr",
        "rPr",
        "sectPr",
        "drawing",
        "pict",
        "object",
        "txbxContent",
        "sdtPr",
        "fldData",
    }
)


def block_elements(container: ET.Element) -> Iterator[ET.Element]:
    """Yield paragraphs and tables below an element, looking through wrappers."""
    stack = [iter(container)]
    while stack:
        for child in stack[-1]:
            name = local_name(child)
            if name in ("p", "tbl"):
                yield child
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "body", "tc"):
                stack.append(iter(child))
                break
        else:
            stack.pop()


def paragraph_text(paragraph: ET.Element) -> str:
    """Return the text of a paragraph without that of its text boxes."""
    pieces: list[tuple[str, Place]] = []
    stack: list[tuple[Iterator[ET.Element], Place, str]] = [(iter(paragraph), "", "")]
    while stack:
        children, place, font = stack[-1]
        for child in children:
            name = local_name(child)
            if name == "t":
                pieces.append((written(child.text or "", font), place))
            elif name in _CHARACTERS:
                pieces.append((_CHARACTERS[name], ""))
            elif name in _SPECIAL:
                pieces.append((_SPECIAL[name](child), ""))
            elif name not in _LEFT_OUT and len(child):
                if name == "r":
                    place, font = run_place(child), _symbol_font(child)
                stack.append((iter(child), place, font))
                break
        else:
            stack.pop()
    return set_apart(joined(pieces))


def run_place(run: ET.Element) -> Place:
    """Return where a run stands by its own properties."""
    values = {
        local_name(found): attribute(found, "val")
        for properties in run
        if local_name(properties) == "rPr"
        for found in properties
    }
    if "vertAlign" in values:
        return _PLACES.get(values["vertAlign"], "")
    shift = values.get("position", "")
    if not shift.lstrip("-").isdigit() or abs(int(shift)) < _SHIFTED_HALF_POINTS:
        return ""
    n_characters = sum(len(text.text or "") for text in run if local_name(text) == "t")
    if n_characters > _LONGEST_SHIFTED:
        return ""  # a line that is moved, not a mark
    return "raised" if int(shift) > 0 else "lowered"


def _symbol_font(run: ET.Element) -> str:
    """Return the symbol font of a run; empty for letters."""
    for properties in run:
        if local_name(properties) == "rPr":
            for found in properties:
                font = attribute(found, "ascii") if local_name(found) == "rFonts" else ""
                if is_symbol_font(font):
                    return font
    return ""


def mark_raised_runs(root: ET.Element, styles: Mapping[str, ET.Element]) -> None:
    """Give the runs of raised or lowered styles that property themselves.

    Args:
        root: Of a part; its runs are changed.
        styles: The ``vertAlign`` of each such character style.
    """
    for run in root.iter() if styles else ():
        if local_name(run) != "r" or not len(run) or local_name(run[0]) != "rPr":
            continue
        names = {local_name(found): attribute(found, "val") for found in run[0]}
        if "vertAlign" not in names and names.get("rStyle") in styles:
            run[0].append(styles[names["rStyle"]])


def _symbol(element: ET.Element) -> str:
    return symbol(attribute(element, "font"), attribute(element, "char"))


def _alternative_sign(element: ET.Element) -> str:
    """Return an emoji, which Word stores as a number for itself and as text for older programs.

    What else has alternatives is a drawing; its text boxes are read by themselves.
    """
    for alternative in element:
        for child in alternative:
            if local_name(child) == "symEx":
                return symbol(attribute(child, "font"), attribute(child, "char"))
        texts = [child.text or "" for child in alternative if local_name(child) == "t"]
        if texts:
            return "".join(texts)
    return ""


_SPECIAL: dict[str, Callable[[ET.Element], str]] = {
    "oMath": math_text,
    "oMathPara": math_text,
    "sym": _symbol,
    "fldChar": field_value,
    "AlternateContent": _alternative_sign,
}


def text_boxes(element: ET.Element) -> Iterator[ET.Element]:
    """Yield the text boxes anchored in an element, outermost only, each once.

    Word stores a box twice, for new and for old readers; the first with content counts.
    """
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            name = local_name(child)
            if name == "txbxContent":
                yield child
            elif name == "AlternateContent":
                chosen = _alternative(child)
                if chosen is not None:
                    stack.append(iter(chosen))
                    break
            elif name not in ("t", "rPr", "pPr") and len(child):
                stack.append(iter(child))
                break
        else:
            stack.pop()


def _alternative(alternatives: ET.Element) -> ET.Element | None:
    for alternative in alternatives:
        if any(local_name(found) == "txbxContent" for found in alternative.iter()):
            return alternative
    return None
