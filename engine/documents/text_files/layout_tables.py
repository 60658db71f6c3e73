"""Tables that only lay a page or a mail out, around tables that hold data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_GROUPS = ("thead", "tbody", "tfoot")
_DEEPEST = 40
"""Tables around a table that are looked at."""


@dataclass
class _Shape:
    """A table's own rows and cells."""

    n_rows: int = 0
    n_widest: int = 0
    n_heads: int = 0
    n_holding: int = 0

    @property
    def holds_data(self) -> bool:
        return self.n_rows > 1 and self.n_widest > 1

    @property
    def lays_out(self) -> bool:
        """Tell whether a table with tables in it has nothing to say itself."""
        narrow = self.n_widest < 2 or self.n_rows < 3
        return not self.n_heads and (narrow or self.n_holding >= self.n_rows / 2)


def _children(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _rows(table: Any) -> Iterator[Any]:
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from (row for row in _children(child) if row.tag == "tr")


def _shape(table: Any) -> _Shape:
    shape = _Shape()
    for row in _rows(table):
        cells = [cell for cell in _children(row) if cell.tag in ("td", "th")]
        shape.n_rows += 1
        shape.n_widest = max(shape.n_widest, len(cells))
        shape.n_heads += sum(cell.tag == "th" for cell in cells)
    return shape


def layout_tables(tree: Any) -> frozenset[int]:
    """Return the identities of the tables whose cells are to be read as paragraphs.

    Args:
        tree: A parsed page; nodes have ``mem_id``.
    """
    tables = tree.css("table")
    if len(tables) < 2:
        return frozenset()
    shapes = {table.mem_id: _shape(table) for table in tables}
    seen: set[tuple[int, int]] = set()
    around: set[int] = set()
    for table in tables:
        if not shapes[table.mem_id].holds_data:
            continue
        row, node, depth = 0, table.parent, 0
        while node is not None and depth < _DEEPEST:
            if node.tag == "tr":
                row = node.mem_id
            elif node.tag == "table":
                depth += 1
                shape = shapes[node.mem_id]
                shape.n_holding += (node.mem_id, row) not in seen
                seen.add((node.mem_id, row))
                around.add(node.mem_id)
            node = node.parent
    return frozenset(each for each in around if shapes[each].lays_out)
