"""The text box that questions are typed into."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_MAX_LINES = 7


class QuestionEdit(QPlainTextEdit):
    """A text box that grows with its text.

    Signals:
        submitted: Return was pressed.
        previous_wanted: Up was pressed in an empty box.
        focused: Whether it has the keyboard.
    """

    submitted = Signal()
    previous_wanted = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return sends, Shift+Return breaks the line, Up recalls the last question."""
        plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if plain_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.previous_wanted.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def _fit(self, *_args: object) -> None:
        # QPlainTextDocumentLayout reports its height in lines, wrapped ones included.
        lines = max(1, min(_MAX_LINES, round(self.document().size().height())))
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + 12))
