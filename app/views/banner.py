"""A line across the chat column for what stays true until something is done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.theme.icons import bind_icon
from app.views.widgets import Translated, button, label, line, name


class Banner(Translated, QFrame):
    """Shows a problem with the models.

    Signals:
        action_requested: The user wants to do something about it.
    """

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setStyleSheet('QFrame[role="notice"] { border-radius: 0; }')
        mark = label()
        bind_icon(mark, "warning", role="warning", size=18)
        self._text = label("", wrap=True, selectable=True)
        self._action = button()
        self._action.clicked.connect(self.action_requested)
        self._close = button("quiet", "close", size=14)
        self._close.clicked.connect(self.hide)
        row = line(self, margins=(16, 8, 10, 8), gap=10)
        row.addWidget(mark)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.hide()
        self.retranslate()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def say(self, text: str, action: str) -> None:
        """Show a sentence and a button."""
        self._text.setText(text)
        self._action.setText(action)
        self.show()

    def retranslate(self) -> None:
        """Set every visible string again."""
        name(self._close, self.tr("Hide this message"))
