"""The tables of a sheet or of running text, from their cells to lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.documents.tables.forms import Form, find_form
from engine.documents.tables.grid import Row, unfolded
from engine.documents.tables.headers import Header, are_names, find_header
from engine.documents.tables.kinds import Kind, is_total, is_value, kind_of
from engine.documents.tables.line import Line
from engine.documents.tables.lines import Binder
from engine.documents.tables.regions import Region, regions

_SAMPLE_ROWS = 60

_MAX_DECIDED = 5_000
"""Regions of a sheet that are looked at; those below take the names of the table above."""

_MAX_DECIDED_CELLS = 400_000
"""Cells in the upper rows of those."""

_MAX_GAP = 4
"""Rows from a header to its table, if the rows between are blank."""


def _continues(header: Header, region: Region, gap: int) -> bool:
    """Tell whether a region below another table goes on with its columns."""
    n_cells = n_named = n_fitting = n_values = 0
    widest = 0
    for row in region.rows[:_SAMPLE_ROWS]:
        own = row.own(region.left, region.right)
        if len(own) < 2:
            continue
        widest = max(widest, len(own))
        for at in own[is_total(row.cells[own[0]]) :]:
            named = at < len(header.levels) and bool(header.levels[at])
            value = is_value(kind := kind_of(row.cells[at], row.look(at))) or kind is Kind.PERIOD
            n_cells += 1
            n_named += named
            if named and header.values[at]:
                n_values += value
                n_fitting += value
            else:
                n_fitting += named and kind is not Kind.VALUE
    n_columns = sum(1 for levels in header.levels if levels)
    if not n_cells or n_named < n_cells or n_fitting < 0.75 * n_cells:
        return False
    first = region.rows[0].own(region.left, region.right)
    total = is_total(region.rows[0].cells[first[0]])
    return (widest > n_columns / 2 or total) and (n_values > 0 or gap <= 2)


Decided = tuple[Region, Header | None, Form | None]


def _joined(found: list[Region]) -> Iterator[Decided]:
    """Yield regions with header and form; a header above blank rows with its table."""
    waiting: Decided | None = None
    n_cells = 0
    for at, region in enumerate(found):
        n_cells += sum(len(row.cells) for row in region.rows[:_SAMPLE_ROWS])
        is_early = at < _MAX_DECIDED and n_cells < _MAX_DECIDED_CELLS
        below = (region, *_decided(region)) if is_early else (region, None, None)
        if waiting is not None:
            whole = _with_table_below(waiting, below) if is_early else None
            if whole is not None:
                yield whole
                waiting = None
                continue
            yield waiting
        waiting = below
    if waiting is not None:
        yield waiting


def _with_table_below(upper: Decided, lower: Decided) -> Decided | None:
    """Return a header with the table below the blank rows under it; None if it is none."""
    above, below = upper[0], lower[0]
    gap = below.rows[0].number - above.rows[-1].number
    if len(above.rows) > 3 or below.left != above.left or not 0 < gap <= _MAX_GAP:
        return None
    if lower[1] is not None or lower[2] is not None:
        return None
    whole = Region(above.rows + below.rows, above.left, max(above.right, below.right))
    header = find_header(whole.rows[:_SAMPLE_ROWS], whole.left, whole.right)
    if header is None or header.end != len(above.rows):
        return None
    return whole, header, None


def _decided(region: Region, *, document: bool = False) -> tuple[Header | None, Form | None]:
    header = find_header(region.rows, region.left, region.right, document=document)
    form = find_form(region.rows, region.left, region.right)
    if header is not None and form is not None:
        row = region.rows[header.end - 1]
        is_sure = header.looks or are_names(row, row.own(region.left, region.right))
        return (header, None) if is_sure else (None, form)
    return header, form


def sheet_lines(rows: Sequence[Row]) -> Iterator[Line]:
    """Yield the lines of a sheet, which may hold several tables, forms, titles and notes."""
    above: tuple[Header, int] | None = None
    for region, header, form in _joined([_unfolded(region) for region in regions(rows)]):
        before = header.first if header else 0
        table = Binder(region, header, _form_above(region, before) if header else form)
        if header is None and form is None and above is not None:
            gap = region.rows[0].number - above[1] - 1
            if _continues(above[0], region, gap):
                table.continue_with(above[0])
        yield from table.lines()
        above = (table.header, region.rows[-1].number) if table.header else None


def _unfolded(region: Region) -> Region:
    """Return a region with rows of parallel paragraphs as several."""
    return Region(list(unfolded(region.rows)), region.left, region.right)


def _form_above(region: Region, n_rows: int) -> Form | None:
    """Return the form that stands above a header."""
    return find_form(region.rows[:n_rows], region.left, region.right) if n_rows else None


def table_lines(rows: Sequence[Row]) -> Iterator[Line]:
    """Yield the lines of one table in running text; blank rows within it do not end it."""
    filled = [row for row in rows if any(row.cells)]
    if not filled:
        return
    region = _unfolded(Region(filled, 0, max(len(row.cells) for row in filled)))
    header, form = _decided(region, document=True)
    yield from Binder(region, header, _form_above(region, header.first) if header else form).lines()
