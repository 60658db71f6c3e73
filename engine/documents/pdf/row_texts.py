"""Rows of printed tables as text: each row names its columns, so that it stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMERIC = re.compile(r"^[\s¥￥$€£+\-−△▲(]*[\d０-９][\d０-９.,:/％%\-\s円年月日時分)]*$")


def is_numeric(cell: str) -> bool:
    """Tell whether a cell holds a number, a date or a time rather than words."""
    return bool(_NUMERIC.match(cell))


def looks_like_header(cells: Sequence[str], width: int) -> bool:
    """Tell whether a row can name the columns of a table that is ``width`` cells wide."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or len(filled) < 0.6 * width:
        return False
    words = [cell for cell in filled if not is_numeric(cell)]
    # Years and months as column names are common (2024 | 2025), all-numeric rows are data.
    return len(words) >= max(1, len(filled) - 1) or (not is_numeric(filled[0]) and len(words) > 0)


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """Return ``header: value | header: value``; empty cells are left out."""
    parts = []
    for position, cell in enumerate(cells):
        if not cell:
            continue
        name = header[position] if position < len(header) else ""
        parts.append(f"{name}: {cell}" if name and name != cell else cell)
    return " | ".join(parts)


def table_lines(rows: Sequence[Sequence[str]], *, header_known: bool = False) -> list[str]:
    """Return one line per row of a small table (document, slide, web page).

    Args:
        rows: Cells as text, one line each.
        header_known: The first row is marked as header; otherwise its look decides, and
            two columns without a marked header are read as ``name: value``.
    """
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    width = max(len(row) for row in rows)
    if width == 1:
        return [row[0] for row in rows]
    if len(rows) == 1:
        return [" | ".join(cell for cell in rows[0] if cell)]
    if header_known or (width > 2 and looks_like_header(rows[0], width)):
        return [row_text(rows[0], row) for row in rows[1:]]
    if width == 2:
        return [": ".join(cell for cell in row if cell) for row in rows]
    return [" | ".join(cell for cell in row if cell) for row in rows]
