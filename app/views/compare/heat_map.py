"""A heat map of layers and sources that mouse, keyboard and screen reader can read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.models.layer_map import LayerMap
from app.theme.manager import current_tokens
from app.theme.tokens import Tokens

_LEFT, _TOP = 34, 22
"""Room for layer numbers and passage numbers."""

_TALLEST = 480
"""A model of many layers gets thinner rows, not a taller dialog."""

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def heat_colour(value: float, limit: float, tokens: Tokens) -> QColor:
    """Return paper for zero, blue for more, amber for less; full colour at the limit."""
    part = min(1.0, abs(value) / limit) if limit > 0 else 0.0
    paper, ink = QColor(tokens.raised), QColor(tokens.heat if value >= 0 else tokens.cold)
    return QColor.fromRgbF(
        paper.redF() + (ink.redF() - paper.redF()) * part,
        paper.greenF() + (ink.greenF() - paper.greenF()) * part,
        paper.blueF() + (ink.blueF() - paper.blueF()) * part,
    )


class HeatMap(QWidget):
    """Draws a :class:`LayerMap`, first layer on top; the arrow keys walk through it.

    Args:
        describe: Sentence on a cell, given layer and column (0-based).

    Signals:
        cell_changed: Sentence on the cell that the keyboard or the pointer is on.
    """

    cell_changed = Signal(str)

    def __init__(self, describe: Callable[[int, int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._map: LayerMap | None = None
        self.cell = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_map(self, shown: LayerMap | None) -> None:
        """Show another map and stand on its most striking cell."""
        self._map = shown
        self.cell = shown.peak() if shown is not None else (0, 0)
        self.setMinimumHeight(min(_TALLEST, self.sizeHint().height()))
        self._say()

    def sizeHint(self) -> QSize:
        """Return a size at which cells are easy to tell apart."""
        n_layers, n_columns = self._shape()
        return QSize(_LEFT + 62 * max(n_columns, 1), _TOP + 15 * max(n_layers, 1))

    def cell_rect(self, layer: int, column: int) -> QRectF:
        """Return where a cell is drawn."""
        n_layers, n_columns = self._shape()
        width = (self.width() - _LEFT) / max(n_columns, 1)
        height = (self.height() - _TOP) / max(n_layers, 1)
        return QRectF(_LEFT + column * width, _TOP + layer * height, width, height)

    def retranslate(self) -> None:
        """Say again where it stands."""
        self._say()

    # --- Qt ----------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw cells, numbers and the cell in hand."""
        if self._map is None:
            return
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for layer, row in enumerate(self._map.values):
            for column, value in enumerate(row):
                painter.setBrush(heat_colour(value, self._map.limit, tokens))
                gap = self.cell_rect(layer, column).adjusted(0.5, 0.5, -1, -1)
                painter.drawRoundedRect(gap, 2, 2)
        self._draw_numbers(painter, self._map, tokens)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(tokens.text))
            painter.drawRoundedRect(self.cell_rect(*self.cell).adjusted(0, 0, -0.5, -0.5), 2, 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self._map is None:
            super().keyPressEvent(event)
            return
        n_layers, n_columns = self._shape()
        layer = min(n_layers - 1, max(0, self.cell[0] + step[0]))
        self._go(layer, min(n_columns - 1, max(0, self.cell[1] + step[1])))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        cell = self._cell_at(event.position().toPoint())
        if cell is not None:
            self._go(*cell)

    def event(self, event: QEvent) -> bool:
        """Explain the cell under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._cell_at(event.pos())
            if cell is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._describe(*cell), self)
            return True
        return super().event(event)

    # --- inside ------------------------------------------------------------------------

    def _shape(self) -> tuple[int, int]:
        return (self._map.n_layers, len(self._map.numbers)) if self._map is not None else (0, 0)

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        n_layers, n_columns = self._shape()
        if point.x() < _LEFT or point.y() < _TOP or not n_layers or not n_columns:
            return None
        rect = self.cell_rect(0, 0)
        layer = int((point.y() - _TOP) / rect.height())
        column = int((point.x() - _LEFT) / rect.width())
        return (layer, column) if layer < n_layers and column < n_columns else None

    def _go(self, layer: int, column: int) -> None:
        if (layer, column) != self.cell:
            self.cell = (layer, column)
            self._say()

    def _say(self) -> None:
        sentence = self._describe(*self.cell) if self._map is not None else ""
        self.setAccessibleDescription(sentence)
        self.cell_changed.emit(sentence)
        self.update()

    def _draw_numbers(self, painter: QPainter, shown: LayerMap, tokens: Tokens) -> None:
        font = self.font()
        font.setPixelSize(11)
        painter.setFont(font)
        for column, number in enumerate(shown.numbers):
            rect = self.cell_rect(0, column)
            head = QRectF(rect.x(), 0, rect.width(), _TOP)
            painter.setPen(QColor(tokens.accent_ink))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.setPen(QColor(tokens.muted))
        height = self.cell_rect(0, 0).height()
        every = 1 if height >= 13 else 2 if height >= 7 else 5
        for layer in range(0, shown.n_layers, every):
            rect = self.cell_rect(layer, 0)
            side = QRectF(0, rect.y(), _LEFT - 7, rect.height())
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(side, int(right | Qt.TextFlag.TextDontClip), str(layer + 1))
