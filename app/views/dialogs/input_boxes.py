"""Small questions: a name, a password, yes or no."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from app.views.dialogs.base import Dialog
from app.views.widgets import button, label


class TextPrompt(Dialog):
    """Asks for one line of text."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        *,
        text: str = "",
        note: str = "",
        secret: bool = False,
        done: Callable[[str], object],
    ) -> None:
        super().__init__(parent, width=400)
        self.set_title(title)
        self._done = done
        self.edit = QLineEdit(text)
        self.edit.setAccessibleName(title)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.selectAll()
        self.edit.textChanged.connect(self._check)
        if note:
            small = label("muted", wrap=True)
            small.setText(note)
            self.body.addWidget(small)
        self.body.addWidget(self.edit)
        self._ok = button("primary")
        self._ok.setDefault(True)
        self._ok.clicked.connect(self.accept)
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self._ok)
        self._check()
        self.retranslate()
        self.edit.setFocus()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.close_button.setText(self.tr("Cancel"))
        self._ok.setText(self.tr("OK"))

    def accept(self) -> None:
        """Pass the text on and close."""
        text = self.edit.text().strip()
        if text:
            super().accept()
            self._done(text)

    def _check(self) -> None:
        self._ok.setEnabled(bool(self.edit.text().strip()))


class ConfirmPrompt(Dialog):
    """Asks before something that cannot be taken back."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        action: str,
        done: Callable[[], object],
        *,
        refused: Callable[[], object] | None = None,
        kind: str = "danger",
    ) -> None:
        super().__init__(parent, width=440)
        self.set_title(title)
        self._done = done
        words = label("muted", wrap=True)
        words.setText(text)
        self.body.addWidget(words)
        self._ok = button(kind)
        self._ok.setText(action)
        self._ok.clicked.connect(self.accept)
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self._ok)
        if refused is not None:
            self.rejected.connect(refused)
        self.close_button.setFocus()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.close_button.setText(self.tr("Cancel"))

    def accept(self) -> None:
        """Do it and close."""
        super().accept()
        self._done()
