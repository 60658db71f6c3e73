"""Turns a page that the engine drew into a Qt picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

if TYPE_CHECKING:
    from engine.documents.pdf.rendering import PageImage


def page_picture(page: PageImage, highlight: str, ratio: float) -> QImage:
    """Return the page with its quote boxes marked as with a highlighter pen.

    Args:
        page: From :meth:`engine.facade.Engine.render_page`.
        highlight: Colour of the boxes; multiplied, so that the text stays readable.
        ratio: Device pixels per unit of the window.
    """
    stride = 3 * page.width_px
    raw = QImage(page.rgb, page.width_px, page.height_px, stride, QImage.Format.Format_RGB888)
    # A copy: the bytes of the event must not be shared with a picture that is painted on.
    picture = raw.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(highlight))
    for left, top, width, height in page.boxes:
        painter.drawRoundedRect(QRectF(left - 1, top - 1, width + 2, height + 2), 2, 2)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def first_box_y(page: PageImage, ratio: float) -> float | None:
    """Return where the first box starts, in units of the window; None without boxes."""
    return min(top for _, top, _, _ in page.boxes) / ratio if page.boxes else None
