"""The names of a row's values, by the header of their table."""

from __future__ import annotations

from engine.documents.tables.grid import ACROSS, Row, flat, has
from engine.documents.tables.headers import Header, joined
from engine.documents.tables.kinds import Kind, is_name, is_total, kind_of, without_colon

_MAX_NAMED_SPAN = 4
"""Columns that one cell may cover and still be named after each of them."""


def named(
    header: Header, names: tuple[str, ...], row: Row, own: list[int], left: int
) -> list[tuple[str, str]]:
    """Return names with values in order; the name is empty where nothing names a value.

    Args:
        header: That of the table.
        names: Its names by grid column.
        row: A row below it.
        own: Columns where the cells begin.
        left: First column of the table.
    """
    if len(own) == 2 and row.end(own[1]) > own[1] + 2 and is_name(row.cells[own[0]]):
        # A label before a cell that goes on to the right: a remark below the table.
        return [(without_colon(flat(row.cells[own[0]])), flat(row.cells[own[1]]))]
    cells, n_names = row.cells, len(names)
    if not has(row.looks, ACROSS):
        pairs = [(names[c] if c < n_names else "", flat(cells[c])) for c in own]
    else:
        pairs = [(_name(header, c, row.end(c), left), flat(cells[c])) for c in own]
    if _is_misplaced(header, row, own[0], left):
        pairs[0] = ("", pairs[0][1])
    return pairs


def _is_misplaced(header: Header, row: Row, at: int, left: int) -> bool:
    """Tell whether the first cell is no value of its column: "Subtotal" under "Price"."""
    text = row.cells[at]
    if (at > left or row.end(at) > at + 1) and is_total(text):
        return True
    is_number = at < len(header.numbers) and header.numbers[at]
    return is_number and kind_of(text, row.look(at)) is Kind.WORDS


def _name(header: Header, at: int, end: int, left: int) -> str:
    """Return the name of a cell that covers columns."""
    levels = header.levels[at:end]
    if not levels:
        return ""
    if len(set(levels)) == 1:
        return joined(levels[0])
    common = []
    for same in zip(*levels, strict=False):
        if len(set(same)) > 1:
            break
        common.append(same[0])
    if len(levels) > _MAX_NAMED_SPAN or at == left:
        return joined(common)
    return " / ".join(dict.fromkeys(filter(None, map(joined, levels))))
