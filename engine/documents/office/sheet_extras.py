"""What lies on a sheet beside its cells: comments, shapes, charts, diagrams; and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from engine.documents.cleaning import clean
from engine.documents.office.archive import Package, attribute, local_name
from engine.documents.office.charts import chart_parts, charts_within, diagram_text
from engine.documents.office.drawn_text import drawn_text
from engine.documents.office.form_fields import control_ticks
from engine.documents.office.pictures import descriptions
from engine.documents.office.printed_frames import printed_lines
from engine.documents.office.rich_strings import string_text

_BOILERPLATE = re.compile(
    r"\s*[\[［](?:Threaded comment|スレッド化されたコメント|Commentaire à thread|"
    r"Kommentarthread|Comentario encadenado)[\]］]",
    re.IGNORECASE,
)
"""What Excel writes into a plain comment for programs that do not know threads."""

_MAX_CHART_LINES = 120
"""The values of a chart stand on a sheet as well; those of a small one say what it shows."""

_LINK = re.compile(rb"<(?:\w+:)?hyperlink\s[^>]*>")
_REFERENCE = re.compile(rb'\sref="([A-Z0-9:]{2,24})"')
_RELATION = re.compile(rb'\s\w+:id="([^"]+)"')
_RANGE = re.compile(r"^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$")
_MAX_LINKED_CELLS = 20_000


@dataclass(frozen=True)
class Extra:
    """Text beside the cells.

    Attributes:
        cell: Of a comment; empty for what has no cell.
        text: May have several lines.
    """

    cell: str
    text: str


def sheet_extras(package: Package, part: str, xml: bytes) -> Iterator[Extra]:
    """Yield what lies on a sheet or above and below it in print.

    Args:
        package: The workbook.
        part: The sheet's part.
        xml: Its content.
    """
    relations = package.relations(part)
    for text in printed_lines(xml):
        yield Extra("", text)
    threads = [r.target for r in relations if r.type == "threadedComment"]
    for target in threads:
        yield from _threads(package, target)
    ticks = control_ticks(package, part, xml)
    for relation in relations:
        if relation.type == "comments":
            yield from _comments(package, relation.target, threaded=bool(threads))
        elif relation.type == "drawing":
            yield from _drawing(package, relation.target, ticks)


def _text(element: ET.Element) -> str:
    """Return the text of a comment without its furigana."""
    return clean("".join(string_text(child) for child in element)).strip()


def _comments(package: Package, part: str, *, threaded: bool) -> Iterator[Extra]:
    root = package.xml(part)
    for element in root.iter() if root is not None else ():
        if local_name(element) == "comment":
            text = _text(element)
            if not (threaded and _BOILERPLATE.match(text)):
                yield Extra(attribute(element, "ref"), _without_boilerplate(text))


def _without_boilerplate(text: str) -> str:
    """Return what a person wrote in a comment whose thread is not in the file."""
    if not _BOILERPLATE.match(text):
        return text
    _, mark, rest = text.partition("\n")
    said = re.search(r"(?:^|\n)\s*(?:Comment|コメント)\s*[:：]\s*(.*)", rest, re.DOTALL)
    return said[1].strip() if said else (rest.strip() if mark else text)


def _threads(package: Package, part: str) -> Iterator[Extra]:
    """Yield the comments of a thread, each with who wrote it."""
    names = _persons(package)
    root = package.xml(part)
    for element in root.iter() if root is not None else ():
        if local_name(element) == "threadedComment":
            texts = (child.text or "" for child in element if local_name(child) == "text")
            text = clean("".join(texts)).strip()
            author = names.get(attribute(element, "personId"), "")
            yield Extra(attribute(element, "ref"), f"{author}: {text}" if author else text)


def _persons(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in package.names:
        if re.match(r"xl/persons/[^/]+\.xml$", name):
            root = package.xml(name)
            for person in root.iter() if root is not None else ():
                if local_name(person) == "person":
                    found[attribute(person, "id")] = attribute(person, "displayName")
    return found


def _drawing(package: Package, part: str, ticks: dict[str, str]) -> Iterator[Extra]:
    root = package.xml(part)
    if root is None:
        return
    for shape in root.iter():
        if local_name(shape) == "sp":
            yield Extra("", _shape_text(shape, ticks))
    for text in descriptions(root):
        yield Extra("", text)
    for chart in charts_within(package, root, chart_parts(package, part)):
        is_small = len(chart.lines) <= _MAX_CHART_LINES
        yield Extra("", "\n".join(chart.lines if is_small else chart.lines[:1]))
    for relation in package.relations(part):
        if relation.type == "diagramData":
            yield Extra("", diagram_text(package, relation.target))


def _shape_text(shape: ET.Element, ticks: dict[str, str]) -> str:
    """Return the text of a shape; of a box to tick, with its sign."""
    numbers = [e.get("id", "") for e in shape.iter() if local_name(e) == "cNvPr"]
    bodies = (e for e in shape.iter() if local_name(e) == "txBody")
    lines = (drawn_text(p) for body in bodies for p in body if local_name(p) == "p")
    text = "\n".join(filter(None, lines))
    sign = ticks.get(numbers[0], "") if numbers else ""
    return f"{sign} {text}" if sign and text else text


def linked_cells(package: Package, part: str, xml: bytes) -> dict[tuple[int, int], str]:
    """Return the address that each linked cell leads to, by row (from 1) and column (from 0)."""
    targets = package.outer_links(part)
    if not targets or b"hyperlink" not in xml:
        return {}
    found: dict[tuple[int, int], str] = {}
    for element in _LINK.findall(xml):
        cells, relation = _REFERENCE.search(element), _RELATION.search(element)
        target = targets.get(relation[1].decode("utf-8", "replace")) if relation else None
        for place in _places(cells[1].decode()) if cells and target else ():
            if target and len(found) < _MAX_LINKED_CELLS:
                found[place] = target
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _places(cells: str) -> Iterator[tuple[int, int]]:
    match = _RANGE.match(cells)
    if match is None:
        return
    left, top, right, bottom = match.groups()
    first, last = int(top), min(int(bottom or top), int(top) + 1_000)
    for row in range(first, last + 1):
        for column in range(_column(left), min(_column(right or left), _column(left) + 50) + 1):
            yield row, column
