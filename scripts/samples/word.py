"""Writes a text as DOCX: styles, tables, header, footer with page number, real footnotes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from scripts.samples.markup import FOOTNOTE_REF, Bullet, Heading, Paragraph, Table, Text
from scripts.samples.packing import settle

_NAVY = RGBColor(24, 48, 92)
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)


def write_docx(text: Text, target: Path) -> None:
    """Write a text as DOCX."""
    document = docx.Document()
    _set_style(document, text)
    document.add_heading(text.meta["title"], 0)
    if subtitle := text.meta.get("subtitle"):
        document.add_paragraph(subtitle, style="Subtitle")
    for block in text.blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text, block.level - 1)
        elif isinstance(block, Bullet):
            _fill(document.add_paragraph(style="List Bullet"), block.text)
        elif isinstance(block, Paragraph):
            _fill(document.add_paragraph(), block.text)
        elif isinstance(block, Table):
            _add_table(document, block)
    if text.footnotes:
        _add_footnotes(document, text.footnotes)
    _set_running_lines(document.sections[0], text)
    document.save(str(target))
    settle(target, text.date)


def _set_style(document: Any, text: Text) -> None:
    properties = document.core_properties
    properties.title = text.meta["title"]
    properties.author = properties.last_modified_by = text.meta["author"]
    properties.created = properties.modified = text.date
    properties.comments = ""
    properties.language = "ja-JP" if text.is_japanese else "en-GB"
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = "Arial"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        fonts.set(qn("w:eastAsia"), "Yu Gothic")
        if name != "Normal":
            style.font.color.rgb = _NAVY
            style.font.italic = False
    document.styles["Normal"].font.size = Pt(10.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    document.styles["Title"].font.size = Pt(20)
    document.styles["Heading 1"].font.size = Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)


def _fill(paragraph: Any, text: str) -> None:
    """Add runs: bold between ``**``, a reference where ``[^n]`` stands."""
    for i, piece in enumerate(re.split(r"\*\*", text)):
        for j, part in enumerate(FOOTNOTE_REF.split(piece)):
            if j % 2:
                paragraph.add_run()._r.append(
                    parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{part}"/>')
                )
                paragraph.runs[-1].font.superscript = True
            elif part:
                paragraph.add_run(part).bold = bool(i % 2) or None


def _add_table(document: Any, table: Table) -> None:
    grid = document.add_table(rows=0, cols=len(table.rows[0]), style="Light Grid Accent 1")
    for row in table.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = value
    header = grid.rows[0]._tr.get_or_add_trPr()
    header.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _add_footnotes(document: Any, notes: dict[int, str]) -> None:
    """Add the footnotes part, which python-docx has no call for."""
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {note}</w:t></w:r></w:p>'
        "</w:footnote>"
        for number, note in sorted(notes.items())
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{body}</w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"), _CONTENT_TYPE, xml.encode("utf-8"), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _set_running_lines(section: Any, text: Text) -> None:
    section.header.paragraphs[0].text = text.meta.get("running", "")
    footer = section.footer.paragraphs[0]
    footer.add_run("風森計測株式会社　" if text.is_japanese else "Kazamori Instruments · page ")
    for kind in ("begin", "", "end"):
        run = footer.add_run()._r
        if kind:
            run.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run.append(parse_xml(f"<w:instrText {nsdecls('w')}>PAGE</w:instrText>"))
