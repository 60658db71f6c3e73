"""The veil over the window while files are dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.theme.icons import draw_icon
from app.theme.manager import current_tokens
from app.views.widgets import Translated


class DropOverlay(Translated, QWidget):
    """Says where dropped files will go; takes no events itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._collection = ""
        self.hide()

    def show_for(self, collection: str) -> None:
        """Cover the parent."""
        self._collection = collection
        self.setGeometry(self._under.rect())
        self.show()
        self.raise_()

    def retranslate(self) -> None:
        """Paint again in the new language."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw veil, dashed frame, icon and words."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(tokens.window)
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        pen = QPen(QColor(tokens.accent), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.accent_soft))
        area = QRectF(self.rect()).adjusted(28, 28, -28, -28)
        painter.drawRoundedRect(area, 18, 18)
        centre = area.center()
        pixmap = draw_icon("folder-plus", tokens.accent, 64, self.devicePixelRatioF())
        if not pixmap.isNull():
            painter.drawPixmap(int(centre.x()) - 32, int(centre.y()) - 84, pixmap)
        font = painter.font()
        font.setPixelSize(20)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        text = self.tr("Drop to add to “{collection}”").format(collection=self._collection)
        box = QRectF(area.left(), centre.y(), area.width(), 40)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
