"""Where links lead: addresses that a document shows only under the mouse."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from engine.documents.cleaning import link_addition
from engine.documents.office.archive import attribute, local_name

_FIELD = re.compile(r'\bHYPERLINK\s+"([^"]+)"')
_FORMULA = re.compile(r'^\s*=?\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)


def formula_target(formula: str) -> str:
    """Return the address in a formula ``HYPERLINK("...", "text")``; empty if there is none."""
    match = _FORMULA.match(formula)
    return match[1] if match else ""


def mark_word_links(root: ET.Element, targets: dict[str, str]) -> None:
    """Write the targets of a Word part's links behind their text.

    Args:
        root: Of the part; it is changed.
        targets: External targets by the identifier of the relation.
    """
    for link in [e for e in root.iter() if local_name(e) in ("hyperlink", "fldSimple")]:
        target = targets.get(attribute(link, "id"), "") if local_name(link) == "hyperlink" else ""
        field = _FIELD.search(attribute(link, "instr"))
        _append(link, target or (field[1] if field else ""))
    for paragraph in [e for e in root.iter() if local_name(e) == "p"]:
        _mark_fields(paragraph)


def _append(link: ET.Element, target: str) -> None:
    runs = [child for child in link if local_name(child) == "r"]
    text = "".join(t.text or "" for t in link.iter() if local_name(t) == "t")
    added = link_addition(text, target) if runs and text.strip() else ""
    if added:
        run = ET.SubElement(link, runs[-1].tag)
        ET.SubElement(run, runs[-1].tag.removesuffix("}r") + "}t").text = added


def _mark_fields(paragraph: ET.Element) -> None:
    """Do so for links that are fields of several runs: begin, instruction, text, end."""
    instruction, text, is_shown = "", "", False
    for position, run in enumerate(list(paragraph)):
        if local_name(run) != "r":
            continue
        for part in run:
            name = local_name(part)
            if name == "instrText":
                instruction += part.text or ""
            elif name == "t" and is_shown:
                text += part.text or ""
            elif name == "fldChar":
                kind = attribute(part, "fldCharType")
                is_shown = kind == "separate"
                if kind == "begin":
                    instruction, text = "", ""
                match = _FIELD.search(instruction) if kind == "end" else None
                if match and (added := link_addition(text, match[1])):
                    new = ET.Element(run.tag)
                    ET.SubElement(new, run.tag.removesuffix("}r") + "}t").text = added
                    paragraph.insert(position, new)
                    return  # one a paragraph: positions behind it have moved


def mark_drawn_links(root: ET.Element, targets: dict[str, str]) -> None:
    """Write the targets of links in drawings behind their text; the tree is changed."""
    for run in [e for e in root.iter() if local_name(e) == "r"] if targets else ():
        texts = [child for child in run if local_name(child) == "t"]
        for found in run.iter():
            if local_name(found) == "hlinkClick" and texts:
                target = targets.get(attribute(found, "id"), "")
                texts[-1].text = (texts[-1].text or "") + link_addition(
                    texts[-1].text or "", target
                )
