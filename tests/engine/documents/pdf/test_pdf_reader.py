from __future__ import annotations

import shutil
import subprocess

import pytest
from document_builders import english_pdf, japanese_pdf, landscape_pdf, mixed_pdf, texts, whole_text
from fpdf import FPDF
from placed_pdf import placed_pdf

from engine.documents import read_document
from engine.documents.pdf.page_lines import Line, paragraphs
from engine.documents.pdf.running_lines import without_running_lines
from engine.errors import FileUnreadable
from engine.wording.notices import english

LAW = (
    "This agreement is governed by the laws of Japan and every dispute that cannot be settled "
    "amicably is brought before the district court at the seat of the defendant. "
)


def test_wrapped_lines_become_one_paragraph_with_its_page(tmp_path):
    path = tmp_path / "contract.pdf"
    path.write_bytes(english_pdf([[LAW * 2, "Signed in Tokyo.", "- first\n- second"], ["Annex A"]]))
    document = read_document(path)
    assert texts(document) == [
        (LAW * 2).strip(),
        "Signed in Tokyo.",
        "- first",
        "- second",
        "Annex A",
    ]
    assert [block.location.first for block in document.blocks] == [1, 1, 1, 1, 2]
    assert document.media_type == "application/pdf"
    assert document.title == "contract.pdf"
    assert document.modified_in_document is not None


def test_words_of_neighbouring_pages_stay_apart(tmp_path):
    path = tmp_path / "pages.pdf"
    path.write_bytes(english_pdf([["The last word is alpha"], ["beta begins the next page"]]))
    assert texts(read_document(path)) == ["The last word is alpha", "beta begins the next page"]


def test_japanese_lines_are_joined_without_a_space(tmp_path):
    path = tmp_path / "契約.pdf"
    first = "本契約の有効期間は、契約締結の日から満一年間とする。ただし、期間満了の三か月前ま"
    lines = [first, "でに双方から申し出がないときは、さらに一年間延長する。", "第２条　秘密保持"]
    path.write_bytes(japanese_pdf([lines]))
    assert texts(read_document(path)) == [lines[0] + lines[1], lines[2]]


def test_hyphenated_words_are_made_whole(tmp_path):
    path = tmp_path / "hyphen.pdf"
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    pdf.text(20, 40, "The supplier keeps all technical documen-")
    pdf.text(20, 46, "tation confidential for a period of five y")
    path.write_bytes(bytes(pdf.output()))
    assert "technical documentation confidential" in whole_text(read_document(path))


def test_landscape_pages_are_read_as_they_are_shown(tmp_path):
    path = tmp_path / "landscape.pdf"
    lines = [
        "The branch offices report their figures to the head office in Osaka by the",
        "third working day of each month, without exception.",
        "Late reports are escalated.",
    ]
    path.write_bytes(landscape_pdf(lines))
    assert texts(read_document(path)) == [f"{lines[0]} {lines[1]}", lines[2]]


@pytest.mark.slow
def test_every_page_of_a_mixed_pdf_is_accounted_for(tmp_path):
    path = tmp_path / "mixed.pdf"
    scan = english_pdf([["Travel expenses above 500 euros need approval by the department head."]])
    path.write_bytes(mixed_pdf("A cover page with its own text layer.", scan, stamp="Page 2"))
    document = read_document(path)
    by_page = {block.location.first: block.text for block in document.blocks}
    assert "cover page" in by_page[1]
    assert "500 euros need approval" in by_page[2]
    assert tuple(map(english, document.notes)) == ("page 2: read by OCR", "page 3: blank")


@pytest.mark.slow
def test_japanese_scan(tmp_path):
    if not shutil.which("fc-match"):
        pytest.skip("fontconfig is not installed, so no Japanese font can be found to draw with")
    font = subprocess.run(
        ["fc-match", "-f", "%{lang}", ":lang=ja"], capture_output=True, text=True, check=True
    ).stdout
    if "ja" not in font.split("|"):
        pytest.skip("no Japanese font is installed to draw a scan with")
    path = tmp_path / "scan.pdf"
    lines = ["就業規則", "年次有給休暇は入社六か月後に十日付与する。", "申請は三日前までに行う。"]
    path.write_bytes(
        mixed_pdf("Cover of the work rules, in English.", japanese_pdf([lines], size=20))
    )
    document = read_document(path)
    scanned = "".join(block.text for block in document.blocks if block.location.first == 2)
    assert "年次有給休暇" in scanned
    assert "十日付与" in scanned
    assert "page 2: read by OCR" in map(english, document.notes)


@pytest.mark.slow
def test_the_ocr_models_are_those_of_the_package_and_nothing_is_fetched(monkeypatch):
    import numpy as np
    from rapidocr.utils import download_file

    from engine.documents.pdf import ocr

    def refuse(*arguments):
        raise AssertionError("a model would have been downloaded")

    monkeypatch.setattr(download_file.DownloadFile, "run", refuse)
    assert ocr._engine.__wrapped__() is not None
    white = np.full((200, 300, 3), 255, np.uint8)
    assert ocr.is_blank(white)
    white[50:60, 20:200] = 0
    assert not ocr.is_blank(white)
    monkeypatch.setitem(ocr._MODELS, "Rec.model_path", "absent.onnx")
    with pytest.raises(ocr.OcrUnavailable, match=r"absent\.onnx"):
        ocr._engine.__wrapped__()


def test_without_ocr_the_page_is_noted(tmp_path, monkeypatch):
    from engine.documents.pdf import ocr

    def unavailable(picture):
        raise ocr.OcrUnavailable("not installed")

    monkeypatch.setattr(ocr, "recognise", unavailable)
    path = tmp_path / "mixed.pdf"
    path.write_bytes(mixed_pdf("A cover page with its own text layer.", english_pdf([["Scan"]])))
    document = read_document(path)
    assert english(document.notes[0]) == "page 2: no text, and OCR is not available (not installed)"
    assert whole_text(document) == "A cover page with its own text layer."


def test_a_page_whose_font_has_no_table_of_characters_is_given_to_ocr(tmp_path, monkeypatch):
    from engine.documents.pdf import ocr

    said = "Deliveries end at noon."
    monkeypatch.setattr(ocr, "recognise", lambda picture: [Line(said, 0, 0, 300, 20, 20)])
    path = tmp_path / "codes.pdf"
    codes = bytes(range(3, 30)).replace(b"\r", b"").replace(b"\n", b"").hex()
    names = " ".join(f"/g{n}" for n in range(27))
    font = f"/Encoding << /Differences [3 {names}] >>".encode()
    drawn = f"BT 60 700 Td /F1 12 Tf <{codes}> Tj ET 60 500 200 40 re f"
    content = placed_pdf([[]], drawn=drawn)
    path.write_bytes(content.replace(b"/Encoding /WinAnsiEncoding", font))
    assert texts(read_document(path)) == [said]


@pytest.mark.parametrize("password", [None, "wrong"])
def test_encrypted_without_the_password(tmp_path, password):
    path = tmp_path / "secret.pdf"
    path.write_bytes(english_pdf([["Salary table"]], password="open sesame"))
    with pytest.raises(FileUnreadable) as caught:
        read_document(path, password=password)
    assert caught.value.reason == "encrypted"


def test_encrypted_with_the_password_and_owner_lock(tmp_path):
    path = tmp_path / "secret.pdf"
    path.write_bytes(english_pdf([["Salary table"]], password="open sesame"))
    assert texts(read_document(path, password="open sesame")) == ["Salary table"]
    path.write_bytes(english_pdf([["Printing is locked"]], owner="only the owner"))
    assert texts(read_document(path)) == ["Printing is locked"]


def test_blank_pdf_has_no_text(tmp_path):
    path = tmp_path / "blank.pdf"
    path.write_bytes(english_pdf([[], []]))
    with pytest.raises(FileUnreadable) as caught:
        read_document(path)
    assert caught.value.reason == "no-text"
    assert english(caught.value.detail) == "page 1: blank"


def test_bookmarks_become_the_heading_trail(tmp_path):
    path = tmp_path / "outline.pdf"
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for chapter, section in (("Leave", "Annual leave"), ("Expenses", "Hotels")):
        pdf.add_page()
        pdf.start_section(chapter)
        pdf.start_section(section, level=1)
        pdf.cell(0, 8, section, new_x="LMARGIN", new_y="NEXT")
        pdf.multi_cell(0, 8, f"What the company pays and grants about {section.lower()}.")
    path.write_bytes(bytes(pdf.output()))
    trails = [block.heading for block in read_document(path).blocks if "grants" in block.text]
    assert trails == ["Leave > Annual leave", "Expenses > Hotels"]


def test_running_headers_are_kept_once_but_facts_at_the_same_place_stay(tmp_path):
    path = tmp_path / "report.pdf"
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    totals = [1200, 900, 450, 7700, 31]
    for number, total in enumerate(totals, start=1):
        pdf.add_page()
        pdf.text(20, 15, "ACME confidential")
        for row in range(6):
            pdf.text(
                20, 40 + 20 * row, f"Branch {chr(64 + number)} had visitors from region {row}."
            )
        pdf.text(20, 250, f"Total {total} visitors")
        pdf.text(100, 285, f"Page {number} of 5")
    path.write_bytes(bytes(pdf.output()))
    text = whole_text(read_document(path))
    assert text.count("ACME confidential") == 1
    assert "Page 1 of 5" in text
    assert "Page 4 of 5" not in text
    assert all(f"Total {total} visitors" in text for total in totals)


def test_short_pages_lose_nothing():
    pages = {
        i: [Line("Same title", 0, 0, 100, 10, 10), Line("body", 0, 20, 50, 30, 10)]
        for i in range(9)
    }
    assert without_running_lines(pages) == pages


def test_columns_and_vertical_text():
    row = [Line("Item", 0, 0, 40, 10, 10), Line("Price", 200, 0, 240, 10, 10)]
    assert [p.text for p in paragraphs(row)] == ["Item Price"]
    vertical = [
        Line(c, 300, 12.0 * n, 310, 12.0 * n + 10, 10)
        for n, c in enumerate("縦書きの日本語の文章です")
    ]
    assert [p.text for p in paragraphs(vertical)] == ["縦書きの日本語の文章です"]
    assert paragraphs([]) == []


def test_a_broken_page_does_not_hide_the_others(tmp_path):
    path = tmp_path / "broken.pdf"
    good = japanese_pdf([["一頁目は読めます。"], ["二頁目も読めます。"]])
    # The second page object becomes something else; the page tree still counts it.
    path.write_bytes(
        good.replace(b"/Type /Page /Parent", b"/Type /Xxxx /Xarent", 2).replace(
            b"/Type /Xxxx /Xarent", b"/Type /Page /Parent", 1
        )
    )
    document = read_document(path)
    assert "一頁目は読めます。" in texts(document)
    pages = {block.location.first for block in document.blocks}
    assert pages == {1, 2} or any(note.data["page"] == 2 for note in document.notes)
