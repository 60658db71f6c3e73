"""What Word shows in its text that is stored elsewhere: charts, diagrams, inserted documents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from engine.documents.detection import detect, is_mail
from engine.documents.limits import MAX_ATTACHMENT_DEPTH
from engine.documents.office.archive import Package, attribute, local_name
from engine.documents.office.charts import chart_parts, charts_within, diagram_text
from engine.documents.source import Reader
from engine.errors import FileUnreadable
from engine.records import Block, Notice

_MAX_INSERTED = 50
"""Each is a document of its own; a report that some system assembled has a dozen."""

_SUFFIXES = {"html": ".html", "docx": ".docx", "mail": ".eml", "text": ".txt", "xlsx": ".xlsx"}


@dataclass(frozen=True)
class Extra:
    """Text that belongs behind a paragraph or table.

    Attributes:
        text: To be added as one block.
        name: What it is: ``chart``, ``diagram``; empty for inserted text.
        heading: Of inserted text; its own trail.
    """

    text: str
    name: str = ""
    heading: str = ""


class WordExtras:
    """Finds what the elements of a part refer to.

    Args:
        package: The document.
        part: The part whose elements are asked about.
        read_inner: Reads an inserted document, whatever its format.

    Attributes:
        notes: What could not be read, so far.
    """

    def __init__(self, package: Package, part: str, read_inner: Reader | None) -> None:
        self._package = package
        self._read_inner = read_inner
        self._charts = chart_parts(package, part)
        relations = package.relations(part)
        self._diagrams = {r.id: r.target for r in relations if r.type == "diagramData"}
        self._inserted = {r.id: r.target for r in relations if r.type == "aFChunk"}
        self._n_inserted = 0
        self.notes: list[Notice] = []

    def within(self, element: ET.Element) -> Iterator[Extra]:
        """Yield what a paragraph or table shows beside its own text."""
        # A paragraph with a text box holds what the box's own paragraphs will be asked for again.
        asked = {attribute(e, "id") for e in element.iter() if local_name(e) == "chart"}
        charts = {i: self._charts.pop(i) for i in asked & self._charts.keys()}
        for chart in charts_within(self._package, element, charts):
            if not chart.has_values:
                self.notes.append(Notice("chart-no-values", {"name": chart.title or "-"}))
            for line in chart.lines:
                yield Extra(line, "chart")
        for found in element.iter():
            name = local_name(found)
            if name == "relIds" and attribute(found, "dm") in self._diagrams:
                part = self._diagrams.pop(attribute(found, "dm"))
                yield Extra(diagram_text(self._package, part), "diagram")
            elif name == "altChunk" and attribute(found, "id") in self._inserted:
                yield from self._document(self._inserted.pop(attribute(found, "id")))

    def _document(self, part: str) -> Iterator[Extra]:
        """Yield the blocks of an inserted document (``altChunk``)."""
        name = posixpath.basename(part)
        source = self._package.source
        self._n_inserted += 1
        if (
            self._read_inner is None
            or source.depth >= MAX_ATTACHMENT_DEPTH
            or self._n_inserted > _MAX_INSERTED
        ):
            self.notes.append(Notice("inserted-too-deep", {"inserted": name}))
            return
        try:
            data = self._package.read(part)
            inner = self._read_inner(source.attachment(_named(name, data), data))
        except FileUnreadable as error:
            skipped = Notice.caused(
                "inserted-skipped", error.detail, inserted=name, reason=error.reason
            )
            self.notes.append(skipped)
            return
        self.notes.extend(_inside(name, note) for note in inner.notes)
        for block in inner.blocks:
            if not _is_frame(block):
                yield Extra(block.text, heading=block.heading)


def _inside(name: str, note: Notice) -> Notice:
    """Return a note on an inserted document as one on the whole."""
    if "inserted" in note.data:
        return replace(note, data={**note.data, "inserted": f"{name} > {note.data['inserted']}"})
    return note if note.cause() else Notice.caused("inserted-note", note, inserted=name)


def _is_frame(block: Block) -> bool:
    """Tell whether a block is the header of a web archive, which is stored as a mail."""
    return block.location.kind == "part" and block.location.name == "header"


def _named(name: str, data: bytes) -> str:
    """Return a name that says what the content is: such parts have any name."""
    content = "mail" if is_mail(data) or name.endswith((".mht", ".mhtml")) else detect(data)
    return posixpath.splitext(name)[0] + _SUFFIXES.get(content, posixpath.splitext(name)[1])


def wrap_inserted(root: ET.Element) -> None:
    """Put each ``altChunk`` of a part into a paragraph of its own; the tree is changed."""
    for parent in [e for e in root.iter() if any(local_name(c) == "altChunk" for c in e)]:
        for position, child in enumerate(list(parent)):
            if local_name(child) == "altChunk" and local_name(parent) != "p":
                paragraph = ET.Element(child.tag.removesuffix("altChunk") + "p")
                paragraph.append(child)
                parent[position] = paragraph
