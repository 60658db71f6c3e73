"""Word documents: everything that has text, in the order in which it is read."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from engine.documents.cleaning import chosen_title, clean, one_line
from engine.documents.headings import HeadingTrail
from engine.documents.office.archive import Package, attribute, local_name
from engine.documents.office.links import mark_word_links
from engine.documents.office.word_extras import WordExtras, wrap_inserted
from engine.documents.office.word_styles import Numbering, Styles
from engine.documents.office.word_tables import table_rows
from engine.documents.office.word_text import (
    block_elements,
    mark_raised_runs,
    paragraph_text,
    text_boxes,
)
from engine.documents.source import Reader, Source
from engine.documents.tables.writing import row_texts, table_texts
from engine.records import Block, Location, ParsedDocument, TableRow

_NOTE_PARTS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_REFERENCES = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
}


class _Reader:
    """Walks the parts of one document."""

    def __init__(self, package: Package, read_inner: Reader | None) -> None:
        self.package = package
        self.main = package.main_part("word/document.xml")
        self.relations = package.relations(self.main)
        self.styles = Styles(self._related("styles"))
        self.raised = self.styles.raised()
        self.numbering = Numbering(self._related("numbering"), self.styles)
        self.extras = WordExtras(package, self.main, read_inner)
        self.notes = self._load_notes()
        self.trail = HeadingTrail()
        self.blocks: list[Block] = []
        self.first_heading = ""
        self.title = ""
        self._n_paragraphs = 0

    def _related(self, kind: str) -> ET.Element | None:
        for relation in self.relations:
            if relation.type == kind:
                return self.package.xml(relation.target)
        return None

    def _text_part(self, name: str) -> ET.Element | None:
        """Return the root of a part with paragraphs, ready to be read."""
        root = self.package.xml(name)
        if root is not None:
            mark_raised_runs(root, self.raised)
            mark_word_links(root, self.package.outer_links(name))
            wrap_inserted(root)
        return root

    def _load_notes(self) -> dict[tuple[str, str], str]:
        notes: dict[tuple[str, str], str] = {}
        for part, label in _NOTE_PARTS.items():
            root = self._related(part)
            for note in root if root is not None else ():
                texts = [paragraph_text(p) for p in note.iter() if local_name(p) == "p"]
                author = attribute(note, "author")
                text = "\n".join(filter(None, (text.strip() for text in texts)))
                if text:
                    notes[label, attribute(note, "id")] = f"{author}: {text}" if author else text
        return notes

    def read(self) -> None:
        """Fill :attr:`blocks`."""
        self._frame("header")
        root = self._text_part(self.main)
        if root is not None:
            for body in root:
                self._container(body)
        for (label, _), text in self.notes.items():  # never referred to, but in the file
            self._add(text, name=label)
        self._frame("footer")

    def _frame(self, kind: str) -> None:
        """Add headers or footers: each text once, whatever the number of sections."""
        seen: set[str] = set()
        for relation in self.relations:
            root = self._text_part(relation.target) if relation.type == kind else None
            if root is None:
                continue
            lines = [one_line(_element_text(element)) for element in block_elements(root)]
            boxes = [
                one_line(paragraph_text(p))
                for box in text_boxes(root)
                for p in box.iter()
                if local_name(p) == "p"
            ]
            text = "\n".join(filter(None, lines + boxes))
            if text and text not in seen:
                seen.add(text)
                self.blocks.append(Block(text, Location("part", name=kind)))

    def _container(self, container: ET.Element) -> None:
        for element in block_elements(container):
            if local_name(element) == "p":
                self._paragraph(element)
            else:
                self._table(element)

    def _paragraph(self, element: ET.Element) -> None:
        text = clean(paragraph_text(element)).strip()
        if text:
            text = self.numbering.label(element) + text
            level = self.styles.heading_level(element)
            if level is not None:
                heading = one_line(text)
                if level == 0:
                    self.title = self.title or heading
                else:
                    self.first_heading = self.first_heading or heading
                    self.trail.enter(level, heading)
            self._n_paragraphs += 1
            self._add(text)
        for box in text_boxes(element):
            self._container(box)
        self._notes_of(element)

    def _table(self, element: ET.Element) -> None:
        for _, text, row in table_texts(table_rows(element, self.styles)):
            self._n_paragraphs += 1
            self._add(text, atomic=True, row=row)
        self._notes_of(element)

    def _notes_of(self, element: ET.Element) -> None:
        for extra in self.extras.within(element):
            self._add(extra.text, name=extra.name, atomic=bool(extra.name))
        for reference in element.iter():
            label = _REFERENCES.get(local_name(reference))
            if label:
                number = attribute(reference, "id")
                self._add(self.notes.pop((label, number), ""), name=label)

    def _add(
        self, text: str, *, name: str = "", atomic: bool = False, row: TableRow | None = None
    ) -> None:
        if text:
            number = max(self._n_paragraphs, 1)
            place = Location("paragraph", number, number, name)
            shown = clean(text)
            row = row if shown == text else None
            self.blocks.append(Block(shown, place, self.trail.text, atomic=atomic, row=row))


def _element_text(element: ET.Element) -> str:
    if local_name(element) == "p":
        return paragraph_text(element)
    return "\n".join(text for _, text in row_texts(table_rows(element)))


def read(source: Source, read_inner: Reader | None = None) -> ParsedDocument:
    """Read a Word document; locations are paragraph numbers (a table row counts as one).

    Args:
        source: The document.
        read_inner: Reads a document that is inserted in it, whatever its format.
    """
    package = Package(source)
    package.check_xml()
    title, modified = package.properties()
    reader = _Reader(package, read_inner)
    reader.read()
    name = chosen_title(title, reader.title, reader.first_heading, name=source.name)
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    notes = tuple(reader.extras.notes)
    return ParsedDocument(name, source.checked(reader.blocks), media_type, modified, notes)
