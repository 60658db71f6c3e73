"""Formulas of web pages (MathML) as people type them on one line: ``12/50``, ``x^2``."""

from __future__ import annotations

import re
from typing import Any

_DEEPEST = 40
_ATOM = re.compile(r"[+\-−]?(?:\d+(?:[.,]\d+)*%?|\w+)|\([^()]*\)")


def mathml_text(node: Any) -> str:
    """Return a ``math`` element on one line."""
    return " ".join(_text(node, 0).split())


def _parts(node: Any) -> list[Any]:
    found, child = [], node.child
    while child is not None:
        if child.tag == "-text" or child.tag[0] != "-":
            found.append(child)
        child = child.next
    return found


def _elements(node: Any, depth: int) -> list[str]:
    return [_text(part, depth).strip() for part in _parts(node) if part.tag != "-text"]


def _grouped(text: str) -> str:
    return text if _ATOM.fullmatch(text) else f"({text})"


def _text(node: Any, depth: int) -> str:
    tag = node.tag
    if tag == "-text":
        return node.text_content or ""
    if depth > _DEEPEST:
        return node.text() or ""
    if tag.startswith("annotation"):
        return ""
    inside = _elements(node, depth + 1) if tag in _SHAPES else []
    if len(inside) == len(_SHAPES.get(tag, ())):
        written = dict(zip(_SHAPES.get(tag, ()), inside, strict=True))
        if written:
            return _written(tag, written)
    if tag == "msqrt":
        return f"√({''.join(_elements(node, depth + 1))})"
    if tag in ("mtr", "mtable"):
        return ("; " if tag == "mtable" else ", ").join(_elements(node, depth + 1))
    return "".join(_text(part, depth + 1) for part in _parts(node))


_SHAPES = {
    "mfrac": ("above", "below"),
    "msup": ("base", "over"),
    "msub": ("base", "under"),
    "msubsup": ("base", "under", "over"),
    "munderover": ("base", "under", "over"),
    "munder": ("base", "under"),
    "mroot": ("base", "degree"),
}


def _written(tag: str, part: dict[str, str]) -> str:
    if tag == "mfrac":
        return f"{_grouped(part['above'])}/{_grouped(part['below'])}"
    if tag == "mroot":
        return f"root{_grouped(part['degree'])}({part['base']})"
    base = part["base"]
    text = base if "over" not in part or "under" in part else _grouped(base)
    if "under" in part:
        text += f"_{_grouped(part['under'])}"
    return text + (f"^{_grouped(part['over'])}" if "over" in part else "")
