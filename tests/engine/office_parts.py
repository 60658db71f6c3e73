"""Office packages written part by part, as programs other than Office write them."""

from __future__ import annotations

import zipfile
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"

Links = dict[str, tuple[str, str]]
"""By identifier: last segment of the relation's type, target (external where it has a colon)."""


def relations(links: Links) -> str:
    """Return a part of relations."""
    items = []
    for name, (kind, target) in links.items():
        outside = ' TargetMode="External"' if ":" in target else ""
        address = target.replace("&", "&amp;")
        items.append(
            f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{address}"{outside}/>'
        )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(items)}</Relationships>'


def save_parts(path: Path, main: str, parts: dict[str, str | bytes], links: Links) -> Path:
    """Write a package whose main part has these links; other parts by their member name."""
    folder, _, name = main.rpartition("/")
    everything: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"rId1": ("officeDocument", main)}),
        f"{folder}/_rels/{name}.rels": relations(links),
        **parts,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for member, data in everything.items():
            out.writestr(member, data)
    return path


def save_raw_docx(
    path: Path, body: str, links: Links | None = None, parts: dict[str, str | bytes] | None = None
) -> Path:
    """Write a Word document from the XML of its body; prefixes w, m, r, a and c are declared."""
    xml = (
        f'<w:document xmlns:w="{WORD}" xmlns:m="{MATH}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}" '
        f'xmlns:c="{CHART}"><w:body>{body}</w:body></w:document>'
    )
    return save_parts(
        path, "word/document.xml", {"word/document.xml": xml, **(parts or {})}, links or {}
    )


def run(text: str, properties: str = "") -> str:
    """Return a run of a Word paragraph."""
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{text}</w:t></w:r>'


def save_raw_xlsx(
    path: Path,
    cells: str,
    *,
    strings: str = "",
    links: Links | None = None,
    parts: dict[str, str | bytes] | None = None,
    behind: str = "",
    workbook: str = "",
) -> Path:
    """Write a workbook of one sheet ("Data") from the XML of its rows.

    Args:
        path: Where.
        cells: What is in ``sheetData``.
        strings: The ``si`` elements of the shared strings.
        links: Of the sheet.
        parts: Further members.
        behind: Elements of the sheet behind its rows.
        workbook: Elements of the workbook behind its list of sheets.
    """
    space = f'xmlns="{SHEET}" xmlns:r="{OFFICE}"'
    everything: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook {space}><sheets><sheet name="Data" sheetId="1" r:id="rS"/>'
        f"</sheets>{workbook}</workbook>",
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData>{behind}"
        "</worksheet>",
        "xl/sharedStrings.xml": f"<sst {space}>{strings}</sst>",
        "xl/worksheets/_rels/sheet1.xml.rels": relations(links or {}),
        **(parts or {}),
    }
    of_book = {
        "rS": ("worksheet", "worksheets/sheet1.xml"),
        "rT": ("sharedStrings", "sharedStrings.xml"),
    }
    return save_parts(path, "xl/workbook.xml", everything, of_book)
