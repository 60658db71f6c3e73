"""Help > Report a problem: what a report holds, where to save it, where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import Words
from app.views.dialogs.base import Dialog
from app.views.opening import open_path
from app.views.widgets import button, label

if TYPE_CHECKING:
    from app.controllers.report import ReportController


class ReportDialog(Dialog):
    """Explains the report, asks where to save it, shows where it was saved.

    Signals:
        saved: Path of a report that was written.
    """

    saved = Signal(object)

    def __init__(
        self, reports: ReportController, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=560)
        self._reports = reports
        self._words = words
        self._path: Path | None = None
        self._error: Exception | None = None
        self._working = False
        self._note = label("muted", wrap=True)
        self._state = label(wrap=True, selectable=True)
        self._folder = button("", "folder", size=15)
        self._folder.clicked.connect(self._show_in_folder)
        self._save = button("primary")
        self._save.clicked.connect(self._choose)
        self.body.addWidget(self._note)
        self.body.addWidget(self._state)
        self.buttons.insertWidget(0, self._folder)
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self._save)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Report a problem"))
        self._note.setText(
            self.tr(
                "Sabun saves a report that you can send to its developers: the log, versions, "
                "your machine, the settings, and how many files were read or skipped.\n\nIt "
                "holds no text of your documents, no questions and answers, and no names of "
                "files, folders or collections. It is saved as a zip archive, so you can look "
                "at it before you send it; Sabun itself sends nothing."
            )
        )
        self._folder.setText(self.tr("Show in folder"))
        self._save.setText(self.tr("Save report…"))
        self.close_button.setText(self.tr("Close"))
        self._show()

    def save(self, target: Path) -> None:
        """Write the report; the dialog says how it went."""
        self._path, self._error, self._working = None, None, True
        self._show()
        self._reports.save(target, self._on_saved, self._on_failed)

    @property
    def state(self) -> str:
        """What the dialog says about the report."""
        return self._state.text()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the report"),
            self._reports.suggested_name,
            self.tr("Zip archive (*.zip)"),
        )
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix.lower() == ".zip" else path.with_name(path.name + ".zip"))

    def _on_saved(self, path: Path) -> None:
        self._path, self._working = path, False
        self._show()
        self.saved.emit(path)

    def _on_failed(self, error: Exception) -> None:
        self._error, self._working = error, False
        self._show()

    def _show(self) -> None:
        text = ""
        if self._working:
            text = self.tr("Collecting… This takes a few seconds.")
        elif self._error is not None:
            text = self._words.error(self._error)
        elif self._path is not None:
            text = self.tr("Saved as {path}").format(path=self._path)
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self._folder.setVisible(self._path is not None)
        self._save.setEnabled(not self._working)

    def _show_in_folder(self) -> None:
        if self._path is not None:
            open_path(self._path)
