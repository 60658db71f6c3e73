"""How the cells of an answer's table are drawn: wrapped text with an end, and chips."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.models.table_model import Index
from app.theme.manager import current_tokens
from app.views.chips import draw_chip

MOST_LINES = 6
"""Lines of a cell; the tool tip has the rest."""

SIDE, TOP = 8, 6
"""Between the text and the edge of its cell."""


class CellDelegate(QStyledItemDelegate):
    """Draws as many whole lines as there is room for; the last one says that there is more."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the text out: it is drawn here."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the background, then the lines."""
        super().paint(painter, option, index)
        self.initStyleOption(option, index)
        room = option.rect.adjusted(SIDE, TOP, -SIDE, -TOP)
        lines = fitted(str(index.data() or ""), option.font, room)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        side = alignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        height = option.fontMetrics.lineSpacing()
        top = room.top() + max(0, (room.height() - height * len(lines)) // 2)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        for number, line in enumerate(lines):
            place = QRectF(room.left(), top + number * height, room.width(), height)
            painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), line)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of one line."""
        text = str(index.data() or "")
        width = option.fontMetrics.horizontalAdvance(text) + 2 * SIDE
        return QSize(width, height_of(1, option.fontMetrics))


class ChipDelegate(QStyledItemDelegate):
    """Draws the number of a source as a chip."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the text out: the chip says it."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the chip in the middle of the cell."""
        super().paint(painter, option, index)
        text = str(index.data() or "")
        if text.isdigit():
            ratio = painter.device().devicePixelRatio()
            chip = draw_chip(int(text), current_tokens(), option.font, ratio)
            size = chip.deviceIndependentSize()
            middle = QPointF(option.rect.center()) + QPointF(0.5, 0.5)
            painter.drawImage(middle - QPointF(size.width() / 2, size.height() / 2), chip)


def height_of(n_lines: int, metrics: QFontMetrics) -> int:
    """Return the height of a row with so many lines."""
    return n_lines * metrics.lineSpacing() + 2 * TOP


def n_lines(text: str, font: QFont, width: int, most: int = MOST_LINES) -> int:
    """Return how many lines a text takes in a cell of a width, up to a limit."""
    return sum(1 for _ in _lines(text, font, max(width - 2 * SIDE, 1), most)) or 1


def fitted(text: str, font: QFont, room: QRect) -> list[str]:
    """Return the lines that fit into a room; the last one ends in … if there is more."""
    metrics = QFontMetrics(font)
    most = max(1, room.height() // metrics.lineSpacing())
    starts = list(_lines(text, font, max(room.width(), 1), most + 1))
    lines = [_cut(text, start, end).strip("\n") for start, end in starts]
    if len(lines) > most:
        rest = " ".join(_cut(text, starts[most - 1][0]).split())
        elided = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
        lines = [*lines[: most - 1], elided]
    return lines


def _cut(text: str, start: int, end: int | None = None) -> str:
    """Return a stretch of a text by its UTF-16 units, in which Qt counts."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : None if end is None else 2 * end].decode("utf-16-le", "ignore")


def _lines(text: str, font: QFont, width: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of the lines of a text, in UTF-16 units."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    for _ in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        yield line.textStart(), line.textStart() + line.textLength()
    layout.endLayout()
