"""What Word shows in its text that is stored elsewhere: charts, diagrams, inserted documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from engine.documents.office.archive import Package, attribute, local_name
from engine.documents.office.charts import chart_parts, charts_within, diagram_text
from engine.documents.office.inner_documents import INNER_RELATIONS, InnerDocuments
from engine.documents.office.pictures import descriptions
from engine.documents.source import Reader
from engine.records import Notice


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
    """

    def __init__(self, package: Package, part: str, read_inner: Reader | None) -> None:
        self._package = package
        self._inner = InnerDocuments(package, read_inner)
        self._charts = chart_parts(package, part)
        relations = package.relations(part)
        self._diagrams = {r.id: r.target for r in relations if r.type == "diagramData"}
        self._inserted = {r.id: r.target for r in relations if r.type in INNER_RELATIONS}
        self._chart_notes: list[Notice] = []
        self._described: set[str] = set()

    @property
    def notes(self) -> list[Notice]:
        """What could not be read, so far."""
        return [*self._chart_notes, *self._inner.notes]

    def within(self, element: ET.Element) -> Iterator[Extra]:
        """Yield what a paragraph or table shows beside its own text."""
        # A paragraph with a text box holds what the box's own paragraphs will be asked for again.
        asked = {attribute(e, "id") for e in element.iter() if local_name(e) == "chart"}
        charts = {i: self._charts.pop(i) for i in asked & self._charts.keys()}
        for chart in charts_within(self._package, element, charts):
            if not chart.has_values:
                self._chart_notes.append(Notice("chart-no-values", {"name": chart.title or "-"}))
            for line in chart.lines:
                yield Extra(line, "chart")
        for text in descriptions(element):
            if text not in self._described:  # in a text box, and in the paragraph that holds it
                self._described.add(text)
                yield Extra(text, "picture")
        for found in element.iter():
            name = local_name(found)
            if name == "relIds" and attribute(found, "dm") in self._diagrams:
                part = self._diagrams.pop(attribute(found, "dm"))
                yield Extra(diagram_text(self._package, part), "diagram")
            elif name in ("altChunk", "OLEObject") and attribute(found, "id") in self._inserted:
                yield from self._document(self._inserted.pop(attribute(found, "id")))

    def _document(self, part: str) -> Iterator[Extra]:
        for block in self._inner.blocks(part):
            yield Extra(block.text, heading=block.heading)


def wrap_inserted(root: ET.Element) -> None:
    """Put each ``altChunk`` of a part into a paragraph of its own; the tree is changed."""
    for parent in [e for e in root.iter() if any(local_name(c) == "altChunk" for c in e)]:
        for position, child in enumerate(list(parent)):
            if local_name(child) == "altChunk" and local_name(parent) != "p":
                paragraph = ET.Element(child.tag.removesuffix("altChunk") + "p")
                paragraph.append(child)
                parent[position] = paragraph
