"""CSV and TSV: rows that name their columns."""

from __future__ import annotations

import csv
import io

from engine.documents.cleaning import clean, one_line
from engine.documents.encoding import decode
from engine.documents.limits import MAX_SHEET_CELLS
from engine.documents.regions import SheetRow, rows_to_blocks
from engine.documents.source import Source
from engine.records import Notice, ParsedDocument


def _dialect(sample: str, suffix: str) -> type[csv.Dialect] | csv.Dialect:
    if suffix == ".tsv":
        return csv.excel_tab
    try:
        return csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        return csv.excel


def _rows(text: str, dialect: type[csv.Dialect] | csv.Dialect) -> tuple[list[SheetRow], bool]:
    rows: list[SheetRow] = []
    n_cells = 0
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text), dialect, strict=False)
    for number, cells in enumerate(reader, start=1):
        rows.append(SheetRow(number, tuple(one_line(cell) for cell in cells)))
        n_cells += len(cells)
        if n_cells > MAX_SHEET_CELLS:
            return rows, False
    return rows, True


def read(source: Source) -> ParsedDocument:
    """Read a table from a text file; the location is its cell range."""
    text = clean(decode(source.data))
    with source.library_call(csv.Error):
        rows, complete = _rows(text, _dialect(text[:8192], source.suffix))
    notes = () if complete else (Notice("rows-cut", {"n_rows": len(rows)}),)
    blocks = source.checked(rows_to_blocks(rows, sheet="", heading=""))
    return ParsedDocument(source.name, blocks, "text/csv", notes=notes)
