"""Text with citation chips that grows with its content instead of scrolling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextImageFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from app.models.answer_pieces import Piece
from app.theme.manager import current_tokens
from app.views.chips import chip_format
from app.views.markdown_text import fill_with_markdown

_BREAKS = re.compile("[\u2028\u2029\ufdd0\ufdd1]+")
"""What Qt writes for ends of lines, paragraphs and cells of a table."""


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
        self._markdown = ""
        self._numbers: list[int] = []
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
        self._pieces, self._markdown = list(pieces), ""
        self._numbers = [piece.number for piece in pieces if piece.number]
        self._unsupported_tip = unsupported_tip
        self._different_tip = different_tip
        self._colour_role = role
        self._draw()

    def show_markdown(self, marked: str, *, unsupported_tip: str = "") -> None:
        """Draw Markdown with marks (:func:`app.models.answer_markdown.marked_markdown`)."""
        self._pieces, self._markdown = [Piece(marked)], marked
        self._unsupported_tip = unsupported_tip
        self._colour_role = "text"
        self._draw()

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Load nothing: all that is shown is in the document itself."""
        return QByteArray()  # for None Qt would look on the disk

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
        text = _BREAKS.sub("\n", cursor.selectedText())
        before = QTextCursor(self.document())
        before.setPosition(cursor.selectionStart(), QTextCursor.MoveMode.KeepAnchor)
        skipped = before.selectedText().count("\ufffc")
        for number in self._numbers[skipped:]:
            text = text.replace("\ufffc", f"[{number}]", 1)
        return text

    def _draw(self) -> None:
        self.clear()
        if self._markdown:
            self._draw_markdown()
            return
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(132.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(block)
        for piece in self._pieces:
            if piece.number:
                cursor.insertImage(self._chip(piece.number))
            else:
                cursor.insertText(piece.text, self._format(piece))
        self._fit()

    def _draw_markdown(self) -> None:
        doubt = self._format(Piece(unsupported=True))
        self._numbers = fill_with_markdown(
            self.document(), self._markdown, current_tokens(), self._chip, doubt
        )
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

    def _chip(self, number: int) -> QTextImageFormat:
        ratio = self.devicePixelRatioF()
        return chip_format(self.document(), number, current_tokens(), self.font(), ratio)

    def _on_anchor(self, url: QUrl) -> None:
        if url.scheme() == "cite":
            self.chip_clicked.emit(int(url.path()))

    def _fit(self, *_args: object) -> None:
        self.document().setTextWidth(self.viewport().width())
        height = round(self.document().size().height()) + 2
        if height != self.height():
            self.setFixedHeight(height)
