"""Text files of separated values: which separator, and whether the first row is one of names."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_builders import texts

from engine.documents import read_document


def read(tmp_path: Path, text: str, name: str = "a.csv") -> list[str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return texts(read_document(path))


def test_the_first_line_may_name_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("sep=;\r\nArticle;Depot;Pieces\r\nHinge;Alder;1200\r\nLatch;Birch;340\r\n")
    document = read_document(path)
    assert texts(document) == [
        "Article: Hinge | Depot: Alder | Pieces: 1200",
        "Article: Latch | Depot: Birch | Pieces: 340",
    ]
    assert document.blocks[0].location.name == "A3:C3"  # as Excel counts the lines


@pytest.mark.parametrize("separator", list(",;\t|"))
def test_the_separator_is_the_one_that_fits_all_lines(tmp_path: Path, separator: str) -> None:
    lines = [["Name", "Note", "Price"], ["Abe", "a, b; c", "1,50"], ["Mori", "d", "2,75"]]
    text = "\n".join(
        separator.join(f'"{cell}"' if separator in cell else cell for cell in line)
        for line in lines
    )
    assert read(tmp_path, text)[0] == "Name: Abe | Note: a, b; c | Price: 1,50"


def test_a_list_without_header_keeps_its_first_row(tmp_path: Path) -> None:
    text = "Boiler 1,north wing,71.4,ok\nBoiler 2,south wing,68.9,leak\nBoiler 3,roof,70.2,ok\n"
    assert read(tmp_path, text)[:2] == [
        "Boiler 1 | north wing | 71.4 | ok",
        "Boiler 2 | south wing | 68.9 | leak",
    ]


def test_what_stands_above_the_table_is_no_part_of_it(tmp_path: Path) -> None:
    text = "Stock report\nSite,Harwich\n\nSKU,Title,On hand\n90-1,Rope,120\n90-2,Line,75\n"
    assert read(tmp_path, text) == [
        "Stock report",
        "Site: Harwich",
        "SKU: 90-1 | Title: Rope | On hand: 120",
        "SKU: 90-2 | Title: Line | On hand: 75",
    ]
