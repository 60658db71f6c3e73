from __future__ import annotations

import re

import pptx
from document_builders import member, save_pptx, texts, with_members
from pptx.util import Inches

from engine.documents import read_document
from engine.wording.notices import english


def titled(presentation, title, *lines):
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = title
    slide.placeholders[1].text = "\n".join(lines)
    return slide


def test_slides_come_in_the_order_in_which_they_are_shown(tmp_path):
    def fill(presentation):
        for number in range(1, 13):
            titled(presentation, f"Topic {number}", f"Point of topic {number}")
        ids = presentation.slides._sldIdLst
        ids.insert(0, ids[11])  # the twelfth slide is shown first

    document = read_document(save_pptx(tmp_path / "deck.pptx", fill))
    shown = [12, *range(1, 12)]
    assert texts(document) == [t for n in shown for t in (f"Topic {n}", f"Point of topic {n}")]
    assert [block.location.first for block in document.blocks] == [
        n for n in range(1, 13) for _ in "ab"
    ]
    assert document.blocks[1].heading == "Topic 12"
    assert document.title == "Topic 12"


def test_tables_groups_notes_and_runs(tmp_path):
    def fill(presentation):
        slide = titled(presentation, "Prices", "Valid from April")
        table = slide.shapes.add_table(3, 3, 0, 0, Inches(4), Inches(2)).table
        for row, cells in enumerate(
            (("Plan", "Yen", "Users"), ("Basic", "1,200", "5"), ("Pro", "3,400", "50"))
        ):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
        group = slide.shapes.add_group_shape().shapes.add_group_shape()
        box = group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.paragraphs[0]
        for piece in ("株式", "会社", " Sabun"):
            box.add_run().text = piece
        slide.notes_slide.notes_text_frame.text = "Mention the discount."

    document = read_document(save_pptx(tmp_path / "deck.pptx", fill))
    assert texts(document) == [
        "Prices",
        "Valid from April",
        "Plan: Basic | Yen: 1,200 | Users: 5",
        "Plan: Pro | Yen: 3,400 | Users: 50",
        "株式会社 Sabun",
        "Mention the discount.",
    ]
    assert str(document.blocks[-1].location) == "slide 1 (notes)"


def test_hidden_and_empty_slides_are_noted(tmp_path):
    def fill(presentation):
        titled(presentation, "Shown", "a")
        titled(presentation, "Hidden", "b")
        presentation.slides.add_slide(presentation.slide_layouts[6])

    plain = save_pptx(tmp_path / "plain.pptx", fill)
    slide = re.sub(
        rb"<p:sld ", b'<p:sld show="0" ', member(plain, "ppt/slides/slide2.xml"), count=1
    )
    path = with_members(plain, tmp_path / "deck.pptx", {"ppt/slides/slide2.xml": slide})
    document = read_document(path)
    assert "Hidden" in texts(document)
    assert tuple(map(english, document.notes)) == (
        "slide 2: hidden in the show, but read",
        "slide 3: no text",
    )
    assert len(pptx.Presentation(str(path)).slides) == 3


def test_merged_cells_of_a_table(tmp_path):
    def fill(presentation):
        slide = titled(presentation, "Plan", "Work")
        table = slide.shapes.add_table(3, 3, 0, 0, Inches(4), Inches(2)).table
        for row, cells in enumerate((("Part", "2025", ""), ("", "H1", "H2"), ("Pump", "a", "b"))):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))

    document = read_document(save_pptx(tmp_path / "deck.pptx", fill))
    assert texts(document)[-1] == "Part: Pump | 2025, H1: a | 2025, H2: b"
