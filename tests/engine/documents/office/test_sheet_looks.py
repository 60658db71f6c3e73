"""What a workbook says of its tables beside the text of the cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from document_builders import save_xlsx, texts
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table

from engine.documents import read_document
from engine.documents.office.sheet_looks import merged_cells, style_looks
from engine.documents.tables.grid import ACROSS, BOLD, DOWN, FILLED

ROWS = (("Ort", "Wer"), ("Flur", "Ute"), ("Bad", "Jon"), ("Keller", "Ute"))
NAMED = ["Ort: Flur | Wer: Ute", "Ort: Bad | Wer: Jon", "Ort: Keller | Wer: Ute"]


def bold(sheet: Any) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)


def filled(sheet: Any) -> None:
    for cell in sheet[1]:
        cell.fill = PatternFill("solid", fgColor="FF4472C4")


def table(sheet: Any) -> None:
    sheet.add_table(Table(displayName="Plan", ref="A1:B4"))


def frozen(sheet: Any) -> None:
    sheet.freeze_panes = "A2"


def filtered(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:B4"


def nothing(sheet: Any) -> None:
    pass


def white(sheet: Any) -> None:
    for cell in sheet[1]:
        cell.fill = PatternFill("solid", fgColor="FFFFFFFF")


def read(tmp_path: Path, look: Any, rows: Any = ROWS) -> list[str]:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)
        look(book.active)

    return texts(read_document(save_xlsx(tmp_path / "plan.xlsx", fill)))


@pytest.mark.parametrize("look", [bold, filled, table, frozen, filtered])
def test_looks_and_objects_mark_a_header(tmp_path: Path, look: Any) -> None:
    assert read(tmp_path, look) == NAMED


@pytest.mark.parametrize("look", [nothing, white])
def test_without_them_words_are_no_header(tmp_path: Path, look: Any) -> None:
    assert read(tmp_path, look) == ["Ort | Wer", "Flur | Ute", "Bad | Jon", "Keller | Ute"]


def test_two_levels_of_names_over_numbers(tmp_path: Path) -> None:
    rows = (
        ("Branch", "FY2024", None, "FY2025", None),
        (None, "First half", "Second half", "First half", "Second half"),
        ("Harrowgate", 211, 224, 239, 318),
    )

    def merge(sheet: Any) -> None:
        for cells in ("A1:A2", "B1:C1", "D1:E1"):
            sheet.merge_cells(cells)

    assert read(tmp_path, merge, rows) == [
        "Branch: Harrowgate | FY2024, First half: 211 | FY2024, Second half: 224 | "
        "FY2025, First half: 239 | FY2025, Second half: 318"
    ]


def test_merged_cells_stand_wherever_they_reach() -> None:
    xml = b'<sheetData/><mergeCells><mergeCell ref="B2:C3"/><mergeCell ref="A9"/></mergeCells>'
    assert merged_cells(xml) == {
        2: {2: (2, 1, ACROSS)},
        3: {1: (2, 1, DOWN), 2: (2, 1, ACROSS | DOWN)},
    }
    huge = b'<mergeCell ref="A1:XFD1048576"/>'
    assert sum(map(len, merged_cells(huge).values())) < 200_000


def test_flags_of_styles() -> None:
    styles = ET.fromstring(
        '<styleSheet><fonts><font/><font><b/></font><font><b val="0"/></font></fonts><fills>'
        '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid">'
        '<fgColor theme="4"/></patternFill></fill><fill><patternFill patternType="solid">'
        '<fgColor theme="0"/></patternFill></fill></fills><cellXfs><xf fontId="0" fillId="0"/>'
        '<xf fontId="1" fillId="1"/><xf fontId="2" fillId="2"/><xf fontId="99"/></cellXfs>'
        "</styleSheet>"
    )
    assert style_looks(styles) == [0, BOLD | FILLED, 0, 0]
    assert style_looks(None) == []
