"""Charts, diagrams, comments, links and inserted documents of Office files."""

from __future__ import annotations

import io

import pytest
from document_builders import (
    member,
    save_docx,
    save_pptx,
    save_xlsx,
    texts,
    whole_text,
    with_members,
)
from office_parts import CHART, DRAWING, relations, run, save_raw_docx, save_raw_xlsx
from openpyxl.chart import BarChart, Reference
from openpyxl.chart import LineChart as SheetLines
from PIL import Image
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from engine.documents import read_document
from engine.documents.cleaning import link_addition
from engine.documents.office.links import formula_target
from engine.wording.notices import english

CHART_XML = f"""<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}"><c:chart>
<c:title><c:tx><c:rich><a:p><a:r><a:t>売上推移</a:t></a:r></a:p></c:rich></c:tx></c:title>
<c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>東京</c:v></c:pt>
</c:strCache></c:strRef></c:tx>
<c:cat><c:multiLvlStrRef><c:multiLvlStrCache>
<c:lvl><c:pt idx="0"><c:v>上期</c:v></c:pt><c:pt idx="1"><c:v>下期</c:v></c:pt></c:lvl>
<c:lvl><c:pt idx="0"><c:v>2025年度</c:v></c:pt></c:lvl></c:multiLvlStrCache></c:multiLvlStrRef>
</c:cat>
<c:val><c:numRef><c:numCache><c:formatCode>#,##0,"千円"</c:formatCode>
<c:pt idx="0"><c:v>1250000</c:v></c:pt><c:pt idx="1"><c:v>980000</c:v></c:pt></c:numCache>
</c:numRef></c:val></c:ser></c:barChart>
<c:catAx><c:title><c:tx><c:rich><a:p><a:r><a:t>期</a:t></a:r></a:p></c:rich></c:tx></c:title></c:catAx>
</c:plotArea></c:chart></c:chartSpace>"""
NEWER_XML = """<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex">
<cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl><cx:pt idx="0">Opening</cx:pt>
<cx:pt idx="1">Sales</cx:pt></cx:lvl></cx:strDim><cx:numDim type="val"><cx:lvl ptCount="2"
formatCode="0.0"><cx:pt idx="0">100</cx:pt><cx:pt idx="1">42</cx:pt></cx:lvl></cx:numDim></cx:data>
</cx:chartData><cx:chart><cx:title><cx:tx><cx:txData><cx:v>Cash bridge</cx:v></cx:txData></cx:tx>
</cx:title><cx:plotArea><cx:plotAreaRegion><cx:series><cx:tx><cx:txData><cx:v>Cash</cx:v>
</cx:txData></cx:tx></cx:series></cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>"""
DRAWN = '<w:p><w:r><w:drawing><c:chart r:id="rC"/></w:drawing></w:r></w:p>'


def word_with_chart(tmp_path, xml, kind="chart"):
    links = {"rC": (kind, "charts/chart1.xml")}
    body = f"<w:p>{run('Report')}</w:p>{DRAWN}"
    parts = {"word/charts/chart1.xml": xml}
    return read_document(save_raw_docx(tmp_path / "a.docx", body, links, parts))


def test_a_chart_of_word_with_categories_in_levels(tmp_path):
    document = word_with_chart(tmp_path, CHART_XML)
    assert texts(document) == [
        "Report",
        "売上推移",
        "期: 2025年度 / 上期 | 東京: 1,250千円",
        "期: 2025年度 / 下期 | 東京: 980千円",
    ]
    assert not document.notes


def test_a_chart_of_the_newer_kinds(tmp_path):
    document = word_with_chart(tmp_path, NEWER_XML, "chartEx")
    assert texts(document)[1:] == ["Cash bridge", "Opening | Cash: 100.0", "Sales | Cash: 42.0"]


def test_a_chart_whose_values_are_elsewhere_is_noted(tmp_path):
    title = CHART_XML[: CHART_XML.index("<c:plotArea>")] + "</c:chart></c:chartSpace>"
    document = word_with_chart(tmp_path, title)
    assert texts(document) == ["Report", "売上推移"]
    assert [english(n) for n in document.notes] == [
        "chart 売上推移: its values are not in the file"
    ]


def test_charts_of_slides(tmp_path):
    def fill(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = "Absence"
        data = CategoryChartData(number_format="0.0%")
        data.categories = ["Oak", "Elm"]
        data.add_series("2024", (0.125, 0.25))
        data.add_series("2025", (0.1, None))
        frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 99, 99, data)
        frame.chart.has_title = True
        frame.chart.chart_title.text_frame.text = "Days lost"
        points = XyChartData()
        points.add_series("Load").add_data_point(1.5, 20)
        slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, 0, 0, 99, 99, points)

    document = read_document(save_pptx(tmp_path / "a.pptx", fill))
    assert texts(document) == [
        "Absence",
        "Days lost",
        "Oak | 2024: 12.5% | 2025: 10.0%",
        "Elm | 2024: 25.0%",
        "Load",
        "Load: (1.5, 20)",
    ]
    assert document.blocks[1].location.first == 1


def test_charts_of_sheets(tmp_path):
    def fill(book):
        sheet = book.active
        for row in (["Line", "Scrap"], ["North", 2.1], ["South", 1.7]):
            sheet.append(row)
        for kind, title in ((BarChart(), "Ceiling 1.85 percent"), (SheetLines(), "折れ線")):
            kind.title = title
            kind.y_axis.title = "Percent"
            kind.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
            sheet.add_chart(kind, "E5")

    document = read_document(save_xlsx(tmp_path / "a.xlsx", fill))
    assert texts(document)[-2:] == ["Ceiling 1.85 percent - Percent", "折れ線 - Percent"]
    assert not document.notes


def test_a_diagram_of_word(tmp_path):
    data = (
        f'<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        f'xmlns:a="{DRAWING}"><d:ptLst><d:pt><d:t><a:p><a:r><a:t>Order</a:t></a:r></a:p></d:t></d:pt>'
        "<d:pt><d:t><a:p><a:r><a:t>検収</a:t></a:r></a:p></d:t></d:pt></d:ptLst></d:dataModel>"
    )
    body = (
        '<w:p><w:r><w:drawing><d:relIds xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/'
        'diagram" r:dm="rD" r:lo="rL"/></w:drawing></w:r></w:p>'
    )
    links = {"rD": ("diagramData", "diagrams/data1.xml")}
    parts = {"word/diagrams/data1.xml": data}
    document = read_document(save_raw_docx(tmp_path / "a.docx", body, links, parts))
    assert texts(document) == ["Order\n検収"]


def test_comments_of_slides_in_both_forms(tmp_path):
    older = (
        '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cm '
        'authorId="0"><p:text>Drop the word waterproof.</p:text></p:cm></p:cmLst>'
    )
    newer = (
        f'<q:cmLst xmlns:q="urn:x" xmlns:a="{DRAWING}"><q:cm authorId="{{A}}"><q:replyLst><q:reply '
        'authorId="{A}"><q:txBody><a:p><a:r><a:t>了解です</a:t></a:r></a:p></q:txBody></q:reply>'
        "</q:replyLst><q:txBody><a:p><a:r><a:t>数値を確認</a:t></a:r></a:p></q:txBody></q:cm></q:cmLst>"
    )
    authors = {
        "ppt/commentAuthors.xml": '<p:x xmlns:p="urn:p"><p:cmAuthor id="0" name="Legal"/></p:x>',
        "ppt/authors.xml": '<q:x xmlns:q="urn:q"><q:author id="{A}" name="森"/></q:x>',
    }
    slides = save_pptx(tmp_path / "a.pptx", lambda p: p.slides.add_slide(p.slide_layouts[6]))
    links = member(slides, "ppt/slides/_rels/slide1.xml.rels").decode()
    more = relations(
        {"rA": ("comments", "../comments/c1.xml"), "rB": ("comments", "../comments/c2.xml")}
    )
    inner = more[more.index("<Relationship ") : more.index("</Relationships>")]
    replaced = {
        "ppt/slides/_rels/slide1.xml.rels": links.replace(
            "</Relationships>", inner + "</Relationships>"
        ).encode(),
        "ppt/comments/c1.xml": older.encode(),
        "ppt/comments/c2.xml": newer.encode(),
        **{name: xml.encode() for name, xml in authors.items()},
    }
    document = read_document(with_members(slides, tmp_path / "b.pptx", replaced))
    assert texts(document) == ["Legal: Drop the word waterproof.", "森: 数値を確認", "森: 了解です"]


def test_threads_of_a_sheet_without_the_boilerplate(tmp_path):
    plain = (
        '<comments xmlns="urn:c"><comment ref="A1"><text><t>[Threaded comment]\n\nYour version of '
        "Excel allows you to read this threaded comment\n\nComment:\n    Ask Mori</t></text>"
        '</comment><comment ref="B1"><text><t>old note</t></text></comment></comments>'
    )
    thread = (
        '<T xmlns="urn:t"><threadedComment ref="A1" personId="{P}"><text>Ask Mori</text>'
        '</threadedComment><threadedComment ref="A1" personId="{Q}"><text>済みです</text>'
        "</threadedComment></T>"
    )
    persons = (
        '<p xmlns="urn:p"><person id="{P}" displayName="Abe"/>'
        '<person id="{Q}" displayName="森"/></p>'
    )
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    parts = {"xl/comments1.xml": plain, "xl/tc/t1.xml": thread, "xl/persons/person.xml": persons}
    links = {"rC": ("comments", "../comments1.xml"), "rT": ("threadedComment", "../tc/t1.xml")}
    document = read_document(save_raw_xlsx(tmp_path / "a.xlsx", cells, links=links, parts=parts))
    assert texts(document)[1:] == [
        "Comment on A1: Abe: Ask Mori",
        "Comment on A1: 森: 済みです",
        "Comment on B1: old note",
    ]
    del links["rT"]
    document = read_document(save_raw_xlsx(tmp_path / "b.xlsx", cells, links=links, parts=parts))
    assert texts(document)[1:] == ["Comment on A1: Ask Mori", "Comment on B1: old note"]


def test_links_of_cells(tmp_path):
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Portal</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>https://a.example/x</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("https://b.example/旅費","旅費規程")</f><v>旅費規程</v></c>'
        '<c r="B2" t="inlineStr"><is><t>森</t></is></c></row>'
    )
    behind = (
        '<hyperlinks><hyperlink ref="A1" r:id="r1"/><hyperlink ref="B1" r:id="r2"/>'
        '<hyperlink ref="B2" r:id="r3"/><hyperlink ref="A2" location="Data!A1"/></hyperlinks>'
    )
    links = {
        "r1": ("hyperlink", "https://p.example/claims?a=1&b=2"),
        "r2": ("hyperlink", "https://a.example/x/"),
        "r3": ("hyperlink", "mailto:mori@example.com"),
    }
    path = save_raw_xlsx(tmp_path / "a.xlsx", cells, links=links, behind=behind)
    said = whole_text(read_document(path))
    assert "Portal (https://p.example/claims?a=1&b=2)" in said
    assert said.count("a.example/x") == 1
    assert "旅費規程 (https://b.example/旅費)" in said
    assert "森 (mori@example.com)" in said


def test_links_of_word_and_slides(tmp_path):
    body = (
        f'<w:p>{run("See the ")}<w:hyperlink r:id="r1">{run("portal")}</w:hyperlink>'
        f"{run('.')}</w:p>"
        f"<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK "
        f'"https://f.example" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run('規程')}<w:r><w:fldChar w:fldCharType='end'/></w:r>{run('を参照')}</w:p>"
        f'<w:p><w:hyperlink r:id="r9" w:anchor="top">{run("Back to top")}</w:hyperlink></w:p>'
    )
    links = {"r1": ("hyperlink", "https://p.example/a")}
    document = read_document(save_raw_docx(tmp_path / "a.docx", body, links))
    assert texts(document) == [
        "See the portal (https://p.example/a).",
        "規程 (https://f.example)を参照",
        "Back to top",
    ]

    def fill(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        part = slide.shapes.add_textbox(0, 0, 9, 9).text_frame.paragraphs[0].add_run()
        part.text = "勤怠"
        part.hyperlink.address = "https://k.example/"

    assert texts(read_document(save_pptx(tmp_path / "a.pptx", fill))) == [
        "勤怠 (https://k.example/)"
    ]


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("www.a.example", "https://www.a.example/", ""),
        ("a", "#Data!A1", ""),
        ("a", "", ""),
        ("a", "https://a.example/" + "x" * 400, ""),
        ("資料", r"\\server\共有\資料.xlsx", r" (\\server\共有\資料.xlsx)"),
    ],
)
def test_what_is_added_behind_a_link(text, target, expected):
    assert link_addition(text, target) == expected


def test_only_a_written_out_address_of_a_formula_is_taken():
    assert formula_target('HYPERLINK("https://a.example","b")') == "https://a.example"
    assert formula_target("HYPERLINK(A1)") == ""


def inserted(tmp_path, name, data, body='<w:altChunk r:id="rX"/>'):
    links = {"rX": ("aFChunk", name)}
    parts = {f"word/{name}": data}
    path = save_raw_docx(tmp_path / "a.docx", f"<w:p>{run('Report')}</w:p>{body}", links, parts)
    return read_document(path)


def test_inserted_documents_of_several_kinds(tmp_path):
    page = "<html><body><h1>在庫</h1><p>樹脂は912パレット</p></body></html>"
    assert texts(inserted(tmp_path, "chunk1.html", page)) == ["Report", "在庫", "樹脂は912パレット"]
    assert texts(inserted(tmp_path, "afchunk.dat", page)) == ["Report", "在庫", "樹脂は912パレット"]
    fragment = inserted(tmp_path, "chunk2.htm", "<p>40 <b>racks</b></p>")
    assert texts(fragment) == ["Report", "40 racks"]
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n<p>40 racks</p>\r\n--b--\r\n"
    )
    assert "40 racks" in texts(inserted(tmp_path, "chunk.mht", archive))
    save_docx(tmp_path / "inner.docx", lambda d: d.add_paragraph("Inner text"))
    inner = (tmp_path / "inner.docx").read_bytes()
    assert texts(inserted(tmp_path, "chunk.docx", inner)) == ["Report", "Inner text"]


def test_what_cannot_be_inserted_is_noted(tmp_path):
    document = inserted(tmp_path, "chunk.bin", bytes(range(256)) * 20)
    assert [note.code for note in document.notes] == ["inserted-skipped"]
    assert english(document.notes[0]).startswith("inserted part chunk.bin: ")


def test_documents_inserted_in_one_another_end(tmp_path):
    save_docx(tmp_path / "inner.docx", lambda d: d.add_paragraph("Innermost"))
    data = (tmp_path / "inner.docx").read_bytes()
    for depth in range(6):
        path = save_raw_docx(
            tmp_path / f"{depth}.docx",
            f"<w:p>{run(f'Level {depth}')}</w:p><w:altChunk r:id='rX'/>",
            {"rX": ("aFChunk", "c.docx")},
            {"word/c.docx": data},
        )
        data = path.read_bytes()
    document = read_document(path)
    assert texts(document) == ["Level 5", "Level 4", "Level 3", "Level 2"]
    assert "nested too deeply" in english(document.notes[0])


def test_workbooks_embedded_in_slides_and_documents(tmp_path):
    book = save_xlsx(tmp_path / "in.xlsx", lambda b: b.active.append(["Reserve 4,750 crowns"]))

    def fill(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        slide.shapes.add_ole_object(str(book), "Excel.Sheet.12", 0, 0)

    assert "Reserve 4,750 crowns" in texts(read_document(save_pptx(tmp_path / "a.pptx", fill)))
    body = (
        f"<w:p>{run('予備費')}</w:p><w:p><w:r><w:object><o:OLEObject "
        'xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rE"/></w:object></w:r></w:p>'
    )
    parts = {"word/embeddings/b1.xlsx": book.read_bytes()}
    links = {"rE": ("package", "embeddings/b1.xlsx")}
    document = read_document(save_raw_docx(tmp_path / "a.docx", body, links, parts))
    assert texts(document) == ["予備費", "Reserve 4,750 crowns"]


def test_objects_of_older_programs_are_noted(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    body = (
        f"<w:p>{run('Sketch')}</w:p><w:p><w:r><w:object><o:OLEObject xmlns:o="
        '"urn:schemas-microsoft-com:office:office" r:id="rE"/></w:object></w:r></w:p>'
    )
    links = {"rE": ("oleObject", "embeddings/o1.bin")}
    parts = {"word/embeddings/o1.bin": ole}
    document = read_document(save_raw_docx(tmp_path / "a.docx", body, links, parts))
    assert [english(n) for n in document.notes] == ["embedded object o1.bin: not read"]


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("Floor plan: fire door 7 opens outwards", True),
        ("非常口は北側の二か所", True),
        ("A close-up of a sign Description automatically generated", False),
        ("グラフ 自動的に生成された説明", False),
        ("Picture 12", False),
        ("図 3", False),
        ("IMG_2204.jpeg", False),
        ("", False),
    ],
)
def test_what_people_wrote_about_pictures(tmp_path, written, is_read):
    def fill(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = "Plan"
        data = io.BytesIO(b"")
        Image.new("RGB", (4, 4)).save(data, "PNG")
        picture = slide.shapes.add_picture(data, 0, 0)
        picture._element.nvPicPr.cNvPr.set("descr", written)

    expected = ["Plan", written] if is_read else ["Plan"]
    assert texts(read_document(save_pptx(tmp_path / "a.pptx", fill))) == expected
    body = (
        f"<w:p>{run('Plan')}<w:r><w:drawing><p:inline xmlns:p='urn:p'>"
        f"<p:docPr id='1' descr='{written}'/></p:inline></w:drawing></w:r></w:p>"
    )
    assert texts(read_document(save_raw_docx(tmp_path / "a.docx", body))) == expected
