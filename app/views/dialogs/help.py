"""Keyboard shortcuts, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QGridLayout, QWidget

from app.theme.icons import bind_icon
from app.views.dialogs.base import Dialog
from app.views.widgets import clear, label, line


class ShortcutsDialog(Dialog):
    """Lists the keys.

    Args:
        actions: Keys of the actions and what they do, marked for translation here.
    """

    def __init__(self, actions: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent, width=460)
        self._actions = actions
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(26)
        self._grid.setVerticalSpacing(9)
        self.body.addLayout(self._grid)
        self.buttons.addWidget(self.close_button)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Keyboard shortcuts"))
        self.close_button.setText(self.tr("Close"))
        clear(self._grid)
        for row, (keys, text) in enumerate(self.shortcuts()):
            key, meaning = label(), label("muted")
            key.setText(keys)
            key.setStyleSheet("font-weight: bold;")
            meaning.setText(text)
            self._grid.addWidget(key, row, 0)
            self._grid.addWidget(meaning, row, 1)
        self._grid.setColumnStretch(1, 1)

    def shortcuts(self) -> list[tuple[str, str]]:
        """Return keys and what they do, in the language in force."""
        translated = QCoreApplication.translate
        actions = [(keys, translated("ShortcutsDialog", text)) for keys, text in self._actions]
        return [
            ("Enter", self.tr("Ask the question")),
            ("Shift+Enter", self.tr("New line in the question")),
            ("↑", self.tr("Last question again")),
            *actions,
            ("1, 2, 3 / Ctrl+1, 2, 3", self.tr("Vote: A is better, B is better, no difference")),
            ("F2", self.tr("Rename in a list")),
            ("Delete", self.tr("Delete in a list")),
        ]


class AboutDialog(Dialog):
    """Name, version, what it does, what it is built with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=460)
        logo = label()
        bind_icon(logo, "sabun", role="accent", size=56)
        self._text = label("muted", wrap=True, selectable=True)
        row = line(gap=18)
        row.addWidget(logo, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.body.addLayout(row)
        self.buttons.addWidget(self.close_button)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("About Sabun"))
        self.close_button.setText(self.tr("Close"))
        self._text.setText(
            self.tr(
                "Sabun {version}\n\nAnswers questions about your own documents, on your own "
                "computer, with every statement quoted from where it stands. Nothing is sent "
                "anywhere.\n\nApache License 2.0. Uses Qt {qt} under the LGPL."
            ).format(version=program_version(), qt=qVersion())
        )


def program_version() -> str:
    """Return the version of the installed program."""
    try:
        return version("sabun")
    except PackageNotFoundError:
        return "0.1.0"
