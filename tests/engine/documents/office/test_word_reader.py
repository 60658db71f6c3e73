from __future__ import annotations

import zipfile

import docx
from document_builders import WORD, member, save_docx, texts, whole_text, with_members
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml

from engine.documents import read_document
from engine.documents.office.word_styles import formatted

BOX = f"""
<w:p xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>
 <mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>
 <w:t>Boxed remark</w:t></w:r></w:p>
 </w:txbxContent></wps:txbx></w:drawing></mc:Choice>
 <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Boxed remark</w:t></w:r></w:p>
 </w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
"""
FOOTNOTES = f"""<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{WORD}">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t xml:space="preserve"> Net of value added tax.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""


def test_body_in_order_with_heading_trail_and_numbers(tmp_path):
    def fill(document):
        document.core_properties.title = "Work rules"
        document.add_heading("Leave", 1)
        document.add_paragraph("Twenty days a year.")
        document.add_heading("Sick leave", 2)
        table = document.add_table(rows=3, cols=3)
        for row, cells in enumerate(
            (("Grade", "Days", "Paid"), ("A", "5", "yes"), ("B", "7", "no"))
        ):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
        document.add_paragraph("After the table.")

    document = read_document(save_docx(tmp_path / "rules.docx", fill))
    assert document.title == "Work rules"
    assert texts(document) == [
        "Leave",
        "Twenty days a year.",
        "Sick leave",
        "Grade: A | Days: 5 | Paid: yes",
        "Grade: B | Days: 7 | Paid: no",
        "After the table.",
    ]
    assert [block.heading for block in document.blocks] == ["Leave"] * 2 + [
        "Leave > Sick leave"
    ] * 4
    assert [block.location.first for block in document.blocks] == [1, 2, 3, 4, 5, 6]
    assert [block.atomic for block in document.blocks] == [False, False, False, True, True, False]
    assert document.modified_in_document is not None


def test_runs_are_joined_as_they_are(tmp_path):
    def fill(document):
        paragraph = document.add_paragraph()
        for piece in ("株式", "会社サブン", "の", "Inter", "national", " sales"):
            paragraph.add_run(piece).bold = True
        paragraph.add_run("\ttab")

    document = read_document(save_docx(tmp_path / "runs.docx", fill))
    assert texts(document) == ["株式会社サブンのInternational sales\ttab"]


def test_headers_footers_text_boxes_and_comments(tmp_path):
    def fill(document):
        document.sections[0].header.paragraphs[0].text = "ACME confidential"
        document.sections[0].footer.paragraphs[0].text = "Printed copies are void"
        document.add_paragraph("Body text.")
        document.element.body.insert(1, parse_xml(BOX))
        run = document.add_paragraph("Check this.").runs[0]
        document.add_comment(run, text="Is it still valid?", author="Mori")
        document.add_section(WD_SECTION.NEW_PAGE)

    document = read_document(save_docx(tmp_path / "parts.docx", fill))
    assert texts(document) == [
        "ACME confidential",
        "Body text.",
        "Boxed remark",
        "Check this.",
        "Mori: Is it still valid?",
        "Printed copies are void",
    ]
    assert str(document.blocks[0].location) == "part header"
    assert document.blocks[4].location.name == "comment"


def test_footnotes_follow_their_paragraph(tmp_path):
    def fill(document):
        run = document.add_paragraph("The price is 1,200 yen.").add_run()
        run._r.append(parse_xml(f'<w:footnoteReference xmlns:w="{WORD}" w:id="2"/>'))
        document.add_paragraph("Next paragraph.")

    plain = save_docx(tmp_path / "plain.docx", fill)
    relations = member(plain, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rIdF" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/footnotes"/></Relationships>',
    )
    path = with_members(
        plain,
        tmp_path / "notes.docx",
        {"word/footnotes.xml": FOOTNOTES.encode(), "word/_rels/document.xml.rels": relations},
    )
    document = read_document(path)
    assert texts(document) == [
        "The price is 1,200 yen.",
        "Net of value added tax.",
        "Next paragraph.",
    ]
    assert str(document.blocks[1].location) == "paragraph 1 (footnote)"


def test_tracked_changes_fields_and_furigana(tmp_path):
    body = f"""<w:p xmlns:w="{WORD}"><w:r><w:t xml:space="preserve">Pay within </w:t></w:r>
    <w:del><w:r><w:delText>30</w:delText></w:r></w:del><w:ins><w:r><w:t>60</w:t></w:r></w:ins>
    <w:r><w:t xml:space="preserve"> days, see </w:t></w:r>
    <w:r><w:instrText>REF a</w:instrText></w:r>
    <w:r><w:t>A</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>けいやく</w:t></w:r></w:rt>
    <w:rubyBase><w:r><w:t>契約</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"""

    def fill(document):
        document.element.body.insert(0, parse_xml(body))

    assert texts(read_document(save_docx(tmp_path / "t.docx", fill))) == [
        "Pay within 60 days, see A契約"
    ]


def test_merged_cells_nested_tables_and_key_value_tables(tmp_path):
    def fill(document):
        table = document.add_table(rows=3, cols=3)
        for row, cells in enumerate(
            (("Region", "City", "Staff"), ("Kanto", "Tokyo", "80"), ("", "Chiba", "9"))
        ):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
        table.cell(1, 0).merge(table.cell(2, 0))
        pairs = document.add_table(rows=2, cols=2)
        pairs.cell(0, 0).text, pairs.cell(0, 1).text = "契約期間", "二年"
        pairs.cell(1, 0).text = "Details"
        inner = pairs.cell(1, 1).add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Fee", "5%"

    document = read_document(save_docx(tmp_path / "tables.docx", fill))
    assert texts(document) == [
        "Region: Kanto | City: Tokyo | Staff: 80",
        "Region: Kanto | City: Chiba | Staff: 9",
        "契約期間: 二年",
        "Details: Fee: 5%",
    ]


def test_automatic_numbers_are_text_that_people_see(tmp_path):
    def fill(document):
        for text in ("Purpose", "Term", "Fees"):
            document.add_paragraph(text, style="List Number")

    plain = save_docx(tmp_path / "plain.docx", fill)
    assert texts(read_document(plain)) == ["1. Purpose", "2. Term", "3. Fees"]
    numbering = member(plain, "word/numbering.xml").replace(
        b'w:val="%1."', "　第%1条".join(('w:val="', '"')).encode()
    )
    numbering = numbering.replace(
        b'<w:numFmt w:val="decimal"/>', b'<w:numFmt w:val="japaneseCounting"/>'
    )
    path = with_members(plain, tmp_path / "articles.docx", {"word/numbering.xml": numbering})
    assert "第三条 Fees" in whole_text(read_document(path))


def test_number_formats():
    styles = ("decimal", "lowerRoman", "upperLetter", "aiueoFullWidth")
    assert [formatted(14, style) for style in styles] == ["14", "xiv", "N", "セ"]
    assert [formatted(n, "japaneseCounting") for n in (1, 10, 14, 20, 99)] == [
        "一",
        "十",
        "十四",
        "二十",
        "九十九",
    ]
    assert formatted(27, "lowerLetter") == "aa"
    assert formatted(3, "decimalFullWidth") == "３"
    assert formatted(3, "decimalEnclosedCircle") == "③"


def test_a_document_part_under_another_name(tmp_path):
    plain = save_docx(tmp_path / "plain.docx", lambda document: document.add_paragraph("Moved."))
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "moved.docx", "w") as out:
        for name in source.namelist():
            data = source.read(name)
            if name == "_rels/.rels":
                data = data.replace(b"word/document.xml", b"word/document2.xml")
            out.writestr(name.replace("word/document.xml", "word/document2.xml"), data)
    assert texts(read_document(tmp_path / "moved.docx")) == ["Moved."]
    assert docx.Document(str(plain)).paragraphs[0].text == "Moved."
