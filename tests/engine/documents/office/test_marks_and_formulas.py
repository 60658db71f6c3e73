"""Superscripts, formulas, symbols, form fields and escapes in Office documents."""

from __future__ import annotations

import pytest
from document_builders import save_pptx, save_xlsx, texts
from office_parts import DRAWING, MATH, WORD, run, save_raw_docx, save_raw_xlsx
from openpyxl.styles import Font
from pptx.oxml import parse_xml

from engine.documents import read_document
from engine.documents.office.escapes import unescaped

RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'
STYLED_UP = '<w:rStyle w:val="Up"/>'


def frac(above: str, below: str) -> str:
    return f"<m:f><m:num>{r(above)}</m:num><m:den>{r(below)}</m:den></m:f>"


def r(text: str) -> str:
    return text if text.startswith("<") else f"<m:r><m:t>{text}</m:t></m:r>"


def read_body(tmp_path, body, **extra):
    return texts(read_document(save_raw_docx(tmp_path / "a.docx", body, **extra)))


def test_exponents_and_note_marks_of_word(tmp_path):
    body = (
        f"<w:p>{run('5 x 10')}{run('6', RAISED)}{run(' cycles, a deposit of 500')}"
        f"{run('1', RAISED)}{run(' crowns, CO')}{run('2', LOWERED)}</w:p>"
        f"<w:p>{run('保証金は250')}{run('2', RAISED)}{run('円')}</w:p>"
    )
    assert read_body(tmp_path, body) == [
        "5 x 10^6 cycles, a deposit of 500 [note 1] crowns, CO₂",
        "保証金は250 [注2]円",
    ]


def test_runs_that_were_moved_by_hand_are_raised_if_they_are_marks(tmp_path):
    up = '<w:position w:val="6"/>'
    body = (
        f"<w:p>{run('5 x 10')}{run('6', up)}</w:p><w:p>{run('費用500')}{run('1', up)}</w:p>"
        f"<w:p>{run('Room 2')}{run('10 seats', up)}</w:p>"
    )
    assert read_body(tmp_path, body) == ["5 x 10^6", "費用500 [注1]", "Room 210 seats"]


def test_a_character_style_raises_its_runs(tmp_path):
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:type="character" w:styleId="Up"><w:name '
        f'w:val="Exponent"/><w:rPr>{RAISED}</w:rPr></w:style></w:styles>'
    )
    body = f"<w:p>{run('3 x 10')}{run('4', STYLED_UP)}</w:p>"
    found = read_body(
        tmp_path, body, links={"r1": ("styles", "styles.xml")}, parts={"word/styles.xml": styles}
    )
    assert found == ["3 x 10^4"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (frac("12", "50"), "12/50"),
        (frac("a+b", "2c"), "(a+b)/2c"),
        (frac(frac("1", "2"), "3"), "(1/2)/3"),
        (f"<m:sSup><m:e>{r('x')}</m:e><m:sup>{r('2')}</m:sup></m:sSup>", "x^2"),
        (f"<m:sSup><m:e>{r('a+b')}</m:e><m:sup>{r('n+1')}</m:sup></m:sSup>", "(a+b)^(n+1)"),
        (f"<m:sSub><m:e>{r('v')}</m:e><m:sub>{r('max')}</m:sub></m:sSub>", "v_max"),
        (f"<m:rad><m:deg/><m:e>{r('2gh')}</m:e></m:rad>", "√(2gh)"),
        (f"<m:rad><m:deg>{r('3')}</m:deg><m:e>{r('8')}</m:e></m:rad>", "root3(8)"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{r("i=1")}</m:sub>'
            f"<m:sup>{r('n')}</m:sup><m:e>{r('p')}</m:e></m:nary>",
            "∑_(i=1)^n p",
        ),
        (
            '<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>'
            f"<m:e>{r('x-1')}</m:e></m:d>",
            "[x-1]",
        ),
        (f"<m:m><m:mr><m:e>{r('1')}</m:e><m:e>{r('0')}</m:e></m:mr></m:m>", "[1, 0]"),
    ],
)
def test_formulas_of_word(tmp_path, formula, expected):
    body = f"<w:p>{run('share ')}<m:oMath>{formula}</m:oMath>{run(' of it')}</w:p>"
    assert read_body(tmp_path, body) == [f"share {expected} of it"]


def test_a_formula_touches_no_word_and_no_number(tmp_path):
    half, x = (f"<m:oMath>{formula}</m:oMath>" for formula in (frac("1", "2"), r("x")))
    body = f"<w:p>{run('比率は3')}{half}{run('です。値')}{x}{run('。')}</w:p>"
    assert read_body(tmp_path, body) == ["比率は3 1/2 です。値 x。"]


def test_a_formula_nested_without_end_is_read_all_the_same(tmp_path):
    formula = r("7")
    for _ in range(300):
        formula = frac(formula, "1")
    body = f"<w:p><m:oMath>{formula}</m:oMath></w:p>"
    assert "7" in read_body(tmp_path, body)[0]


def test_choices_ticks_and_symbols_of_word(tmp_path):
    def field(data: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
            "<w:r><w:instrText> FORM </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    entries = '<w:listEntry w:val="普通"/><w:listEntry w:val="冷蔵"/>'
    chosen = field(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')
    first = field(f"<w:ddList>{entries}</w:ddList>")
    ticked = field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    unticked = field('<w:checkBox><w:default w:val="0"/></w:checkBox>')
    sealed = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    lines = (
        run("区分: ") + chosen,
        run("既定: ") + first,
        ticked + run(" fragile"),
        unticked + run(" heavy"),
        sealed + run(" sealed"),
    )
    body = "".join(f"<w:p>{line}</w:p>" for line in lines)
    assert read_body(tmp_path, body) == [
        "区分: 冷蔵",
        "既定: 普通",
        "☒ fragile",
        "☐ heavy",
        "☑ sealed",
    ]


def test_exponents_of_slides_and_their_formulas(tmp_path):
    def fill(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = "Bench"
        frame = slide.shapes.add_textbox(0, 0, 100, 100).text_frame
        paragraph = frame.paragraphs[0]
        for text, shift in (
            ("2 x 10", None),
            ("5", "30000"),
            (" cycles at 1,200", None),
            ("3", "30000"),
        ):
            part = paragraph.add_run()
            part.text = text
            if shift:
                part._r.get_or_add_rPr().set("baseline", shift)
        paragraph._p.append(parse_xml(f'<m:oMath xmlns:m="{MATH}">{frac("3", "4")}</m:oMath>'))

    document = read_document(save_pptx(tmp_path / "a.pptx", fill))
    assert texts(document)[1] == "2 x 10^5 cycles at 1,200 [note 3] 3/4"


def test_exponents_and_escapes_of_workbooks(tmp_path):
    strings = (
        "<si><r><t>5 x 10</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>3</t></r></si>"
        "<si><t>gate 3_x000D__x000A_badge _x005F_x0041_</t></si>"
    )
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="str"><f>A1</f><v>tab_x0009_here</v></c></row>'
    )
    document = read_document(save_raw_xlsx(tmp_path / "a.xlsx", cells, strings=strings))
    assert texts(document) == ["5 x 10^3 | gate 3 badge _x0041_ | tab here"]


def test_escapes():
    assert unescaped("a_x0041_b") == "aAb"
    assert unescaped("_xD83D__xDE00_") == "😀"
    assert unescaped("_xD83D_!") == "\ufffd!"
    assert unescaped("part_x12 and _xZZZZ_") == "part_x12 and _xZZZZ_"


def test_letters_in_symbol_fonts_are_the_signs_that_they_show(tmp_path):
    wingdings = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    private = chr(0xF0FC)
    body = (
        f"<w:p>{run('þ', wingdings)}{run(' fragile ')}{run('o', wingdings)}{run(' heavy')}</w:p>"
        f"<w:p>{run(private, wingdings)}{run('済')}</w:p>"
    )
    assert read_body(tmp_path, body) == ["☑ fragile ☐ heavy", "✔済"]

    def fill(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        paragraph = slide.shapes.add_textbox(0, 0, 9, 9).text_frame.paragraphs[0]
        for text, font in (("R", "Wingdings 2"), (" sealed", "Arial")):
            part = paragraph.add_run()
            part.text, part.font.name = text, font

    assert texts(read_document(save_pptx(tmp_path / "a.pptx", fill))) == ["☑ sealed"]

    def sheet(book):
        rows = (["品名", "検査"], ["弁", "ü"], ["管", "û"], ["軸", "words in the wrong font"])
        for row in rows:
            book.active.append(row)
        for number in (2, 3, 4):
            book.active[f"B{number}"].font = Font(name="Wingdings")

    said = "\n".join(texts(read_document(save_xlsx(tmp_path / "a.xlsx", sheet))))
    assert "検査: ✔" in said
    assert "検査: ✘" in said
    assert "words in the wrong font" in said


def test_boxes_to_tick_and_printed_frames_of_a_sheet(tmp_path):
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    behind = (
        '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12社外秘&amp;R&amp;P / &amp;N'
        "</oddHeader>"
        "<oddFooter>&amp;CPage &amp;P&amp;RPlan B &amp;&amp; C</oddFooter></headerFooter>"
        '<controls><control shapeId="1025" r:id="rK" name="Check Box 1"/></controls>'
    )
    shape = (
        '<x:sp><x:nvSpPr><x:cNvPr id="1025" name="Check Box 1"/></x:nvSpPr><x:txBody><a:p><a:r>'
        "<a:t>同意する</a:t></a:r></a:p></x:txBody></x:sp>"
    )
    parts = {
        "xl/drawings/d1.xml": f'<x:wsDr xmlns:x="urn:x" xmlns:a="{DRAWING}">{shape}</x:wsDr>',
        "xl/ctrlProps/c1.xml": '<formControlPr objectType="CheckBox" checked="Checked"/>',
    }
    links = {
        "rD": ("drawing", "../drawings/d1.xml"),
        "rK": ("ctrlProp", "../ctrlProps/c1.xml"),
    }
    path = save_raw_xlsx(tmp_path / "a.xlsx", cells, links=links, parts=parts, behind=behind)
    assert texts(read_document(path)) == ["1", "社外秘", "Plan B & C", "☒ 同意する"]


def test_emoji_of_word_are_read_once(tmp_path):
    def alternatives(choice):
        return (
            '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
            f'markup-compatibility/2006"><mc:Choice Requires="w16se">{choice}</mc:Choice>'
            "<mc:Fallback><w:t>✅</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )

    sign = '<x:symEx xmlns:x="urn:x" x:font="Segoe UI Emoji" x:char="2705"/>'
    body = f"<w:p>{run('検収 ')}{alternatives(sign)}{run(' done ')}{alternatives('')}</w:p>"
    assert read_body(tmp_path, body) == ["検収 ✅ done ✅"]
