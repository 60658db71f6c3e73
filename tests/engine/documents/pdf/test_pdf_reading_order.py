from __future__ import annotations

import random

import pytest
from document_builders import texts
from fpdf import FPDF
from placed_pdf import placed_pdf

from engine.documents import read_document
from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.reading_order import regions

STORAGE = [
    "Article 4 covers storage. Goods",
    "stay in hall Juniper for at most",
    "nineteen days. After that a fee",
    "is charged for each further day",
    "until the goods are collected.",
]
INSURANCE = [
    "Article 5 covers insurance. The",
    "carrier insures each pallet for",
    "sixty thousand crowns. Damage",
    "must be reported in writing in",
    "five days after the delivery.",
]
JAPANESE = [
    "第四条　寄託者は、本契約に定める保",
    "管料を毎月末日までに支払うものとす",
    "る。支払いが遅れたときは、年六分の",
    "割合による遅延損害金を加えて支払う。",
]
TERMS = [
    "第五条　受託者は、保管する物品につ",
    "いて火災保険を付けるものとする。保",
    "険金額は物品の時価によるものとし、",
    "保険料は受託者がこれを負担する。",
]


def column(left, lines, *, top=100, pitch=15):
    return [(left, top + pitch * n, line) for n, line in enumerate(lines)]


def across(*columns):
    """What a program draws that writes line by line over all columns."""
    return [line for row in zip(*columns, strict=True) for line in row]


def read(tmp_path, page, **options):
    path = tmp_path / "page.pdf"
    path.write_bytes(placed_pdf([page], **options))
    return texts(read_document(path))


@pytest.mark.parametrize("line_by_line", [True, False])
def test_two_columns_are_read_one_after_the_other_below_their_title(tmp_path, line_by_line):
    columns = column(60, STORAGE), column(320, INSURANCE)
    drawn = across(*columns) if line_by_line else columns[0] + columns[1]
    found = read(
        tmp_path,
        [
            (60, 60, "Terms of storage and carriage, which hold for all halls of the company", 14),
            *drawn,
        ],
    )
    assert found[1:] == [" ".join(STORAGE), " ".join(INSURANCE)]
    assert found[0].startswith("Terms of storage")


def test_japanese_columns_and_a_sentence_that_goes_on_in_the_next_one(tmp_path):
    found = read(tmp_path, across(column(60, JAPANESE), column(320, TERMS)))
    assert found == ["".join(JAPANESE), "".join(TERMS)]
    cut = read(tmp_path, column(60, JAPANESE[:3]) + column(320, [JAPANESE[3], *TERMS[:2]]))
    assert cut[0] == "".join(JAPANESE)


def test_a_heading_over_both_columns_parts_what_is_above_it_from_what_is_below(tmp_path):
    upper = across(column(60, STORAGE), column(320, INSURANCE))
    lower = across(column(60, INSURANCE, top=260), column(320, STORAGE, top=260))
    heading = (60, 220, "Part two: what changes for goods that are stored for longer than a year")
    found = read(tmp_path, [*lower, heading, *upper])
    first, second = " ".join(STORAGE), " ".join(INSURANCE)
    assert found == [first, second, heading[2], second, first]


def test_three_columns(tmp_path):
    third = [
        "Article 6 is about keys. The",
        "keeper hands out no key to",
        "anybody without a written",
        "order of the owner of the",
        "goods that lie in the hall.",
    ]
    found = read(tmp_path, across(column(40, STORAGE), column(230, INSURANCE), column(420, third)))
    assert found == [" ".join(STORAGE), " ".join(INSURANCE), " ".join(third)]


def test_the_order_does_not_depend_on_the_order_in_which_lines_are_drawn():
    lines = [
        Line(text, x, 100 + 15.0 * n, x + 150, 111 + 15.0 * n, 11)
        for x, texts in ((60, STORAGE), (320, INSURANCE))
        for n, text in enumerate(texts)
    ]
    expected = [[line.text for line in region] for region in regions(lines)]
    assert expected == [STORAGE, INSURANCE]
    for seed in range(10):
        shuffled = random.Random(seed).sample(lines, len(lines))
        assert [[line.text for line in region] for region in regions(shuffled)] == expected


def test_a_list_with_hanging_numbers_is_no_pair_of_columns(tmp_path):
    items = [
        "Switch the pump off and close both",
        "valves before you open the lid.",
        "Drain the housing into the tray.",
    ]
    drawn = [
        (60, 100, "1."),
        (90, 100, items[0]),
        (90, 115, items[1]),
        (60, 130, "2."),
        (90, 130, items[2]),
    ]
    assert read(tmp_path, drawn) == [f"1. {items[0]} {items[1]}", f"2. {items[2]}"]


def test_lines_that_are_stretched_to_a_narrow_column_are_no_table(tmp_path):
    lines = [
        "The willow drainage",
        "repairs every valve of",
        "the canvas before the",
        "furnace is opened again",
        "while all others wait",
    ]
    width, ruler = 130.0, FPDF(unit="pt")
    ruler.set_font("Helvetica", size=11)
    drawn = []
    for n, line in enumerate(lines):
        words = line.split()
        blank = (width - sum(map(ruler.get_string_width, words))) / (len(words) - 1)
        x = 60.0
        for word in words:
            drawn.append((x, 100 + 14 * n, word))
            x += ruler.get_string_width(word) + blank
    assert read(tmp_path, drawn) == [" ".join(lines)]


def test_text_that_runs_up_the_page_is_read_as_lines(tmp_path):
    lines = [
        "The branch offices report their figures to the head office by the",
        "third working day of each month, without exception.",
    ]
    drawn = " ".join(
        f"BT /F1 12 Tf 0 1 -1 0 {80 + 18 * n} 60 Tm ({line}) Tj ET" for n, line in enumerate(lines)
    )
    assert read(tmp_path, [], drawn=drawn) == [" ".join(lines)]


def test_vertical_japanese_in_two_tiers_with_small_kana(tmp_path):
    upper = ["創立記念式典は十一月九日に", "講堂で開かれます。受付は朝", "八時半から始まります。"]
    lower = ["昼食は食堂に用意いたします", "ので各自お取りください。"]
    drawn = []
    for top, tier in ((100, upper), (400, lower)):
        for number, text in enumerate(tier):
            drawn += [(500 - 24 * number, top + 16 * i, c, 12) for i, c in enumerate(text)]
    drawn += [(512.5, 97 + 6 * i, c, 5) for i, c in enumerate("そうりつ")]
    found = read(tmp_path, [(60, 60, "社内報　秋号", 14), *drawn])
    assert found[0] == "社内報　秋号"
    assert found[1] == "".join(upper).replace("創立", "創立(そうりつ)")
    assert found[2] == "".join(lower)
