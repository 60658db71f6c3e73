"""Citation chips: the number of a passage as a small picture that is a link."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QTextCharFormat,
    QTextDocument,
    QTextImageFormat,
)

from app.theme.tokens import Tokens

CHIP_HEIGHT = 17


def draw_chip(number: int, tokens: Tokens, font: QFont, ratio: float) -> QImage:
    """Draw a citation chip: the passage's number on a rounded tint."""
    width = CHIP_HEIGHT + 2 + 7 * (len(str(number)) - 1)
    image = QImage(
        QSize(round(width * ratio), round(CHIP_HEIGHT * ratio)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent_soft))
    area = QRectF(0, 0, width, CHIP_HEIGHT)
    painter.drawRoundedRect(area, 5, 5)
    small = QFont(font)
    small.setPixelSize(11)
    small.setBold(True)
    painter.setFont(small)
    painter.setPen(QColor(tokens.accent_ink))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.end()
    return image


def chip_format(
    document: QTextDocument, number: int, tokens: Tokens, font: QFont, ratio: float
) -> QTextImageFormat:
    """Return the chip of a passage as a picture in a document; it leads to ``cite:number``."""
    url = QUrl(f"chip:{number}-{tokens.name}-{ratio}")
    image = draw_chip(number, tokens, font, ratio)
    document.addResource(QTextDocument.ResourceType.ImageResource.value, url, image)
    made = QTextImageFormat()
    made.setName(url.toString())
    made.setWidth(image.width() / ratio)
    made.setHeight(image.height() / ratio)
    made.setAnchor(True)
    made.setAnchorHref(f"cite:{number}")
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    return made
