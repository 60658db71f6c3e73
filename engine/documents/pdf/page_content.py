"""What stands on a page, in reading order: lines of text, and tables as one line a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from engine.documents.pdf.aligned_rows import rows_of, runs, wide_tables
from engine.documents.pdf.annotations import added_to
from engine.documents.pdf.close_cells import with_close_cells_cut
from engine.documents.pdf.framed import Item, with_tables
from engine.documents.pdf.margin_numbers import margin_numbers
from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.page_tables import Cell, PageTable, aligned_table
from engine.documents.pdf.reading_order import regions
from engine.documents.pdf.rules import Rules, page_rules
from engine.documents.pdf.segments import ASLANT, SourceLine, line_of, source_lines
from engine.documents.pdf.tables_across import TablesAcross
from engine.documents.pdf.text_layer import TextLayer
from engine.documents.pdf.vertical import Ready, vertical_text
from engine.documents.tables.grid import BOLD, FILLED, LIKELY

_MAX_LINES = 1_500
"""A page with more lines is a drawing; its lines stay as the file has them."""


_GARBLED = re.compile("[\x01\x03-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_SPACE = re.compile(r"\s+")
_GARBLED_SHARE = 0.3

_FEW_LINES = 3
"""Wide blanks in lines that are no further apart may part the columns of one table."""


@dataclass(frozen=True)
class _Page:
    """What the reading of one page shares."""

    layer: TextLayer
    rules: Rules
    across: TablesAcross


def page_lines(page: Any, form: Any = None, across: TablesAcross | None = None) -> list[Line]:
    """Return the lines of an open page, top-left origin, in points.

    Args:
        page: The page.
        form: Form environment of the document; None if it has no form.
        across: Tables of the page before.
    """
    layer = TextLayer(page)
    try:
        return lines_of_layer(page, layer, form, across)
    finally:
        layer.close()


def lines_of_layer(
    page: Any, layer: TextLayer, form: Any = None, across: TablesAcross | None = None
) -> list[Line]:
    """Return the lines of an open page, placed as ``layer`` is; it may be turned by this."""
    across = across or TablesAcross()
    if _is_garbled(layer.text):
        across.begin_page([])
        return []
    source = source_lines(layer)
    turn = _usual_turn(source)
    if turn:
        layer.turn(turn)
        source = source_lines(layer)
    whole = [_rejoined(layer, line.segments) for line in source]
    added = added_to(page, form, layer.matrix, whole)
    comments = [_remark(text, layer) for text in added.comments]
    if len(source) > _MAX_LINES or (not added.values and _is_plain(source, whole)):
        across.begin_page(whole)
        return whole + list(added.values) + comments
    characters = [c for line, own in zip(source, whole, strict=True)
                  for c in (_characters(layer, own) if line.stacked else [own])]  # fmt: skip
    vertical, lying = vertical_text(characters, layer.width)
    kept = {line.start for line in lying}
    flat = [line for line in source if line.segments[0].start in kept]
    segments = [s for line in flat if not line.turn for s in line.segments]
    segments = with_close_cells_cut(layer, segments)
    segments += added.values
    rules = page_rules(page, layer.matrix)
    items = with_tables(layer, segments, rules)
    numbers, items = margin_numbers(items)
    if vertical is not None:
        items.append(vertical)
    # What runs along the edge of the page (a stamp, the name of an axis) is read last.
    beside = [replace(line.segments[0], whole=True) for line in flat if line.turn] + numbers
    across.begin_page(items)
    return _read(_Page(layer, rules, across), items) + beside + comments


def _is_garbled(text: str) -> bool:
    """Tell whether a font has no table from its glyphs to characters: the page is for OCR."""
    odd = len(_GARBLED.findall(text))
    return odd > 8 and odd > _GARBLED_SHARE * len(_SPACE.sub("", text))


def _characters(layer: TextLayer, line: Line) -> list[Line]:
    """Return the characters of a vertical line, each as a line."""
    found = [line_of(layer, i, i + 1) for i in range(line.start, line.stop)]
    return [character for character in found if character.text]


def _remark(text: str, layer: TextLayer) -> Line:
    """Return a comment as a line below the page."""
    return Line(text, 0.0, layer.height, layer.width, layer.height + 10, 10.0, whole=True)


def _usual_turn(source: Sequence[SourceLine]) -> int:
    """Return the way in which most of the text runs; 0 if that is from left to right."""
    counts = {0: 0, 1: 0, -1: 0}
    for line in source:
        if not line.stacked and line.turn != ASLANT:
            counts[line.turn] += sum(len(segment.text) for segment in line.segments)
    return max(counts, key=lambda turn: counts[turn]) if counts[1] or counts[-1] else 0


def _is_plain(source: Sequence[SourceLine], lines: Sequence[Line]) -> bool:
    """Tell whether lines come from the top to the bottom, none beside another.

    A wide blank in a single line (a running head, a right-aligned number) makes no column.
    """
    if any(line.turn for line in source):
        return False
    wide = [i for i, line in enumerate(source) if len(line.segments) > 1]
    if any(other - one <= _FEW_LINES for one, other in pairwise(wide)):
        return False
    return all(
        below.top > above.top + 0.3 * (above.bottom - above.top) for above, below in pairwise(lines)
    )


def _rejoined(layer: TextLayer, segments: Sequence[Line]) -> Line:
    """Return segments of one line of the file, in their order, as one line again."""
    if len(segments) == 1:
        return segments[0]
    return replace(line_of(layer, segments[0].start, segments[-1].stop), region=segments[0].region)


def _read(page: _Page, items: Sequence[Item]) -> list[Line]:
    found: list[Line] = []
    items = _with_wide_tables(items, page.rules)
    order = {id(item): i for i, item in enumerate(items)}
    for number, region in enumerate(regions(items, lines=page.rules.horizontal)):
        for line in _read_region(page, region, order):
            found.append(replace(line, region=number))
    return found


def _with_wide_tables(items: Sequence[Item], rules: Rules) -> Sequence[Item]:
    """Return items with tables of several columns in place of their cells.

    Such a table stays whole where it stands below columns whose gutter goes on through it.
    """
    texts = [item for item in items if isinstance(item, Line) and not item.whole]
    rows = rows_of(texts)
    tables = wide_tables(rows, {id(item): i for i, item in enumerate(items)})
    if not tables:
        return items
    found = list(items)
    for start, stop in tables:
        held = {id(segment) for row in rows[start:stop] for segment in row.segments}
        at = next(i for i, item in enumerate(found) if id(item) in held)
        found[at] = aligned_table(rows[start:stop], rules.horizontal)
        found = [item for item in found if id(item) not in held]
    return found


def _read_region(page: _Page, region: Sequence[Item], order: dict[int, int]) -> list[Line]:
    """Return the lines of a part of a page without columns: tables found, text in order."""
    texts = [item for item in region if isinstance(item, Line) and not item.whole]
    rows = rows_of(texts)
    content: list[Item] = [i for i in region if not isinstance(i, Line) or i.whole]
    done = 0
    for start, stop in runs(rows):
        content += [s for row in rows[done:start] for s in row.segments]
        content.append(aligned_table(rows[start:stop], page.rules.horizontal))
        done = stop
    content += [s for row in rows[done:] for s in row.segments]
    in_order = _in_order(content, order)
    found: list[Line] = []
    pending: list[Line] = []
    for item in in_order:
        if isinstance(item, Line) and not item.whole:
            if pending and not _adjoin(page.layer, pending[-1], item):
                found.append(_rejoined(page.layer, pending))
                pending = []
            pending.append(item)
            continue
        if pending:
            found.append(_rejoined(page.layer, pending))
            pending = []
        found += _lines_of(page, item)
    if pending:
        found.append(_rejoined(page.layer, pending))
    return found


def _lines_of(page: _Page, item: Item) -> Sequence[Line]:
    if isinstance(item, Line):
        return [item]
    if isinstance(item, PageTable):
        rows = item.rows(lambda cell: _look(page, cell, item))
        return item.lines(page.across.rows_of(item, rows))
    return item.lines if isinstance(item, Ready) else _read(page, item.content)


def _look(page: _Page, cell: Cell, table: PageTable) -> int:
    """Return the flags of a cell: bold, shaded, above a line that ends the head of a table."""
    first = cell.lines[0]
    bold = all(line.start >= 0 and page.layer.is_bold(line.start) for line in cell.lines)
    shaded = page.rules.is_shaded((first.left, first.top, first.right, first.bottom))
    likely = cell.row + cell.n_rows <= table.n_head_rows
    return (BOLD if bold else 0) | (FILLED if shaded else 0) | (LIKELY if likely else 0)


def _adjoin(layer: TextLayer, one: Line, other: Line) -> bool:
    """Tell whether a segment follows another on the same line of the file."""
    if one.start < 0 or other.start < 0 or one.whole or other.whole:
        return False
    between = layer.text[one.stop : other.start]
    return one.stop <= other.start and between.isspace() and "\n" not in between


def _in_order(content: Sequence[Item], order: dict[int, int]) -> list[Item]:
    """Return what stands in one column from top to bottom.

    The order of the file is kept where it never goes back up: it knows more of formulas and
    of notes between the lines than their places say.
    """
    if all(isinstance(item, Line) for item in content):
        drawn = sorted(content, key=lambda item: order.get(id(item), 0))
        tops = [(item.top, item.bottom) for item in drawn]
        highest = 0.0
        for top, bottom in tops:
            if bottom < highest:
                break
            highest = max(highest, top)
        else:
            return list(drawn)
    texts = [item for item in content if isinstance(item, Line) and not item.whole]
    others = [item for item in content if not isinstance(item, Line) or item.whole]
    rows: list[tuple[float, list[Item]]] = [(row.top, list(row.segments)) for row in rows_of(texts)]
    rows += [(item.top, [item]) for item in others]
    return [item for _, row in sorted(rows, key=lambda row: row[0]) for item in row]
