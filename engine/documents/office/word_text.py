"""The characters of one Word paragraph: runs joined as they are, nothing invented."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from engine.documents.office.archive import local_name

_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
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
        "AlternateContent",
        "txbxContent",
        "sdtPr",
        "fldData",
    }
)


def paragraph_text(paragraph: ET.Element) -> str:
    """Return the text of a paragraph without that of its text boxes."""
    pieces: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        for child in stack[-1]:
            name = local_name(child)
            if name == "t":
                pieces.append(child.text or "")
            elif name in _CHARACTERS:
                pieces.append(_CHARACTERS[name])
            elif name not in _LEFT_OUT and len(child):
                stack.append(iter(child))
                break
        else:
            stack.pop()
    return "".join(pieces)


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
