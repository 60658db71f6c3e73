"""Sheets that are forms: a label, its value, and beside them the next label and its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.documents.tables.grid import BOLD, FILLED, MARKED, Row, flat
from engine.documents.tables.kinds import (
    Kind,
    ends_in_colon,
    is_name,
    is_value,
    kind_of,
    without_colon,
)

_SAMPLE_ROWS = 60


@dataclass(frozen=True)
class Form:
    """Where labels stand.

    Attributes:
        columns: Grid columns that hold labels.
    """

    columns: frozenset[int]

    def is_label(self, row: Row, at: int) -> bool:
        """Tell whether the cell in a column labels the one behind it."""
        text = row.cells[at]
        if ends_in_colon(text):
            return True
        kind = kind_of(text, row.look(at))
        return at in self.columns and not is_value(kind) and kind is not Kind.PROSE


@dataclass
class _Column:
    n_cells: int = 0
    n_labels: int = 0
    n_values: int = 0


def _labels(row: Row, own: list[int]) -> set[int]:
    """Return the cells of a row that look like labels on their own evidence."""
    looks = [row.look(at) & (BOLD | FILLED | MARKED) for at in own]
    found = set()
    for at, look in zip(own, looks, strict=True):
        text = flat(row.cells[at])
        stands_out = bool(look) and not all(looks)
        kind = kind_of(text, row.look(at))
        if is_value(kind) or kind is Kind.PROSE:
            continue
        if is_name(text) or stands_out:
            found.add(at)
    return found


def find_form(rows: Sequence[Row], left: int, right: int) -> Form | None:
    """Return where the labels of a form stand; None if a region is no form.

    A form has at least two columns of labels, or one in rows of two cells.
    """
    columns: dict[int, _Column] = {}
    n_rows = n_colons = 0
    widest = 0
    for row in rows[:_SAMPLE_ROWS]:
        own = row.own(left, right)
        if len(own) < 2:
            continue
        n_rows += 1
        widest = max(widest, len(own))
        labels = _labels(row, own)
        if (
            len(own) > 2
            and len(labels) > 0.75 * len(own)
            and not any(ends_in_colon(row.cells[at]) for at in own)
        ):
            continue  # names of columns
        for at in own:
            column = columns.setdefault(at, _Column())
            column.n_cells += 1
            column.n_labels += at in labels
            column.n_values += is_value(kind_of(row.cells[at], row.look(at)))
            n_colons += ends_in_colon(row.cells[at])
    found = {
        at
        for at, column in columns.items()
        if column.n_labels >= 0.5 * column.n_cells and column.n_values <= 0.1 * column.n_cells
    }
    others = [column for at, column in columns.items() if at not in found]
    if not n_rows or not found or not others:
        return None
    firsts, lasts = _places(rows[:_SAMPLE_ROWS], left, right)
    n_sure = sum(columns[at].n_labels for at in found)
    is_tail = n_sure > 1 and sum(at in found for at in lasts) >= 0.7 * n_rows
    if sum(at in found for at in firsts) < 0.7 * n_rows and not is_tail:
        return None
    if len(found) < 2 and widest > 2 and n_colons < n_rows and not is_tail:
        return None
    n_cells = sum(column.n_cells for column in others)
    n_labels = sum(column.n_labels for column in others)
    n_in_labels = sum(columns[at].n_cells for at in found)
    if n_labels > 0.3 * n_cells or n_cells < 0.4 * n_in_labels:
        return None
    return Form(frozenset(found)) if widest <= 3 * len(found) else None


def _places(rows: Sequence[Row], left: int, right: int) -> tuple[list[int], list[int]]:
    """Return the columns of the first cell of each row, and of the last but one."""
    owns = [own for row in rows if len(own := row.own(left, right)) > 1]
    return [own[0] for own in owns], [own[-2] for own in owns]


def pairs_of(form: Form, row: Row, own: list[int]) -> list[tuple[str, str]]:
    """Return labels with their values, in order; values without a label and labels alone.

    Labels side by side name the next value together: 連絡先, 電話.
    """
    pairs: list[tuple[str, str]] = []
    pending: list[str] = []
    end = -1
    for at in own:
        text = flat(row.cells[at])
        if form.is_label(row, at):
            if pending and end != at:
                pairs.append(("", ", ".join(pending)))
                pending = []
            pending.append(text)
        elif pending:
            pairs.append((", ".join(map(without_colon, pending)), text))
            pending = []
        else:
            pairs.append(("", text))
        end = row.end(at)
    if pending:
        pairs.append(("", ", ".join(pending)))
    return pairs
