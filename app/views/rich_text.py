"""Text with citation chips that grows with its content instead of scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from app.models.answer_pieces import Piece
from app.theme.manager import current_tokens
from app.theme.tokens import Tokens

_CHIP_HEIGHT = 17


def draw_chip(number: int, tokens: Tokens, font: QFont, ratio: float) -> QImage:
    """Draw a citation chip: the passage's number on a rounded tint."""
    width = _CHIP_HEIGHT + 2 + 7 * (len(str(number)) - 1)
    image = QImage(
        QSize(round(width * ratio), round(_CHIP_HEIGHT * ratio)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent_soft))
    area = QRectF(0, 0, width, _CHIP_HEIGHT)
    painter.drawRoundedRect(area, 5, 5)
    small = QFont(font)
    small.setPixelSize(11)
    small.setBold(True)
    painter.setFont(small)
    painter.setPen(QColor(tokens.accent_ink))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.end()
    return image


class RichText(QTextBrowser):
    """Read-only text as high as its content; chips are links that the keyboard reaches.

    Signals:
        chip_clicked: Number of the passage.
    """

    chip_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)  # the window takes drops
        self.viewport().setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._on_anchor)
        self._pieces: list[Piece] = []
        self._unsupported_tip = ""
        self._different_tip = ""
        self._colour_role = "text"

    def show_pieces(
        self,
        pieces: Sequence[Piece],
        *,
        unsupported_tip: str = "",
        different_tip: str = "",
        role: str = "text",
    ) -> None:
        """Draw text and chips.

        Unsupported runs get a dotted line, runs that the other answer lacks a tint, both
        a tool tip.
        """
        self._pieces = list(pieces)
        self._unsupported_tip = unsupported_tip
        self._different_tip = different_tip
        self._colour_role = role
        self._draw()

    def append_text(self, text: str) -> None:
        """Add streamed text at the end."""
        self._pieces.append(Piece(text))
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text, self._format(Piece(text)))

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self._draw()

    @property
    def plain_text(self) -> str:
        """The text with ``[n]`` where chips are drawn."""
        return "".join(f"[{p.number}]" if p.number else p.text for p in self._pieces)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy chips as ``[n]``, not as pictures."""
        data = QMimeData()
        data.setText(self._selected_text())
        return data

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the column around."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap to the new width and take the height that needs."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the height of the content."""
        return QSize(200, self.height())

    def _selected_text(self) -> str:
        cursor = self.textCursor()
        text = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
        before = QTextCursor(self.document())
        before.setPosition(cursor.selectionStart(), QTextCursor.MoveMode.KeepAnchor)
        skipped = before.selectedText().count("\ufffc")
        numbers = [piece.number for piece in self._pieces if piece.number][skipped:]
        for number in numbers:
            text = text.replace("\ufffc", f"[{number}]", 1)
        return text

    def _draw(self) -> None:
        tokens = current_tokens()
        self.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(132.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(block)
        for piece in self._pieces:
            if piece.number:
                cursor.insertImage(self._chip(piece.number, tokens))
            else:
                cursor.insertText(piece.text, self._format(piece))
        self._fit()

    def _format(self, piece: Piece) -> QTextCharFormat:
        tokens = current_tokens()
        made = QTextCharFormat()
        made.setForeground(QColor(getattr(tokens, self._colour_role)))
        if piece.different:
            made.setBackground(QColor(tokens.difference))
            made.setForeground(QColor(tokens.difference_ink))
            made.setToolTip(self._different_tip)
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        if piece.unsupported:
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            made.setUnderlineColor(QColor(tokens.warning))
            if not piece.different:
                made.setForeground(QColor(tokens.muted))
            made.setToolTip(self._unsupported_tip)
        return made

    def _chip(self, number: int, tokens: Tokens) -> QTextImageFormat:
        ratio = self.devicePixelRatioF()
        url = QUrl(f"chip:{number}-{tokens.name}-{ratio}")
        image = draw_chip(number, tokens, self.font(), ratio)
        self.document().addResource(QTextDocument.ResourceType.ImageResource.value, url, image)
        made = QTextImageFormat()
        made.setName(url.toString())
        made.setWidth(image.width() / ratio)
        made.setHeight(image.height() / ratio)
        made.setAnchor(True)
        made.setAnchorHref(f"cite:{number}")
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        return made

    def _on_anchor(self, url: QUrl) -> None:
        if url.scheme() == "cite":
            self.chip_clicked.emit(int(url.path()))

    def _fit(self, *_args: object) -> None:
        self.document().setTextWidth(self.viewport().width())
        height = round(self.document().size().height()) + 2
        if height != self.height():
            self.setFixedHeight(height)
