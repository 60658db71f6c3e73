"""Tables of every format with typed values, each at its place in the stored text."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from pptx.util import Inches

from engine.documents.chunking import chunk
from engine.documents.reading import read_document
from engine.documents.sandbox.wire import packed, unpacked
from engine.documents.table_contents import tables_of
from engine.documents.tables import typed
from engine.records.tables import TypedTable

ROWS = [
    ["Item", "Price (EUR)", "Delivered", "Pieces"],
    ["Chair", "120.50", "2025-04-01", "1-9"],
    ["Desk", "1,300", "13/5/2025", "10+"],
    ["Lamp", "-", "7/3/2025", "up to 4"],
    ["Total", "1,420.50", "", ""],
]


def _tables(path: Path) -> tuple[str, tuple[TypedTable, ...]]:
    """Read a file as the program does: through the pipe of the parser process."""
    parsed = unpacked(packed(read_document(path)))
    return chunk(parsed)[0], tables_of(parsed)


def _csv(path: Path) -> None:
    lines = [";".join(row) for row in ROWS]
    path.write_text("\n".join(lines), encoding="utf-8")


def _markdown(path: Path) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in ROWS]
    lines.insert(1, "|---|---|---|---|")
    path.write_text("# Furniture\n\n" + "\n".join(lines), encoding="utf-8")


def _html(path: Path) -> None:
    cells = [[f"<td>{cell}</td>" for cell in row] for row in ROWS]
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells).replace("td>", "th>", 8)
    path.write_text(f"<h1>Furniture</h1><table>{rows}</table>", encoding="utf-8")


def _xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    for cell in book.active[1]:
        cell.font = openpyxl.styles.Font(bold=True)
    book.save(path)


def _docx(path: Path) -> None:
    document = docx.Document()
    table = document.add_table(len(ROWS), 4)
    for at, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    document.save(str(path))


def _pptx(path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    frame = slide.shapes.add_table(len(ROWS), 4, Inches(1), Inches(1), Inches(8), Inches(3))
    for at, row in enumerate(ROWS):
        for column, text in enumerate(row):
            frame.table.cell(at, column).text = text
    deck.save(str(path))


def _text(path: Path) -> None:
    lines = ["".join(cell.ljust(16) for cell in row).rstrip() for row in ROWS[:4]]
    path.write_text("\n".join([lines[0], "-" * 60, *lines[1:]]), encoding="utf-8")


MAKERS = {
    "f.csv": _csv,
    "f.md": _markdown,
    "f.html": _html,
    "f.xlsx": _xlsx,
    "f.docx": _docx,
    "f.pptx": _pptx,
    "f.txt": _text,
}


@pytest.mark.parametrize("name", MAKERS)
def test_every_format_hands_over_its_tables(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    MAKERS[name](path)
    text, (table,) = _tables(path)
    assert [column.name for column in table.columns] == ROWS[0]
    assert [column.unit for column in table.columns] == ["", "euro", "", ""]
    assert table.n_rows == 3 and table.n_left_out == 0
    by_place = {(cell.column, cell.row): cell for cell in table.cells}
    for (column, row), cell in by_place.items():
        printed = ROWS[row if row > 0 else 4][column - 1]
        assert text[cell.start : cell.end] == printed
    price, second = by_place[2, 1], by_place[2, 2]
    assert (price.kind, price.value, price.unit) == ("number", 120.5, "euro")
    assert (second.value, by_place[2, 3].kind) == (1300, "words")
    if name != "f.txt":  # a total at the end is not aligned with it
        assert by_place[2, -1].value == 1420.5
    # 13/5 can only be a day first, so 7/3 is one, too.
    assert [by_place[3, row].value for row in (1, 2, 3)] == [
        "2025-04-01",
        "2025-05-13",
        "2025-03-07",
    ]
    assert {by_place[4, row].kind for row in (1, 2, 3)} == {"range"}


def test_sheets_sections_two_header_rows_and_merged_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Staff"
    for row in (
        ["Region", "Sales 2024 (kEUR)", None, "Sales 2025 (kEUR)", None],
        [None, "First half", "Second half", "First half", "Second half"],
        ["North", 10, 20, 30, 40],
        ["North", 11, 21, 31, 41],
        ["South", 1, 2, 3, 4],
    ):
        sheet.append(row)
    for cells in ("A1:A2", "B1:C1", "D1:E1", "A3:A4"):
        sheet.merge_cells(cells)
    for row in sheet["A1:E2"]:
        for cell in row:
            cell.font = openpyxl.styles.Font(bold=True)
    path = tmp_path / "s.xlsx"
    book.save(path)
    text, (table,) = _tables(path)
    assert table.heading == "Staff"
    assert [column.name for column in table.columns] == [
        "Region",
        "Sales 2024 (kEUR), First half",
        "Sales 2024 (kEUR), Second half",
        "Sales 2025 (kEUR), First half",
        "Sales 2025 (kEUR), Second half",
    ]
    values = {(cell.column, cell.row): cell.value for cell in table.cells}
    assert [values[1, row] for row in (1, 2, 3)] == ["north", "north", "south"]
    assert values[5, 2] == 41_000  # in euros
    cell = next(cell for cell in table.cells if (cell.column, cell.row) == (5, 2))
    assert text[cell.start : cell.end] == "41"


def test_a_unit_of_the_whole_table_is_that_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "u.md"
    path.write_text(
        "| 地域（百万円） | 4月 | 5月 |\n|---|---|---|\n| 東 | 12 | 13 |\n| 西 | 7 | 8 |\n",
        encoding="utf-8",
    )
    _, (table,) = _tables(path)
    assert [(c.unit, c.scale) for c in table.columns] == [("", 1), ("yen", 10**6), ("yen", 10**6)]
    assert sorted(c.value for c in table.cells if c.column == 2) == [7 * 10**6, 12 * 10**6]


def test_what_is_beyond_the_limit_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed, "MAX_TABLE_CELLS", 20)
    path = tmp_path / "long.csv"
    path.write_text("Item,Price\n" + "\n".join(f"a{n},{n}" for n in range(50)), encoding="utf-8")
    _, (table,) = _tables(path)
    assert (table.n_rows, table.n_left_out) == (10, 40)


def test_texts_without_named_columns_have_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "plain.md"
    path.write_text("# Title\n\nSome text: with a colon | and a bar.\n", encoding="utf-8")
    assert _tables(path)[1] == ()
