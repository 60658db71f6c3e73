"""The table of files that could not be read, or not wholly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.i18n import Words
from app.models.rows import Index
from engine.records import PartlyReadFile, SkippedFile, SkipReason

NAME, REASON, FOLDER = range(3)

_MOST_NOTES = 30
"""Of one file, in its tool tip."""


class SkippedModel(QAbstractTableModel):
    """File, reason, folder; what exactly is the tool tip."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._files: list[SkippedFile | PartlyReadFile] = []
        self._passwords: dict[str, str] = {}

    @property
    def files(self) -> list[SkippedFile | PartlyReadFile]:
        """The files shown."""
        return self._files

    @property
    def passwords(self) -> dict[str, str]:
        """Passwords entered so far, by path; kept in memory only."""
        return dict(self._passwords)

    def set_files(self, files: Sequence[SkippedFile | PartlyReadFile]) -> None:
        """Show other files."""
        self.beginResetModel()
        self._files = list(files)
        self.endResetModel()

    def set_password(self, path: str, password: str) -> None:
        """Remember the password of a file for the next retry."""
        self._passwords[path] = password
        for row, file in enumerate(self._files):
            if file.path == path:
                self.dataChanged.emit(self.index(row, 0), self.index(row, FOLDER))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of files."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else 3

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's name."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("File"), self.tr("Reason"), self.tr("Folder"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        if not index.isValid():
            return None
        file = self._files[index.row()]
        path = Path(file.path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join([file.path, *self._details(file)])
        if role == Qt.ItemDataRole.UserRole:
            return file
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == NAME:
            return path.name
        if index.column() == FOLDER:
            return str(path.parent)
        return self._reason(file)

    def _details(self, file: SkippedFile | PartlyReadFile) -> list[str]:
        notes = (file.detail,) if isinstance(file, SkippedFile) else file.notes
        return [self._words.notice(note) for note in notes[:_MOST_NOTES]]

    def _reason(self, file: SkippedFile | PartlyReadFile) -> str:
        if isinstance(file, PartlyReadFile):
            said = self._words.notice(file.notes[0])
            if len(file.notes) == 1:
                return self.tr("Searched in part. {note}").format(note=said)
            more = self.tr("Searched in part. {note} (and {count} more)")
            return more.format(note=said, count=len(file.notes) - 1)
        if file.reason == SkipReason.ENCRYPTED and file.path in self._passwords:
            return self.tr("Password entered; press Retry.")
        return self._words.skip_reason(file.reason)
