"""Formulas of Office (OMML) as people type them on one line: ``12/50``, ``(a+b)^2``."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from engine.documents.office.archive import attribute, local_name

MATH = frozenset({"oMath", "oMathPara"})
"""Names of the elements that hold a formula."""

_DEEPEST = 40
_ATOM = re.compile(r"[+\-−]?(?:\d+(?:[.,]\d+)*%?|\w)|\w+|\(.*\)", re.DOTALL)
_LEFT_OUT = frozenset({"rPr", "ctrlPr", "del", "moveFrom"})


_EDGE = "\ue010"
_NEEDLESS_EDGE = re.compile(rf"(?:^|(?<=[\s(（「]))\s*{_EDGE}|{_EDGE}(?=[\s.,;:!?)）」、。]|$)")


def math_text(element: ET.Element) -> str:
    """Return a formula on one line, with marks at its edges for :func:`set_apart`."""
    return _EDGE + " ".join(_text(element, 0).split()) + _EDGE


def set_apart(text: str) -> str:
    """Return a paragraph with a space where a formula would touch a word."""
    return _NEEDLESS_EDGE.sub("", text).replace(_EDGE, " ") if _EDGE in text else text


def _text(element: ET.Element | None, depth: int) -> str:
    if element is None:
        return ""
    if depth > _DEEPEST:
        return "".join(t.text or "" for t in element.iter() if local_name(t) == "t")
    name = local_name(element)
    if name == "t":
        return element.text or ""
    if name in _LEFT_OUT or name.endswith("Pr"):
        return ""
    write = _WRITERS.get(name)
    if write is not None:
        return write(element, depth + 1)
    return "".join(_text(child, depth + 1) for child in element)


def _part(element: ET.Element, name: str, depth: int) -> str:
    found = next((child for child in element if local_name(child) == name), None)
    return _text(found, depth).strip()


def _option(element: ET.Element, name: str, otherwise: str) -> str:
    """Return a character that the properties name; ``otherwise`` if they do not."""
    for group in element:
        if local_name(group).endswith("Pr"):
            for option in group:
                if local_name(option) == name:
                    return attribute(option, "val")
    return otherwise


def _grouped(text: str) -> str:
    return text if _ATOM.fullmatch(text) and not _is_split(text) else f"({text})"


def _is_split(text: str) -> bool:
    """Tell whether the first bracket closes before the end: ``(a)(b)``."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if text[0] == "(" and depth == 0 and position < len(text) - 1:
            return True
    return False


def _fraction(element: ET.Element, depth: int) -> str:
    above, below = _part(element, "num", depth), _part(element, "den", depth)
    return f"{_grouped(above)}/{_grouped(below)}" if above and below else above + below


def _superscript(element: ET.Element, depth: int) -> str:
    base, power = _part(element, "e", depth), _part(element, "sup", depth)
    return f"{_grouped(base)}^{_grouped(power)}" if power else base


def _subscript(element: ET.Element, depth: int) -> str:
    base, index = _part(element, "e", depth), _part(element, "sub", depth)
    return f"{base}_{_grouped(index)}" if index else base


def _both(element: ET.Element, depth: int) -> str:
    power = _part(element, "sup", depth)
    return _subscript(element, depth) + (f"^{_grouped(power)}" if power else "")


def _root(element: ET.Element, depth: int) -> str:
    degree, inside = _part(element, "deg", depth), _part(element, "e", depth)
    return f"root{_grouped(degree)}({inside})" if degree else f"√({inside})"


def _many(element: ET.Element, depth: int) -> str:
    sign = _option(element, "chr", "∫")
    lower, upper = _part(element, "sub", depth), _part(element, "sup", depth)
    limits = (f"_{_grouped(lower)}" if lower else "") + (f"^{_grouped(upper)}" if upper else "")
    return f"{sign}{limits} {_part(element, 'e', depth)}"


def _brackets(element: ET.Element, depth: int) -> str:
    inside = [_text(child, depth).strip() for child in element if local_name(child) == "e"]
    separator = _option(element, "sepChr", "|")
    opening, closing = _option(element, "begChr", "("), _option(element, "endChr", ")")
    return opening + separator.join(inside) + closing


def _function(element: ET.Element, depth: int) -> str:
    return f"{_part(element, 'fName', depth)} {_grouped(_part(element, 'e', depth))}"


def _lower_limit(element: ET.Element, depth: int) -> str:
    return f"{_part(element, 'e', depth)}_{_grouped(_part(element, 'lim', depth))}"


def _upper_limit(element: ET.Element, depth: int) -> str:
    return f"{_part(element, 'e', depth)}^{_grouped(_part(element, 'lim', depth))}"


def _matrix(element: ET.Element, depth: int) -> str:
    rows = [child for child in element if local_name(child) == "mr"]
    texts = (", ".join(_text(cell, depth).strip() for cell in row) for row in rows)
    return "[" + "; ".join(texts) + "]"


def _lines(element: ET.Element, depth: int) -> str:
    inside = (_text(child, depth).strip() for child in element if local_name(child) == "e")
    return "; ".join(filter(None, inside))


def _paragraph(element: ET.Element, depth: int) -> str:
    inside = (_text(child, depth).strip() for child in element)
    return " ".join(filter(None, inside))


_WRITERS = {
    "f": _fraction,
    "sSup": _superscript,
    "sSub": _subscript,
    "sSubSup": _both,
    "sPre": _both,
    "rad": _root,
    "nary": _many,
    "d": _brackets,
    "func": _function,
    "limLow": _lower_limit,
    "limUpp": _upper_limit,
    "m": _matrix,
    "eqArr": _lines,
    "oMathPara": _paragraph,
}
