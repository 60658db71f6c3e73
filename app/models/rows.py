"""The list model behind the sidebar: collections, sources, conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """Data roles that the row delegate reads."""

    ROW = Qt.ItemDataRole.UserRole + 1
    VALUE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Row:
    """One line of a sidebar list.

    Attributes:
        key: Identity across updates.
        title: First text, elided where needed.
        icon: Icon name.
        trailing: Short text at the right end: a count, a percentage.
        badge: Warning word at the right end: "offline".
        tooltip: Whole text for the pointer and for screen readers.
        value: What the row stands for.
        is_sentence: Elide at the end; file names are elided in the middle.
    """

    key: int
    title: str
    icon: str = ""
    trailing: str = ""
    badge: str = ""
    tooltip: str = ""
    value: Any = None
    is_sentence: bool = False


class RowModel(QAbstractListModel):
    """A list of :class:`Row`; replaced as a whole, updated in place where keys agree."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one aspect of a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tooltip or row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (row.title, row.trailing, row.badge)))
        if role == RowRole.ROW:
            return row
        if role == RowRole.VALUE:
            return row.value
        return None

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; a list with the same keys keeps selection and focus."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            old, self._rows = self._rows, list(rows)
            for number, (before, after) in enumerate(zip(old, rows, strict=True)):
                if before != after:
                    index = self.index(number)
                    self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_of(self, key: int) -> QModelIndex:
        """Return the index of a key; an invalid one if it is not shown."""
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()

    def at(self, index: Index) -> Row | None:
        """Return a row by index."""
        return self._rows[index.row()] if index.isValid() else None
