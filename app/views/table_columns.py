"""How wide the columns of an answer's table are."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from app.models.table_model import AnswerTableModel

_PADDING = 22
_LEAST = 72
"""Narrower columns wrap every word; below it the table scrolls sideways."""

_ARROW = 16
"""Room for the sign of the order, in a heading."""

_SOURCE = 66
_N_SAMPLED = 100
"""Rows that are measured."""


def column_widths(rows: AnswerTableModel, metrics: QFontMetrics, room: int) -> list[int]:
    """Share the room: short columns get what they need, long ones the rest.

    Args:
        rows: The table.
        metrics: Of its font.
        room: Width of the view, in pixels.
    """
    wanted = [_wanted(rows, metrics, column) for column in range(len(rows.table.columns))]
    source = [max(_SOURCE, metrics.horizontalAdvance(rows.source_title) + _PADDING + _ARROW)]
    source = source if rows.has_sources else []
    room -= sum(source)
    if not wanted:
        return source
    widths = _shared(wanted, room)
    spare = room - sum(widths)
    if spare > 0:
        texts = [column for column in range(len(widths)) if column not in rows.numeric]
        widths[max(texts or range(len(widths)), key=widths.__getitem__)] += spare
    return [*widths, *source]


def _wanted(rows: AnswerTableModel, metrics: QFontMetrics, column: int) -> int:
    """Return the width at which nothing of a column wraps."""
    title = metrics.horizontalAdvance(rows.table.columns[column]) + _ARROW
    cells = (row.cells[column][:200] for row in rows.table.rows[:_N_SAMPLED])
    widest = max((metrics.horizontalAdvance(cell) for cell in cells), default=0)
    return max(_LEAST, title + _PADDING, widest + _PADDING)


def _shared(wanted: list[int], room: int) -> list[int]:
    """Give columns what they want as long as it is no more than an equal share of the rest."""
    widths, left = [0] * len(wanted), room
    for n_left, column in zip(
        range(len(wanted), 0, -1), sorted(range(len(wanted)), key=wanted.__getitem__), strict=True
    ):
        share = max(left // n_left, _LEAST)
        widths[column] = min(wanted[column], share)
        left -= widths[column]
    return widths
