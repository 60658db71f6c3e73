"""The user's question in the chat column."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.views.widgets import column

_WIDEST_QUESTION = 560


class QuestionText(QLabel):
    """A wrapped text that is as wide as its longest line, where there is room for it."""

    def sizeHint(self) -> QSize:
        """Return the natural width, which a wrapped label does not have by itself."""
        rows = self.text().split("\n")
        widest = max(self.fontMetrics().horizontalAdvance(row) for row in rows) + 6
        width = min(widest, _WIDEST_QUESTION)
        return QSize(width, self.heightForWidth(width))


class QuestionBubble(QFrame):
    """The user's question, at the right."""

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bubble")
        self._text = text = QuestionText(question)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column(self, margins=(15, 9, 15, 9)).addWidget(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    @property
    def question(self) -> str:
        """The question, as shown."""
        return self._text.text()

    def set_question(self, question: str) -> None:
        """Show the question in other words."""
        self._text.setText(question)
