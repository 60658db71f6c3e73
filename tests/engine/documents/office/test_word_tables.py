"""Tables of Word documents: each cell in its column, whatever is merged or left out."""

from __future__ import annotations

from pathlib import Path

from document_builders import WORD, save_docx, texts
from docx.oxml import parse_xml

from engine.documents import read_document


def cell(text: str, properties: str = "") -> str:
    return (
        f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        if text
        else f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p/></w:tc>"
    )


def read(tmp_path: Path, *rows: str) -> list[str]:
    table = f'<w:tbl xmlns:w="{WORD}"><w:tblPr/>{"".join(rows)}</w:tbl>'

    def fill(document) -> None:
        document.element.body.insert(0, parse_xml(table))

    return texts(read_document(save_docx(tmp_path / "table.docx", fill)))


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


SPAN = '<w:gridSpan w:val="2"/>'
BEGIN, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEADER = "<w:tblHeader/>"


def test_two_header_rows_with_merged_cells(tmp_path: Path) -> None:
    assert read(
        tmp_path,
        row(cell("Pump", BEGIN), cell("Head", SPAN), cell("Power", SPAN), properties=HEADER),
        row(cell("", GO_ON), *map(cell, ("least", "most", "least", "most")), properties=HEADER),
        row(*map(cell, ("PX-410", "12 m", "38 m", "1.1 kW", "2.2 kW"))),
    ) == [
        "Pump: PX-410 | Head, least: 12 m | Head, most: 38 m | Power, least: 1.1 kW | "
        "Power, most: 2.2 kW"
    ]


def test_a_row_that_starts_late(tmp_path: Path) -> None:
    assert read(
        tmp_path,
        row(*map(cell, ("Zone", "Morning shift", "Late shift"))),
        row(*map(cell, ("Foundry", "Alcott", "Bryn"))),
        row(*map(cell, ("Delwyn", "Emrys")), properties='<w:gridBefore w:val="1"/>'),
    ) == [
        "Zone: Foundry | Morning shift: Alcott | Late shift: Bryn",
        "Morning shift: Delwyn | Late shift: Emrys",
    ]


def test_a_merged_category_belongs_to_each_of_its_rows_behind_merged_columns(
    tmp_path: Path,
) -> None:
    assert read(
        tmp_path,
        row(*map(cell, ("Kind", "Day", "Town", "Fee")), properties=HEADER),
        row(cell("Course", SPAN), cell("Ghent", BEGIN), cell("90")),
        row(*map(cell, ("Talk", "Monday")), cell("", GO_ON), cell("20")),
    ) == [
        "Course | Town: Ghent | Fee: 90",
        "Kind: Talk | Day: Monday | Town: Ghent | Fee: 20",
    ]


def test_deleted_rows_and_unmarked_headers(tmp_path: Path) -> None:
    off = '<w:tblHeader w:val="0"/>'
    assert read(
        tmp_path,
        row(*map(cell, ("Abel", "2101")), properties=off),
        row(*map(cell, ("Gone", "0")), properties="<w:del/>"),
        row(*map(cell, ("Berta", "2102"))),
    ) == ["Abel: 2101", "Berta: 2102"]
