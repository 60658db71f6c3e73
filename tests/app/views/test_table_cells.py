"""Text of cells: whole lines, the last of which says that there is more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from app.views.table_cells import MOST_LINES, SIDE, fitted, height_of, n_lines


@pytest.fixture
def font(qapp) -> QFont:
    return QFont(qapp.font())


def room(font: QFont, n: int, width: int = 120) -> QRect:
    return QRect(0, 0, width, n * QFontMetrics(font).lineSpacing())


def test_a_short_text_is_one_line(font: QFont) -> None:
    assert fitted("Osaka", font, room(font, 1)) == ["Osaka"]
    assert n_lines("Osaka", font, 200) == n_lines("", font, 200) == 1


def test_a_long_text_fills_its_lines_and_says_that_there_is_more(font: QFont) -> None:
    text = "a clause that goes on " * 20
    lines = fitted(text, font, room(font, 3))
    assert len(lines) == 3 and lines[-1].endswith("…")
    assert text.startswith("".join(lines[:2]))
    assert n_lines(text, font, 120 + 2 * SIDE) == MOST_LINES


@pytest.mark.parametrize(
    "text", ["改定された就業規則" * 12, "x" * 300, "🙂 smile " * 30, "a\nb\nc\nd"]
)
def test_every_script_wraps_within_its_cell(font: QFont, text: str) -> None:
    metrics = QFontMetrics(font)
    lines = fitted(text, font, room(font, 3))
    assert len(lines) == 3
    assert all(metrics.horizontalAdvance(line.strip()) <= 122 for line in lines)


def test_a_row_is_as_high_as_its_lines(font: QFont) -> None:
    metrics = QFontMetrics(font)
    assert height_of(3, metrics) - height_of(2, metrics) == metrics.lineSpacing()
