"""What all dialogs share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.views.widgets import Translated, button, column, label, line


class Dialog(Translated, QDialog):
    """A dialog with a heading, a body to fill, and a row of buttons at the end."""

    def __init__(self, parent: QWidget | None, *, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(width, 10)
        self.heading: QLabel = label("heading", wrap=True)
        self.body: QVBoxLayout = column(gap=10)
        self.buttons: QHBoxLayout = line(gap=8)
        self.buttons.addStretch(1)
        self.close_button = button()
        self.close_button.clicked.connect(self.reject)
        rows = column(self, margins=(22, 20, 22, 18), gap=14)
        rows.addWidget(self.heading)
        rows.addLayout(self.body, 1)
        rows.addLayout(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for lines that wrap, which Qt leaves out of a window's least height."""
        super().showEvent(event)
        wanted = self.heightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)

    def set_title(self, text: str) -> None:
        """Set the heading and the window's title."""
        self.heading.setText(text)
        self.setWindowTitle(text)
