"""Tables that were typed into plain text, with columns kept apart by spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from engine.documents.tables.grid import BOLD, LIKELY, MARKED, Row
from engine.documents.tables.writing import table_texts
from engine.records import TableRow

_GAP = re.compile(r"[ \u3000]{2,}|\u3000")
"""Between two columns; between words there is one space."""

_MIN_ROWS = 3
_SHARE = 0.7
"""Of the rows that a column stands in: remarks and missing values leave some without it."""

_RULE = re.compile(r"[-=+|_─━┄\s]+")

_Cell = tuple[int, int, str]
"""Columns of the screen, half-open, and text."""


def aligned_rows(lines: Sequence[str]) -> list[tuple[int, str, TableRow | None]] | None:
    """Return position, text and cells of each row if the lines of a paragraph are a table.

    They are if they have cells that begin, or end, in the same places; titles may stand above.
    Nothing is guessed of a line that does not fit: one such, and the paragraph is left as it is.

    Args:
        lines: Without blank ones.

    Returns:
        0-based positions and rows with the names of their columns; None for running text.
    """
    kept = [(at, _cells(line)) for at, line in enumerate(lines) if not _RULE.fullmatch(line)]
    n_titles = next((n for n, (_, cells) in enumerate(kept) if len(cells) > 1), len(kept))
    titles, table = kept[:n_titles], kept[n_titles:]
    if len(table) < _MIN_ROWS or any(len(cells) < 2 for _, cells in table):
        return None
    columns = _columns([cells for _, cells in table])
    if len(columns) < 2:
        return None
    look = _look_of_first(lines, [at for at, _ in table[:2]])
    rows: list[Row] = []
    for at, cells in table:
        texts = _placed(cells, columns)
        if texts is None:
            return None
        rows.append(Row(at + 1, tuple(texts), b"" if rows else bytes([look] * len(texts))))
    above = ((at, lines[at].strip(), None) for at, _ in titles)
    return [*above, *((number - 1, text, row) for number, text, row in table_texts(rows))]


def _look_of_first(lines: Sequence[str], first_two: Sequence[int]) -> int:
    """Return whether the first row looks like one that names columns."""
    first, second = first_two
    if second > first + 1:
        return MARKED  # a line is drawn below it
    capitals = lines[first].isupper() and not lines[second].isupper()
    return LIKELY | BOLD if capitals else 0


def _cells(line: str) -> list[_Cell]:
    cells: list[_Cell] = []
    at = 0
    for piece in re.split(f"({_GAP.pattern})", line.rstrip()):
        end = at + sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in piece)
        if piece.strip():
            cells.append((at, end, piece.strip()))
        at = end
    return cells


def _columns(rows: Sequence[Sequence[_Cell]]) -> list[tuple[int, int]]:
    """Return the columns of the screen that text of most rows begins or ends in, united."""
    starts = Counter(start for row in rows for start, _, _ in row)
    ends = Counter(end for row in rows for _, end, _ in row)
    enough = _SHARE * len(rows)
    firm = [
        (start, end)
        for row in rows
        for start, end, _ in row
        if starts[start] >= enough or ends[end] >= enough
    ]
    columns: list[tuple[int, int]] = []
    for start, end in sorted(firm):
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _placed(cells: Sequence[_Cell], columns: Sequence[tuple[int, int]]) -> list[str] | None:
    """Return the text of each column; None if a cell reaches into two, or into none."""
    texts = [""] * len(columns)
    for start, end, text in cells:
        own = [at for at, (left, right) in enumerate(columns) if start < right and end > left]
        if len(own) != 1 or texts[own[0]]:
            return None
        texts[own[0]] = text
    return texts
