"""What people wrote beside a slide, in the older and in the newer form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from engine.documents.cleaning import clean
from engine.documents.office.archive import Package, attribute, local_name
from engine.documents.office.drawn_text import drawn_text

_AUTHORS = re.compile(r"ppt/(?:commentAuthors|authors)\.xml$")


def slide_comments(package: Package, part: str) -> Iterator[str]:
    """Yield the comments and replies of a slide, each with who wrote it."""
    names = _authors(package)
    root = package.xml(part)
    for element in root.iter() if root is not None else ():
        if local_name(element) in ("cm", "reply"):
            text = "\n".join(_lines(element))
            author = names.get(attribute(element, "authorId"), "")
            if text:
                yield f"{author}: {text}" if author else text


def _lines(comment: ET.Element) -> Iterator[str]:
    for child in comment:
        if local_name(child) == "text":
            yield clean(child.text or "").strip()
        elif local_name(child) == "txBody":
            for paragraph in child:
                if local_name(paragraph) == "p" and (text := drawn_text(paragraph).strip()):
                    yield clean(text)


def _authors(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in filter(_AUTHORS.match, package.names):
        root = package.xml(name)
        for author in root.iter() if root is not None else ():
            if local_name(author) in ("cmAuthor", "author"):
                found[attribute(author, "id")] = attribute(author, "name")
    return found
