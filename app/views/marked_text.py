"""Document text with highlighted quotes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from app.theme.manager import current_tokens


def utf16(text: str, offset: int) -> int:
    """Turn an offset in code points into one in UTF-16 units, as Qt's documents count."""
    return offset + sum(1 for character in text[:offset] if character > "\uffff")


class MarkedText(QTextBrowser):
    """Read-only text; either as high as its content, or scrolling.

    Args:
        scrolls: True for a viewer of fixed size.
    """

    def __init__(self, parent: QWidget | None = None, *, scrolls: bool = False) -> None:
        super().__init__(parent)
        self._scrolls = scrolls
        self._shown: tuple[str, tuple[tuple[int, int], ...], tuple[int, int] | None] = (
            "",
            (),
            None,
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)  # the window takes drops
        self.viewport().setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not scrolls:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            self.document().setDocumentMargin(0)
            self.document().documentLayout().documentSizeChanged.connect(self._fit)
        else:
            self.document().setDocumentMargin(14)

    def show_text(
        self,
        text: str,
        quotes: Sequence[tuple[int, int]],
        body: tuple[int, int] | None = None,
    ) -> None:
        """Show a text; ``quotes`` are highlighted, what lies outside ``body`` is dimmed."""
        self._shown = (text, tuple(quotes), body)
        self._draw()

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self._draw()

    def scroll_to(self, offset: int) -> None:
        """Bring an offset into the upper third."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(utf16(self._shown[0], offset))
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(max(0, top - self.viewport().height() // 3))

    def highlighted_texts(self) -> list[str]:
        """Return the highlighted strings."""
        text, quotes, _ = self._shown
        return [text[start:end] for start, end in quotes]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the column around, unless this is a viewer."""
        if self._scrolls:
            super().wheelEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the card around see clicks."""
        super().mouseReleaseEvent(event)
        if not self._scrolls:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the card around see clicks."""
        super().mousePressEvent(event)
        if not self._scrolls:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap to the new width."""
        super().resizeEvent(event)
        if not self._scrolls:
            self._fit()

    def _draw(self) -> None:
        text, quotes, body = self._shown
        tokens = current_tokens()
        self.setPlainText(text)
        base = QTextCharFormat()
        dimmed = body is not None or not self._scrolls
        base.setForeground(QColor(tokens.muted if dimmed else tokens.text))
        self._format(0, len(text), base)
        if body is not None:
            inner = QTextCharFormat()
            inner.setForeground(QColor(tokens.text))
            self._format(*body, inner)
        marked = QTextCharFormat()
        marked.setBackground(QColor(tokens.quote))
        marked.setForeground(QColor(tokens.quote_ink))
        for start, end in quotes:
            self._format(start, end, marked)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        block = QTextBlockFormat()
        block.setLineHeight(125.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(block)
        if not self._scrolls:
            self._fit()

    def _format(self, start: int, end: int, char_format: QTextCharFormat) -> None:
        text = self._shown[0]
        cursor = QTextCursor(self.document())
        cursor.setPosition(utf16(text, start))
        cursor.setPosition(utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(char_format)

    def _fit(self, *_args: object) -> None:
        self.document().setTextWidth(self.viewport().width())
        height = round(self.document().size().height()) + 2
        if height != self.height():
            self.setFixedHeight(height)
