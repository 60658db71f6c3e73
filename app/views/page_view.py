"""A page of a PDF as a picture, with the quote marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.theme.manager import current_tokens

_MARGIN = 12
ZOOM_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class _Sheet(QWidget):
    """The picture itself; crisp because it is drawn in device pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QImage()

    def show_picture(self, picture: QImage) -> None:
        """Show another picture and take its size."""
        self.picture = picture
        size = picture.deviceIndependentSize().toSize()
        self.setFixedSize(size.width() + 2 * _MARGIN, size.height() + 2 * _MARGIN)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page with a thin edge."""
        if self.picture.isNull():
            return
        painter = QPainter(self)
        painter.drawImage(_MARGIN, _MARGIN, self.picture)
        size = self.picture.deviceIndependentSize().toSize()
        painter.setPen(QColor(current_tokens().border_strong))
        painter.drawRect(_MARGIN - 1, _MARGIN - 1, size.width() + 1, size.height() + 1)


class PageView(QScrollArea):
    """Scrolls a page; asks for a new picture when its width or zoom changes.

    Signals:
        width_wanted: Width of the page in device pixels.
    """

    width_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self._zoom = ZOOM_STEPS.index(1.0)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(150)
        self._settle.timeout.connect(self._ask)
        self._asked_width = 0

    @property
    def wanted_width_px(self) -> int:
        """Width of the page in device pixels at the zoom in force."""
        fitting = max(200, self.viewport().width() - 2 * _MARGIN - 2)
        return round(fitting * ZOOM_STEPS[self._zoom] * self.devicePixelRatioF())

    @property
    def picture(self) -> QImage:
        """The picture in sight."""
        return self._sheet.picture

    def zoom(self, steps: int) -> None:
        """Zoom in (positive) or out."""
        self._zoom = min(len(ZOOM_STEPS) - 1, max(0, self._zoom + steps))
        self._ask()

    def show_picture(self, picture: QImage, focus_y: float | None = None) -> None:
        """Show a page; ``focus_y`` (window units) is brought into the upper third."""
        self._sheet.show_picture(picture)
        if focus_y is not None:
            self.verticalScrollBar().setValue(
                max(0, round(focus_y) + _MARGIN - self.viewport().height() // 3)
            )

    def clear(self) -> None:
        """Show nothing."""
        self._sheet.show_picture(QImage())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a sharper picture once resizing has settled."""
        super().resizeEvent(event)
        if self.isVisible() and abs(self.wanted_width_px - self._asked_width) > 8:
            self._settle.start()

    def _ask(self) -> None:
        self._asked_width = self.wanted_width_px
        self.width_wanted.emit(self._asked_width)
