"""Headers are found by evidence, and where there is none there is no header."""

from __future__ import annotations

from engine.documents.tables.grid import BOLD, FILLED, LIKELY, MARKED, Row
from engine.documents.tables.headers import Header, find_header, joined


def rows(*cells: list[str], looks: dict[int, int] | None = None) -> list[Row]:
    looks = looks or {}
    return [
        Row(n, tuple(row), bytes([looks.get(n, 0)]) * len(row)) for n, row in enumerate(cells, 1)
    ]


def found(table: list[Row], *, document: bool = False) -> Header | None:
    return find_header(table, 0, max(len(row.cells) for row in table), document=document)


WORDS = (["Aba", "Bem", "Cor"], ["Dun", "Elk", "Fir"], ["Gnu", "Hay", "Ivy"])


def test_marks_and_looks_count_and_words_alone_do_not() -> None:
    assert found(rows(*WORDS)) is None
    for look in (MARKED, BOLD, FILLED, LIKELY):
        header = found(rows(*WORDS, looks={1: look}))
        assert header is not None and header.names == ("Aba", "Bem", "Cor")
    assert found(rows(*WORDS, looks={1: BOLD, 2: BOLD, 3: BOLD})) is None


def test_a_table_in_running_text_has_a_header_unless_something_speaks_against_it() -> None:
    assert found(rows(*WORDS), document=True) is not None
    assert (
        found(rows(["Aba", "ok", "3"], ["Bem", "ok", "4"], ["Cor", "bad", "5"]), document=True)
        is None
    )


def test_values_under_words_are_evidence_and_values_under_values_are_not() -> None:
    header = found(rows(["Aba", "Bem", "Cor"], ["Dun", "1", "2"], ["Elk", "3", "4"]))
    assert header is not None and header.values == (False, True, True)
    assert found(rows(["Aba", "1", "2"], ["Bem", "3", "4"], ["Cor", "5", "6"])) is None


def test_years_and_days_above_other_numbers_are_names() -> None:
    assert found(rows(["Site", "2023", "2024"], ["Ketley", "41", "44"], ["Maes", "17", "19"]))
    assert found(
        rows(["Who", "1", "2", "3"], ["Abe", "早", "遅", "休"], ["Mori", "休", "早", "早"])
    )
    assert found(rows(["1999", "2001", "2003"], ["2005", "2007", "2009"])) is None


def test_two_columns_need_words_that_name_things() -> None:
    assert found(rows(["Name", "Phone"], ["Mori", "11"], ["Abe", "12"])) is not None
    assert found(rows(["Customer", "Acme"], ["Total", "400"], ["VAT", "20"])) is None
    assert found(rows(["項目", "内容"], ["保証", "18か月"], ["納期", "8週間"])) is not None


def test_rows_of_one_header_make_one_name() -> None:
    header = found(
        rows(
            ["", "FY2024", "", "FY2025", ""],
            ["Branch", "First half", "Second half", "First half", "Second half"],
            ["Osmunda", "145", "150", "162", "171"],
            ["Ketley", "11", "12", "13", "14"],
        )
    )
    assert header is not None
    assert header.names[0] == "Branch" and header.names[4] == "FY2025, Second half"
    assert joined(["Weight", "(kg)"]) == "Weight (kg)" and joined(["幅", "（mm）"]) == "幅 （mm）"


def test_a_row_of_units_is_part_of_the_names() -> None:
    header = found(
        rows(["Grade", "Density", "Price"], ["", "kg/m3", "EUR/kg"], ["TX", "1140", "3.4"])
    )
    assert header is not None and header.end == 2
    assert header.names == ("Grade", "Density (kg/m3)", "Price (EUR/kg)")


def test_ranges_above_numbers_are_names() -> None:
    header = found(
        rows(["Size", "1-4", "5-9", "10+"], ["A4", "42", "38", "33"], ["A3", "58", "53", "47"])
    )
    assert header is not None and header.names == ("Size", "1-4", "5-9", "10+")


def test_a_row_that_counts_up_needs_others_below_it() -> None:
    assert found(rows(["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"])) is None


def test_a_header_that_comes_again_speaks_for_itself() -> None:
    table = rows(["Lot", "Weight", "Tester"], ["L-1", "12", "Beck"], ["Lot", "Weight", "Tester"])
    assert found(table) is not None


def test_labels_with_colons_name_no_columns() -> None:
    assert found(rows(["Name:", "", "Fax:"], ["Job:", "", "Mail:"], ["Age:", "", "Town:"])) is None


def test_yes_is_a_name_above_ticks_alone() -> None:
    assert found(rows(["Check", "Yes", "No"], ["Lights", "x", ""], ["Floor", "", "x"])) is not None
    assert (
        found(rows(["Lights", "yes", "Abe"], ["Floor", "no", "Abe"], ["Door", "yes", "Mori"]))
        is None
    )


def test_titles_above_are_no_header() -> None:
    header = found(rows(["Stock", "", ""], ["Item", "Bin", "Pieces"], ["Clamp", "R9", "400"]))
    assert header is not None and (header.first, header.end) == (1, 2)


def test_a_header_wider_than_what_stands_above_it() -> None:
    header = found(
        rows(
            ["Opening balance", "", "", "1,200"],
            ["Date", "Text", "Out", "In"],
            ["3 Jan", "Rent", "900", ""],
            ["5 Jan", "Salary", "", "2,400"],
            ["Closing balance", "", "", "2,700"],
        )
    )
    assert header is not None and header.names == ("Date", "Text", "Out", "In")


def test_codes_under_a_name_are_no_labels() -> None:
    header = found(rows(["Code", "Meaning"], ["E1", "No water"], ["E2", "Door open"]))
    assert header is not None and header.names == ("Code", "Meaning")


def test_units_divide_a_name_that_reaches_over_them() -> None:
    header = found(
        rows(["Model", "Power", ""], ["", "kW", "hp"], ["A", "4", "5.4"], ["B", "9", "12"])
    )
    assert header is not None
    assert header.names == ("Model", "Power (kW)", "Power (hp)")
