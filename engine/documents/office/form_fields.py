"""What is filled into the form fields of Word documents and of sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from engine.documents.office.archive import Package, attribute, local_name

TICKED, UNTICKED = "☒", "☐"
_CONTROL = re.compile(rb"<(?:\w+:)?control\s[^>]*>")
_SHAPE = re.compile(rb'\bshapeId="(\d+)"')
_RELATION = re.compile(rb'\b\w+:id="([^"]+)"')


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


def control_ticks(package: Package, part: str, xml: bytes) -> dict[str, str]:
    """Return the sign of each box and round button on a sheet, by the number of its shape.

    Args:
        package: The workbook.
        part: The sheet's part.
        xml: Its content.
    """
    targets = {r.id: r.target for r in package.relations(part) if r.type == "ctrlProp"}
    found: dict[str, str] = {}
    for control in _CONTROL.findall(xml) if targets else ():
        shape, relation = _SHAPE.search(control), _RELATION.search(control)
        target = targets.get(relation[1].decode("ascii", "replace")) if relation else None
        root = package.xml(target) if target else None
        if shape and root is not None and attribute(root, "objectType") in ("CheckBox", "Radio"):
            is_on = attribute(root, "checked") == "Checked"
            found[shape[1].decode()] = TICKED if is_on else UNTICKED
    return found
