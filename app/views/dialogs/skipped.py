"""The files that could not be read, or not wholly, with reasons and remedies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.i18n import Words
from app.models.skipped import FOLDER, NAME, REASON, SkippedModel
from app.views.dialogs.base import Dialog
from app.views.dialogs.input_boxes import TextPrompt
from app.views.widgets import button, label
from engine.records import PartlyReadFile, SkippedFile, SkipReason


class SkippedDialog(Dialog):
    """Lists skipped files; passwords and retry start from here.

    Signals:
        retry_requested: Passwords by path.
        folder_requested: Path of a file to show in its folder.
    """

    retry_requested = Signal(object)
    folder_requested = Signal(str)

    def __init__(
        self,
        files: Sequence[SkippedFile | PartlyReadFile],
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=860)
        self.resize(860, 420)
        self._note = label("muted", wrap=True)
        self.model = SkippedModel(words, self)
        self.model.set_files(files)
        self.table = self._build_table()
        self._password = button("", "lock", size=15)
        self._password.clicked.connect(self._ask_password)
        self._folder = button("", "folder", size=15)
        self._folder.clicked.connect(self._on_folder)
        self._retry = button("primary", "retry", role="accent_text", size=15)
        self._retry.clicked.connect(self._on_retry)
        self.body.addWidget(self._note)
        self.body.addWidget(self.table, 1)
        self.buttons.insertWidget(0, self._password)
        self.buttons.insertWidget(1, self._folder)
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self._retry)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._update())
        self.table.doubleClicked.connect(lambda *_: self._ask_password())
        if files:
            self.table.selectRow(0)
        self.retranslate()
        self._update()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Files that could not be read"))
        self._note.setText(
            self.tr(
                "These files are not searched, or in part only. All others are. Repair a file or "
                "enter its password, then press Retry."
            )
        )
        self._password.setText(self.tr("Enter password…"))
        self._folder.setText(self.tr("Show in folder"))
        self._retry.setText(self.tr("Retry"))
        self.close_button.setText(self.tr("Close"))
        self.table.setAccessibleName(self.tr("Files that could not be read"))

    @property
    def current(self) -> SkippedFile | PartlyReadFile | None:
        """The file selected."""
        row = self.table.currentIndex().row()
        return self.model.files[row] if 0 <= row < len(self.model.files) else None

    def set_password(self, path: str, password: str) -> None:
        """Remember a password for the retry."""
        self.model.set_password(path, password)

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(FOLDER, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(NAME, 210)
        header.resizeSection(FOLDER, 220)
        return table

    def _update(self) -> None:
        file = self.current
        self._password.setEnabled(_is_encrypted(file))
        self._folder.setEnabled(file is not None)
        self._retry.setEnabled(any(isinstance(file, SkippedFile) for file in self.model.files))

    def _ask_password(self) -> None:
        file = self.current
        if file is None or not _is_encrypted(file):
            return
        TextPrompt(
            self,
            self.tr("Password of the file"),
            note=file.path,
            secret=True,
            done=lambda text: self.set_password(file.path, text),
        ).open()

    def _on_folder(self) -> None:
        if self.current is not None:
            self.folder_requested.emit(self.current.path)

    def _on_retry(self) -> None:
        self.retry_requested.emit(self.model.passwords)
        self.accept()


def _is_encrypted(file: SkippedFile | PartlyReadFile | None) -> bool:
    return isinstance(file, SkippedFile) and file.reason == SkipReason.ENCRYPTED
