from __future__ import annotations

import pytest
from document_builders import texts, whole_text

from engine.documents import read_document


def page(tmp_path, html, encoding="utf-8"):
    path = tmp_path / "page.html"
    path.write_bytes(html.encode(encoding))
    return read_document(path)


def test_text_under_its_headings(tmp_path):
    document = page(
        tmp_path,
        """<!DOCTYPE html><html><head><title>Leave  policy</title><style>p{}</style>
        <script>var hidden = "script text";</script></head><body>
        <header>Site logo</header><nav><a>Home</a></nav>
        <h1>Leave</h1><p>Twenty <b>days</b>
        a year.</p><h2>Sick <i>leave</i></h2><div>Tell your<br>manager</div>loose text
        <ul><li>one<li>two</ul><p hidden>hidden text</p><p style="display: none">also</p>
        <noscript>enable it</noscript><footer>Imprint</footer></body></html>""",
    )
    assert document.title == "Leave policy"
    assert texts(document) == [
        "Leave",
        "Twenty days a year.",
        "Sick leave",
        "Tell your\nmanager",
        "loose text",
        "- one",
        "- two",
    ]
    assert [block.heading for block in document.blocks] == ["Leave"] * 2 + [
        "Leave > Sick leave"
    ] * 5
    assert str(document.blocks[-1].location) == "section Leave > Sick leave"


def test_items_of_lists_are_marked_as_they_are_shown(tmp_path):
    document = page(
        tmp_path,
        """<ol start=3><li><p>Open it.</p><p>Wait.</p><li>Close it.<ul><li>twice<li></ul></ol>
        <p>Done.</p><ul><li><table><tr><td>a<td>b<tr><td>1<td>2</table></ul><p>End.""",
    )
    assert texts(document)[:5] == ["3. Open it.", "Wait.", "4. Close it.", "- twice", "Done."]
    assert texts(document)[-1] == "End."


def test_tables_are_rows_and_layout_tables_are_paragraphs(tmp_path):
    document = page(
        tmp_path,
        """<html><body><table><caption>Fees</caption>
        <tr><th>Plan<th>Yen<tr><td>Basic<td>1,200<tr><td>Pro<td>3,400
        <table><tr><td>inner</td></tr></table></table>
        <table><tr><td><p>Only one column</p><p>of layout</p></td></tr></table></body></html>""",
    )
    assert texts(document) == [
        "Fees",
        "Plan: Basic | Yen: 1,200",
        "Plan: Pro | Yen: 3,400 inner",
        "Only one column\nof layout",
    ]


def test_preformatted_text_keeps_its_lines(tmp_path):
    assert "a = 1\nb = 2" in whole_text(page(tmp_path, "<html><pre>a = 1\nb = 2\n</pre></html>"))


def test_line_ends_within_japanese_are_no_spaces(tmp_path):
    html = "<html><meta charset=utf-8><p>有給休暇は\n    入社六か月後に\n付与する。See\nbelow.</p>"
    assert texts(page(tmp_path, html)) == ["有給休暇は入社六か月後に付与する。See below."]


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-jp", "iso-2022-jp", "utf-8"])
@pytest.mark.parametrize("declared", [True, False])
def test_japanese_encodings(tmp_path, encoding, declared):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    text = "<p>契約書の有効期間は二年とします。</p>"
    html = f"<html><head>{meta if declared else ''}</head><body>{text}</body></html>"
    assert texts(page(tmp_path, html, encoding)) == ["契約書の有効期間は二年とします。"]


def test_a_wrong_declaration_does_not_spoil_the_text(tmp_path):
    html = '<html><meta charset="shift_jis"><p>「有効期間」は、満了日の翌日から②年—延長</p></html>'
    assert texts(page(tmp_path, html)) == ["「有効期間」は、満了日の翌日から②年—延長"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "table", "b", "x-foo"])
def test_absurdly_deep_nesting(tmp_path, tag):
    opened, closed = f"<{tag}>" * 100_000, f"</{tag}>" * 100_000
    html = f"<html><body><p>before</p>{opened}the bottom{closed}after</body></html>"
    text = whole_text(page(tmp_path, html))
    assert all(word in text for word in ("before", "the bottom", "after"))


def test_a_page_that_is_all_header_is_still_read(tmp_path):
    assert texts(
        page(tmp_path, "<html><body><header><p>Everything is here</p></header></body></html>")
    ) == ["Everything is here"]


def test_fragments_and_entities(tmp_path):
    assert texts(page(tmp_path, "<p>R&amp;D &lt;Tokyo&gt;&nbsp;&copy; 2026</p>")) == [
        "R&D <Tokyo> © 2026"
    ]


def test_exponents_units_and_note_marks(tmp_path):
    document = page(
        tmp_path,
        "<p>5 x 10<sup>6</sup> cycles, CO<sub>2</sub>, 12 m<sup>2</sup>, "
        "deposit 250<sup><a href='#n2'>2</a></sup> crowns</p><p>保証金2,500<sup>注1</sup>円</p>"
        "<table><tr><th>Item<th>Fee<tr><td>Yard<td>1,200<sup>3</sup></table>",
    )
    assert texts(document) == [
        "5 x 10^6 cycles, CO₂, 12 m², deposit 250 [note 2] crowns",
        "保証金2,500 [注1]円",
        "Item: Yard | Fee: 1,200 [note 3]",
    ]


def test_cells_that_span_rows_and_columns(tmp_path):
    document = page(
        tmp_path,
        """<table><tr><th>Day</th><th>Dish</th><th>Staff</th><th>Guests</th></tr>
        <tr><td rowspan=2>Monday</td><td>Stew</td><td>4.10</td><td>6.90</td></tr>
        <tr><td>Cod</td><td>5.60</td><td>8.20</td></tr>
        <tr><td>Tuesday</td><td colspan=3>closed</td></tr></table>""",
    )
    assert texts(document) == [
        "Day: Monday | Dish: Stew | Staff: 4.10 | Guests: 6.90",
        "Day: Monday | Dish: Cod | Staff: 5.60 | Guests: 8.20",
        "Day: Tuesday | Dish / Staff / Guests: closed",
    ]


def test_cells_in_bold_above_others_name_columns(tmp_path):
    document = page(
        tmp_path,
        "<table><tr><td><b>Stop</b></td><td><strong>Line</strong></td></tr>"
        "<tr><td>Alm</td><td>Red</td></tr><tr><td>Berg</td><td>Blue</td></tr></table>",
    )
    assert texts(document) == ["Stop: Alm | Line: Red", "Stop: Berg | Line: Blue"]
