"""CSV and TSV: rows that name their columns."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter

from engine.documents.cleaning import clean, one_line
from engine.documents.encoding import decode
from engine.documents.limits import MAX_SHEET_CELLS
from engine.documents.source import Source
from engine.documents.tables.grid import Row
from engine.documents.tables.writing import sheet_blocks
from engine.records import Notice, ParsedDocument

_SEPARATORS = ",;\t|"
_SAMPLE_RECORDS = 100
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""Excel's own first line, which names the separator and is no data."""


def _separator(text: str, suffix: str) -> str:
    """Return the separator that gives most records the same number of cells, and the most."""
    if suffix == ".tsv":
        return "\t"
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        records = csv.reader(io.StringIO(text), delimiter=separator)
        sample = [cells for cells in itertools.islice(records, _SAMPLE_RECORDS) if cells]
        sample = sample[:-1] if len(sample) > 2 else sample  # the last one may be cut off
        lengths = Counter(map(len, sample))
        width, n_records = lengths.most_common(1)[0] if lengths else (1, 0)
        score = n_records / max(len(sample), 1) * (1 + min(width, 20) / 100)
        if width > 1 and score > best_score:
            best, best_score = separator, score
    return best


def _rows(text: str, separator: str, first: int) -> tuple[list[Row], bool]:
    rows: list[Row] = []
    n_cells = 0
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=False)
    for number, cells in enumerate(reader, start=first):
        rows.append(Row(number, tuple(one_line(cell) for cell in cells)))
        n_cells += len(cells)
        if n_cells > MAX_SHEET_CELLS:
            return rows, False
    return rows, True


def read(source: Source) -> ParsedDocument:
    """Read a table from a text file; the location is its cell range."""
    text = clean(decode(source.data))
    with source.library_call(csv.Error):
        if declared := _DECLARED.match(text):
            rows, complete = _rows(text[declared.end() :], declared[1], 2)
        else:
            rows, complete = _rows(text, _separator(text[:16_384], source.suffix), 1)
    notes = () if complete else (Notice("rows-cut", {"n_rows": len(rows)}),)
    blocks = source.checked(list(sheet_blocks(rows, sheet="", heading="")))
    return ParsedDocument(source.name, blocks, "text/csv", notes=notes)
