"""Presentations: slides in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from engine.documents.cleaning import chosen_title, clean, one_line
from engine.documents.office.archive import Package, attribute, local_name
from engine.documents.office.charts import chart_parts, charts_within, diagram_text
from engine.documents.office.drawn_text import drawn_text
from engine.documents.office.inner_documents import INNER_RELATIONS, InnerDocuments
from engine.documents.office.links import mark_drawn_links
from engine.documents.office.pictures import descriptions
from engine.documents.office.slide_comments import slide_comments
from engine.documents.source import Reader, Source
from engine.documents.tables.grid import BOLD, GridBuilder, Row
from engine.documents.tables.writing import table_texts
from engine.records import Block, Location, Notice, ParsedDocument, TableRow

_TITLES = ("title", "ctrTitle")
_NOT_CONTENT = ("sldNum", "dt", "ftr", "hdr", "sldImg")
_SHAPES = ("sp", "graphicFrame", "cxnSp", "pic")


def _paragraphs(text_body: ET.Element) -> list[str]:
    """Return the paragraphs of a text frame; runs joined as they are."""
    found = []
    for paragraph in text_body:
        if local_name(paragraph) != "p":
            continue
        found.append(clean(drawn_text(paragraph)).strip())
    return [text for text in found if text]


def _shapes(tree: ET.Element) -> Iterator[ET.Element]:
    """Yield shapes in order, looking into groups and at the first alternative."""
    stack = [iter(tree)]
    while stack:
        for child in stack[-1]:
            name = local_name(child)
            if name in _SHAPES:
                yield child
            elif name == "AlternateContent":
                stack.append(iter(child[:1]))
                break
            elif name in ("grpSp", "Choice", "Fallback", "spTree", "cSld"):
                stack.append(iter(child))
                break
        else:
            stack.pop()


def _first(element: ET.Element, name: str) -> ET.Element | None:
    return next((found for found in element.iter() if local_name(found) == name), None)


def _placeholder(shape: ET.Element) -> str:
    found = _first(shape, "ph")
    return (attribute(found, "type") or "body") if found is not None else ""


def _table_rows(table: ET.Element) -> list[Row]:
    """Return the grid of a table; the style of a first row that is set off hints at a header."""
    grid = GridBuilder()
    set_off = any(found.get("firstRow") in ("1", "true") for found in table)
    for row in table:
        if local_name(row) != "tr":
            continue
        for cell in row:
            if local_name(cell) != "tc":
                continue
            if cell.get("hMerge") in ("1", "true"):
                grid.go_on_across()
            elif cell.get("vMerge") in ("1", "true"):
                grid.go_on_down()
            else:
                body = _first(cell, "txBody")
                lines = _paragraphs(body) if body is not None else []
                grid.cell("\n".join(map(one_line, lines)), look=_look(body))
        grid.end_row(likely=set_off and not grid.rows)
    return grid.rows


def _look(body: ET.Element | None) -> int:
    """Tell whether all text of a cell is bold."""
    runs = [e for e in (body.iter() if body is not None else ()) if local_name(e) == "r"]
    shown = [run for run in runs if "".join(run.itertext()).strip()]
    properties = [next((p for p in run if local_name(p) == "rPr"), None) for run in shown]
    bold = [p is not None and p.get("b") in ("1", "true") for p in properties]
    return BOLD if bold and all(bold) else 0


class _SlideReader:
    """Reads one slide into blocks."""

    def __init__(self, package: Package, part: str, number: int, inner: InnerDocuments) -> None:
        self.package = package
        self.part = part
        self.number = number
        self.title = ""
        self.blocks: list[Block] = []
        self.hidden = False
        self.chart_notes: list[Notice] = []
        self._chart_parts = chart_parts(package, part)
        self._inner = inner
        self._embedded = {
            r.id: r.target for r in package.relations(part) if r.type in INNER_RELATIONS
        }

    def read(self) -> None:
        """Fill title and blocks; the title stands first, wherever it lies in the file."""
        root = self.package.xml(self.part)
        if root is None:
            return
        mark_drawn_links(root, self.package.outer_links(self.part))
        self.hidden = root.get("show") == "0"
        shapes = list(_shapes(root))
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
        for shape in titles:
            body = _first(shape, "txBody")
            self.title = self.title or one_line(
                " ".join(_paragraphs(body)) if body is not None else ""
            )
        self._add(self.title)
        for shape in shapes:
            if shape not in titles and _placeholder(shape) not in _NOT_CONTENT:
                self._shape(shape)
        for relation in self.package.relations(self.part):
            if relation.type == "diagramData":
                self._add(diagram_text(self.package, relation.target))
            elif relation.type == "notesSlide":
                self._notes(relation.target)
            elif relation.type == "comments":
                for text in slide_comments(self.package, relation.target):
                    self._add(text, name="comment")

    def _add(
        self, text: str, *, name: str = "", atomic: bool = False, row: TableRow | None = None
    ) -> None:
        if text:
            place = Location("slide", self.number, self.number, name)
            self.blocks.append(Block(text, place, self.title, atomic=atomic, row=row))

    def _shape(self, shape: ET.Element) -> None:
        table = _first(shape, "tbl")
        if table is not None:
            for _, text, row in table_texts(_table_rows(table)):
                self._add(text, atomic=True, row=row)
            return
        self._charts(shape)
        self._objects(shape)
        for text in descriptions(shape):
            self._add(text, name="picture")
        body = _first(shape, "txBody")
        if body is not None:
            self._add("\n".join(_paragraphs(body)))

    def _objects(self, shape: ET.Element) -> None:
        """Add the text of an embedded workbook or document."""
        for found in shape.iter() if self._embedded else ():
            part = self._embedded.pop(attribute(found, "id"), "") if _is_object(found) else ""
            for block in self._inner.blocks(part) if part else ():
                self._add(block.text, name="object", atomic=block.atomic, row=block.row)

    def _charts(self, shape: ET.Element) -> None:
        for chart in charts_within(self.package, shape, self._chart_parts):
            for line in chart.lines:
                self._add(line, name="chart", atomic=True)
            if not chart.has_values:
                name = chart.title or f"{self.number}"
                self.chart_notes.append(Notice("chart-no-values", {"name": name}))

    def _notes(self, part: str) -> None:
        root = self.package.xml(part)
        for shape in _shapes(root) if root is not None else ():
            body = _first(shape, "txBody")
            if body is not None and _placeholder(shape) not in _NOT_CONTENT:
                self._add("\n".join(_paragraphs(body)), name="notes")


def _is_object(element: ET.Element) -> bool:
    return local_name(element) in ("oleObj", "embed")


def _slide_parts(package: Package) -> list[str]:
    """Return the slides as presented: the list in the presentation decides, not file names."""
    main = package.main_part("ppt/presentation.xml")
    targets = {relation.id: relation.target for relation in package.relations(main)}
    root = package.xml(main)
    listed = _first(root, "sldIdLst") if root is not None else None
    parts: list[str] = []
    for item in listed if listed is not None else ():
        # "id" exists twice: the slide's own number, and the relation in its own namespace.
        ids = [value for key, value in item.attrib.items() if key.endswith("}id")]
        parts.extend(targets[i] for i in ids if i in targets)
    return parts


def read(source: Source, read_inner: Reader | None = None) -> ParsedDocument:
    """Read a presentation; locations are slide numbers as the program shows them.

    Args:
        source: The presentation.
        read_inner: Reads a document that is embedded in it, whatever its format.
    """
    package = Package(source)
    package.check_xml()
    stated, modified = package.properties()
    blocks: list[Block] = []
    notes: list[Notice] = []
    first_title = ""
    inner = InnerDocuments(package, read_inner)
    for number, part in enumerate(_slide_parts(package), start=1):
        slide = _SlideReader(package, part, number, inner)
        slide.read()
        first_title = first_title or slide.title
        blocks.extend(slide.blocks)
        notes.extend(slide.chart_notes)
        if slide.hidden:
            notes.append(Notice("slide-hidden", {"slide": number}))
        if not slide.blocks:
            notes.append(Notice("slide-no-text", {"slide": number}))
    notes.extend(inner.notes)
    title = chosen_title(stated, first_title, name=source.name)
    media_type = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    return ParsedDocument(title, source.checked(blocks), media_type, modified, tuple(notes))
