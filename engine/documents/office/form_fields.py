"""What is filled into the form fields of a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from engine.documents.office.archive import attribute, local_name

TICKED, UNTICKED = "☒", "☐"


def _children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in element if local_name(child) == name)


def _is_on(element: ET.Element | None) -> bool:
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def field_value(mark: ET.Element) -> str:
    """Return the choice of a drop-down list or the tick of a box that a field mark holds.

    The text of a text field stands in the document itself.

    Args:
        mark: A ``fldChar`` element.
    """
    for data in _children(mark, "ffData"):
        for kind in data:
            if local_name(kind) == "ddList":
                return _chosen(kind)
            if local_name(kind) == "checkBox":
                states = {local_name(child): child for child in kind}
                is_on = _is_on(states.get("checked", states.get("default")))
                return TICKED if is_on else UNTICKED
    return ""


def _chosen(drop_down: ET.Element) -> str:
    entries = [attribute(entry, "val") for entry in _children(drop_down, "listEntry")]
    numbers = [
        attribute(choice, "val")
        for name in ("result", "default")
        for choice in _children(drop_down, name)
    ]
    number = int(numbers[0]) if numbers and numbers[0].isdigit() else 0
    return entries[number] if number < len(entries) else ""
