"""A short message at the bottom of the window, with at most one action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from app.views.widgets import button, label, line

_SHOWN_MS = 4_500
UNDO_SHOWN_MS = 7_500
"""A little shorter than the undo itself, so that a late click still counts."""


class Toast(QFrame):
    """Shows one message at a time over its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setProperty("role", "toast")
        self._text = label()
        self._action = button()
        self._action.clicked.connect(self._act)
        self._callback: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        row = line(self, margins=(16, 10, 10, 10), gap=14)
        row.addWidget(self._text)
        row.addWidget(self._action)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The message in sight."""
        return self._text.text() if self.isVisible() else ""

    def say(
        self, text: str, action: str = "", callback: Callable[[], object] | None = None
    ) -> None:
        """Show a message, with a button if ``action`` is given."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._callback = callback
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(UNDO_SHOWN_MS if action else _SHOWN_MS)

    def act(self) -> None:
        """Do what the button does."""
        self._act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the window is resized."""
        if event.type() == QEvent.Type.Resize and watched is self._under:
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        callback, self._callback = self._callback, None
        self.hide()
        if callback is not None:
            callback()

    def _place(self) -> None:
        under = self._under
        self.move((under.width() - self.width()) // 2, under.height() - self.height() - 28)
