"""Tables typed with spaces become rows; text that only has wide gaps stays as it is."""

from __future__ import annotations

import pytest

from engine.documents.text_files.aligned_text import aligned_rows


def rows(text: str) -> list[str] | None:
    found = aligned_rows(text.strip("\n").split("\n"))
    return None if found is None else [text for _, text, _ in found]


def test_a_list_in_columns_gets_their_names():
    text = """
NAME              DEPARTMENT              EXT.
Wanda Brook       Paint shop               417
Ola Fenn          Stores, Lund             58
Jiro Tanabe       Dispatch                1190
"""
    assert rows(text) == [
        "NAME: Wanda Brook | DEPARTMENT: Paint shop | EXT.: 417",
        "NAME: Ola Fenn | DEPARTMENT: Stores, Lund | EXT.: 58",
        "NAME: Jiro Tanabe | DEPARTMENT: Dispatch | EXT.: 1190",
    ]


def test_a_line_below_the_first_row_marks_it_and_numbers_may_end_together():
    text = """
Item            Pieces      Price
---------------------------------
Hinge H-40        1200       0.85
Latch L-7           34      12.40
Bolt set             5     103.00
"""
    assert rows(text) == [
        "Item: Hinge H-40 | Pieces: 1200 | Price: 0.85",
        "Item: Latch L-7 | Pieces: 34 | Price: 12.40",
        "Item: Bolt set | Pieces: 5 | Price: 103.00",
    ]


def test_japanese_columns_are_measured_as_they_stand_on_the_screen():
    text = """
氏名          部署            内線
小野寺 純     経理課          2102
三宅 恵       情報システム課  4040
原 太一       総務課          3110
"""
    got = rows(text)
    assert got is not None and "小野寺 純" in got[-3] and "2102" in got[-3]
    assert "4040" in got[-2] and "2102" not in got[-2]


def test_a_title_above_stays_a_line_of_its_own():
    text = """
SHARED NUMBERS
IT help line        day and night            4040
Emergency           fire, injury             2222
Travel desk         Monday to Friday         4480
"""
    assert rows(text) == [
        "SHARED NUMBERS",
        "IT help line | day and night | 4040",
        "Emergency | fire, injury | 2222",
        "Travel desk | Monday to Friday | 4480",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The lease ends  in March.\nThe deposit is  two months of rent.\nIt is paid  in advance.",
        "  2025-03-01 12:00  started\nerror  in module  x\nretry",
        "one  two\nthree  four",
        "FIRST AIDERS        Callum, Martha\nFIRE WARDENS        Gareth (ground floor), Elin,\n"
        "                    Rhys (wing A)",
        "１．休業中の連絡先\n    設備の異常    守衛所（２２２２）\n    製品の故障    留守番電話",
    ],
)
def test_other_text_stays_as_it_is(text):
    assert rows(text) is None


def test_every_word_is_still_there():
    text = """
Model     Range        Weight
KF-50     0-20 m/s     4.1 kg
KF-80                  6.3 kg
KF-100    0-30 m/s     9.0 kg
"""
    joined = " ".join(rows(text) or ())
    for word in text.split():
        assert word in joined
    assert "KF-80 | Weight: 6.3 kg" in joined
