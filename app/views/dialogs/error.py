"""An error with details that can be copied."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app.i18n import Words
from app.theme.icons import bind_icon
from app.views.dialogs.base import Dialog
from app.views.widgets import button, label, line
from engine.errors import SabunError


def details_of(error: BaseException) -> str:
    """Return what a developer needs: versions and the traceback."""
    head = f"Sabun, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n"
    return head + "".join(traceback.format_exception(error))


class ErrorDialog(Dialog):
    """One sentence; for a bug of ours also the details, and a button to copy them."""

    def __init__(self, error: BaseException, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=540)
        self.error = error
        self._words = words
        mark = label()
        bind_icon(mark, "warning", role="danger", size=28)
        self._text = label("", wrap=True, selectable=True)
        row = line(gap=14)
        row.addWidget(mark)
        row.addWidget(self._text, 1)
        self.body.addLayout(row)
        self.details = QPlainTextEdit(details_of(error))
        self.details.setReadOnly(True)
        self.details.setProperty("role", "details")
        self.details.setMinimumHeight(170)
        self._copy = button("", "copy", size=15)
        self._copy.clicked.connect(self._on_copy)
        self.buttons.insertWidget(0, self._copy)
        self.buttons.addWidget(self.close_button)
        self.close_button.setProperty("kind", "primary")
        expected = isinstance(error, SabunError)
        self.details.setVisible(not expected)
        self._copy.setVisible(not expected)
        self.body.addWidget(self.details)
        self.retranslate()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("That did not work"))
        self._text.setText(self._words.error(self.error))
        self._copy.setText(self.tr("Copy details"))
        self.close_button.setText(self.tr("Close"))
        self.details.setAccessibleName(self.tr("Details of the error"))

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self.details.toPlainText())
