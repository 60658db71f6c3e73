from __future__ import annotations

import re
from collections import Counter

import pytest
from document_builders import texts, whole_text
from fpdf import FPDF
from placed_pdf import placed_pdf

from engine.documents import read_document
from engine.documents.pdf.grids import grids
from engine.documents.pdf.rules import Rule, Rules, joined

PARTS = [
    ["Part", "Stock", "Reorder level", "Shelf"],
    ["Valve disc VD-5", "140", "35", "N-11"],
    ["Seal kit SK-9", "62", "20", "N-12"],
    ["Coil CL-2", "18", "45", "P-03"],
]
ROWS = [
    "Part: Valve disc VD-5 | Stock: 140 | Reorder level: 35 | Shelf: N-11",
    "Part: Seal kit SK-9 | Stock: 62 | Reorder level: 20 | Shelf: N-12",
    "Part: Coil CL-2 | Stock: 18 | Reorder level: 45 | Shelf: P-03",
]
LEFT = [60, 220, 300, 430]


def read(tmp_path, page, **options):
    path = tmp_path / "table.pdf"
    path.write_bytes(placed_pdf([page], **options))
    return read_document(path)


def by_row(rows, *, top=120, pitch=18):
    return [
        (LEFT[c], top + pitch * r, cell)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell
    ]


def test_rows_without_lines_get_the_names_of_their_columns(tmp_path):
    document = read(
        tmp_path,
        [(60, 80, "Spare parts", 14), *by_row(PARTS), (60, 260, "Ask the store for other parts.")],
    )
    assert texts(document) == ["Spare parts", *ROWS, "Ask the store for other parts."]
    assert [block.atomic for block in document.blocks] == [False, True, True, True, False]


def test_columns_that_the_file_draws_one_after_the_other_make_the_same_rows(tmp_path):
    by_column = sorted(by_row(PARTS), key=lambda placed: (placed[0], placed[1]))
    assert texts(read(tmp_path, by_column)) == ROWS


def test_cells_of_several_lines_and_numbers_set_to_the_right(tmp_path):
    page = [
        (60, 100, "Fee"), (220, 100, "Amount"), (300, 100, "Due"),
        (60, 120, "Storage of one pallet"), (244, 120, "1,200"), (300, 120, "monthly"),
        (60, 133, "in hall Juniper"),
        (60, 155, "Key"), (256, 155, "35"), (300, 155, "at once"),
        (60, 175, "Late collection"), (250, 175, "980"), (300, 175, "monthly"),
    ]  # fmt: skip
    assert texts(read(tmp_path, page)) == [
        "Fee: Storage of one pallet in hall Juniper | Amount: 1,200 | Due: monthly",
        "Fee: Key | Amount: 35 | Due: at once",
        "Fee: Late collection | Amount: 980 | Due: monthly",
    ]


def ruled(rows, **style):
    pdf = FPDF()
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    pdf.cell(0, 8, "Storage and handling", new_x="LMARGIN", new_y="NEXT")
    with pdf.table(**style) as table:
        for row in rows:
            line = table.row()
            for cell in row:
                text, spans = cell if isinstance(cell, tuple) else (cell, {})
                line.cell(text, **spans)
    return bytes(pdf.output())


@pytest.mark.parametrize("layout", ["ALL", "SINGLE_TOP_LINE", "HORIZONTAL_LINES", "NONE"])
def test_tables_of_a_pdf_writer_with_all_some_or_no_lines(tmp_path, layout):
    path = tmp_path / "ruled.pdf"
    path.write_bytes(ruled(PARTS, borders_layout=layout))
    assert texts(read_document(path)) == ["Storage and handling", *ROWS]


def test_cells_that_span_name_every_column_and_row_below_them(tmp_path):
    path = tmp_path / "spans.pdf"
    rows = [
        [("Item", {"rowspan": 2}), ("Price", {"colspan": 2})],
        ["first half", "second half"],
        [("Pallet", {"rowspan": 2}), "120", "140"],
        ["125", "150"],
        ["Key", "7", "9"],
    ]
    path.write_bytes(ruled(rows, num_heading_rows=2))
    assert texts(read_document(path))[1:] == [
        "Item: Pallet | Price, first half: 120 | Price, second half: 140",
        "Item: Pallet | Price, first half: 125 | Price, second half: 150",
        "Item: Key | Price, first half: 7 | Price, second half: 9",
    ]


def test_neighbouring_cells_without_a_blank_between_are_parted_by_their_line(tmp_path):
    rows = [
        ["品目", "単価", "備考"],
        ["保管料及び荷役料", "千二百円", "税込"],
        ["鍵", "三十五円", "貸与"],
    ]
    lefts, edges = [60, 152, 220], [58, 150, 218, 300]
    page = [
        (lefts[c], 120 + 20 * r, cell, 11)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]
    page[3] = (60, 140, "保管料及び荷役料", 11.3)
    lines = [f"{x} {842 - 105} m {x} {842 - 165} l S" for x in edges]
    lines += [f"58 {842 - y} m 300 {842 - y} l S" for y in (105, 125, 145, 165)]
    assert texts(read(tmp_path, page, drawn="\n".join(lines))) == [
        "品目: 保管料及び荷役料 | 単価: 千二百円 | 備考: 税込",
        "品目: 鍵 | 単価: 三十五円 | 備考: 貸与",
    ]


def test_pairs_of_label_and_value(tmp_path):
    pairs = [("Tenant:", "Harrowgate Mills"), ("Term", "36 months"), ("Deposit", "4,500")]
    page = [
        placed
        for n, (a, b) in enumerate(pairs)
        for placed in ((60, 100 + 16 * n, a), (200, 100 + 16 * n, b))
    ]
    assert texts(read(tmp_path, page)) == [
        "Tenant: Harrowgate Mills",
        "Term: 36 months",
        "Deposit: 4,500",
    ]


def test_two_rows_of_words_are_no_names_and_values(tmp_path):
    page = by_row([["Buyer", "Nagano", "Hollis Grange"], ["Seller", "Ueda", "Orla Fenwick"]])
    text = whole_text(read(tmp_path, page))
    assert "Buyer Nagano Hollis Grange" in text
    assert "Seller Ueda Orla Fenwick" in text
    assert ":" not in text


def test_no_word_is_lost_or_doubled(tmp_path):
    path = tmp_path / "words.pdf"
    body = [[f"row{r}cell{c}" for c in range(5)] for r in range(20)]
    path.write_bytes(ruled([["alpha", "beta", "gamma", "delta", "epsilon"], *body]))
    found = Counter(re.findall(r"row\d+cell\d", whole_text(read_document(path))))
    assert found == Counter(cell for row in body for cell in row)


def test_lines_are_joined_and_only_those_that_meet_make_a_grid():
    assert joined([Rule(10, 0, 50), Rule(10.5, 51, 90), Rule(30, 0, 5)]) == (
        Rule(10.25, 0, 90),
        Rule(30, 0, 5),
    )
    apart = Rules((Rule(10, 0, 50),), (Rule(200, 0, 50),))
    assert grids(apart) == []
    box = Rules(
        (Rule(0, 0, 90), Rule(20, 0, 90), Rule(40, 0, 90)),
        (Rule(0, 0, 40), Rule(30, 20, 40), Rule(90, 0, 40)),
    )
    (grid,) = grids(box)
    assert grid.spans == ((0, 1, 0, 2), (1, 2, 0, 1), (1, 2, 1, 2))
