"""Lines of tables: every value under its name, at its place, and no text lost."""

from __future__ import annotations

import re
import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.documents.tables.grid import (
    ACROSS,
    BOLD,
    DOWN,
    FILLED,
    LIKELY,
    MARKED,
    NUMBER,
    GridBuilder,
    Row,
)
from engine.documents.tables.layout import sheet_lines, table_lines
from engine.documents.tables.lines import Role
from engine.documents.tables.writing import row_texts, sheet_blocks, text_of


def rows(*cells: list[str], bold: tuple[int, ...] = (), start: int = 1) -> list[Row]:
    return [
        Row(n, tuple(row), bytes([BOLD if n in bold else 0]) * len(row))
        for n, row in enumerate(cells, start)
    ]


def texts(found: list[Row]) -> list[str]:
    return [text_of(line) for line in sheet_lines(found)]


def test_places_are_those_of_the_cells() -> None:
    found = rows(["", "Item", "Price"], ["", "Desk", "120"], ["", "Lamp", ""])
    blocks = list(sheet_blocks(found, sheet="S", heading="S"))
    assert [(b.text, b.location.name) for b in blocks] == [
        ("Item: Desk | Price: 120", "S!B2:C2"),
        ("Item: Lamp", "S!B3"),
    ]


def test_a_header_is_written_itself_where_no_value_has_its_name() -> None:
    found = rows(["Item", "Price", "Remark"], ["Desk", "120", ""], ["Lamp", "30", ""])
    assert texts(found) == [
        "Item | Price | Remark",
        "Item: Desk | Price: 120",
        "Item: Lamp | Price: 30",
    ]


def test_roles_tell_titles_sections_and_notes() -> None:
    found = rows(
        ["Staff", "", ""],
        ["Name", "Room", "Phone"],
        ["Ground floor", "", ""],
        ["Okafor", "Reception", "100"],
        ["Lund", "Post", "104"],
        ["Note: internal calls only.", "", ""],
        bold=(2, 3),
    )
    lines = list(sheet_lines(found))
    assert [line.role for line in lines] == [
        Role.TITLE,
        Role.SECTION,
        Role.DATA,
        Role.DATA,
        Role.NOTE,
    ]
    assert text_of(lines[2]) == "Ground floor | Name: Okafor | Room: Reception | Phone: 100"
    assert text_of(lines[4]) == "Note: internal calls only."


def test_a_total_is_no_value_of_the_column_in_which_it_stands() -> None:
    found = rows(
        ["Line", "Work", "Hours", "Rate", "Amount"],
        ["1", "Painting", "8", "40", "320"],
        ["", "", "", "Subtotal", "320"],
        ["Total", "", "", "", "384"],
    )
    assert texts(found)[1:] == ["Subtotal | Amount: 320", "Total | Amount: 384"]


def test_a_list_without_header_has_no_names() -> None:
    found = rows(["Abel", "Dispatch", "2101"], ["Berta", "Payroll", "2102"])
    assert texts(found) == ["Abel | Dispatch | 2101", "Berta | Payroll | 2102"]
    assert texts(rows(["2025-01-01", "Abel"], ["2025-01-02", "Berta"])) == [
        "2025-01-01 | Abel",
        "2025-01-02 | Berta",
    ]


def test_a_remark_below_a_table_of_words_gets_no_name() -> None:
    found = rows(["Name", "Team"], ["Abel", "Red"], ["Berta", "Blue"])
    found += rows(["Approved by", "Director"], start=6)
    assert texts(found)[-1] == "Approved by: Director"


def test_a_cell_over_several_columns_has_their_names() -> None:
    grid = GridBuilder()
    for text in ("Day", "Morning", "Afternoon"):
        grid.cell(text, look=MARKED)
    grid.end_row()
    grid.cell("Monday")
    grid.cell("Stocktake", n_columns=2)
    grid.end_row()
    assert [text for _, text in row_texts(grid.rows)] == [
        "Day: Monday | Morning / Afternoon: Stocktake"
    ]


def test_sheets_of_many_small_tables_take_little_time() -> None:
    started = time.process_time()
    gaps = [Row(2 * n, (f"Thing {n}", str(n))) for n in range(1, 20_000)]
    assert len(list(sheet_lines(gaps))) == len(gaps)
    wide = [Row(2 * n, tuple(f"w{n * c % 97} x" for c in range(512))) for n in range(1, 1_000)]
    assert len(list(sheet_lines(wide))) == len(wide)
    assert time.process_time() - started < 60


words = st.text(alphabet=st.sampled_from("ab Z9.,:%円日名月合計"), min_size=0, max_size=8).map(
    str.strip
)
values = st.sampled_from(
    ["", "", "1", "2", "3,000", "2025", "2026", "Q1", "4月", "kg", "(円)", "Total", "合計", "Name",
     "Price", "氏名", "番号", "項目", "Yes", "-", "KF-200", "Note: x",
     "A long sentence. It goes on.", "Date:", "two\nlines", "12\n13", "月"]
)  # fmt: skip
looks = st.sampled_from([0, 0, 0, BOLD, FILLED, NUMBER, MARKED, LIKELY, BOLD | FILLED])


@st.composite
def grids(draw: st.DrawFn) -> list[Row]:
    """Tables with merged cells, as readers build them."""
    builder = GridBuilder()
    width = draw(st.integers(1, 6))
    for _ in range(draw(st.integers(1, 9))):
        look = draw(looks)
        for _ in range(width):
            n_columns = draw(st.sampled_from([1, 1, 1, 1, 2, 3]))
            n_rows = draw(st.sampled_from([1, 1, 1, 1, 2]))
            text = draw(st.one_of(values, words))
            own = draw(st.sampled_from([look, look, look, 0]))
            builder.cell(text, n_columns=n_columns, n_rows=n_rows, look=own)
        builder.end_row(likely=draw(st.booleans()) and not builder.rows)
    return builder.rows


def bare(text: str) -> str:
    return re.sub(r"[\s:：|]+", "", text)


def begun(found: list[Row]) -> list[str]:
    """Texts of the cells, each where it begins."""
    return [
        row.cells[at] for row in found for at in row.own() if not row.look(at) & (ACROSS | DOWN)
    ]


@settings(max_examples=120, deadline=None)
@given(grids())
@example([Row(1, ("Name", "Price", "番号")), Row(2, ("x", "", ""))])
def test_no_text_of_a_table_is_lost(found: list[Row]) -> None:
    whole = bare(" ".join(text_of(line) for line in table_lines(found)))
    for text in begun(found):
        for line in text.split("\n"):
            assert bare(line) in whole, (text, found)


@settings(max_examples=120, deadline=None)
@given(grids(), st.sets(st.integers(0, 8)))
def test_no_text_of_a_sheet_is_lost(found: list[Row], gaps: set[int]) -> None:
    spread = [
        Row(row.number + sum(1 for g in gaps if g < row.number), row.cells, row.looks)
        for row in found
    ]
    lines = list(sheet_lines(spread))
    whole = bare(" ".join(map(text_of, lines)))
    for text in begun(spread):
        for line in text.split("\n"):
            assert bare(line) in whole, (text, found)
    numbers = {row.number for row in spread}
    assert all(line.number in numbers and line.first <= line.last for line in lines)


@settings(max_examples=100, deadline=None)
@given(grids())
def test_every_name_stands_above_or_beside_its_value(found: list[Row]) -> None:
    at_number = {row.number: at for at, row in enumerate(found)}
    for line in table_lines(found):
        above = found[: at_number[line.number] + 1]
        known = bare(" ".join(cell for row in above for cell in row.cells))
        for name, _ in line.pairs:
            assert all(part in known for part in re.split(r"[\s,/()（）:：]+", name))


def test_two_columns_of_words_are_labels_only_where_something_says_so() -> None:
    assert texts(rows(["Ann", "Bob"], ["Cid", "Dan"])) == ["Ann | Bob", "Cid | Dan"]
    assert texts(rows(["Ann", "Bob"], ["Cid", "14"])) == ["Ann: Bob", "Cid: 14"]
    assert texts(rows(["Address", "Mill Lane"], ["Cid", "Dan"])) == [
        "Address: Mill Lane",
        "Cid: Dan",
    ]


def test_labels_far_to_the_right_say_nothing_of_their_column() -> None:
    found = rows(
        ["Pos", "Ware", "Menge", "Einzelpreis", "Gesamt"],
        ["1", "Suppe", "40", "12,50", "500,00"],
        ["", "", "", "Summe", "500,00"],
        ["", "", "", "MwSt 7%", "35,00"],
    )
    assert texts(found)[1:] == ["Summe | Gesamt: 500,00", "MwSt 7% | Gesamt: 35,00"]
