"""An answer's table as a Qt model: sorted by click, possible rows below a line of their own."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from app.models.answer_table import in_order, numeric_columns
from app.theme.manager import current_tokens
from engine.records import AnswerRow, AnswerTable

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


_MOST_DRAWN, _MOST_TOLD = 400, 2000
"""Characters of a cell that are drawn, and that its tool tip has."""


def shortened(text: str, n_most: int) -> str:
    """Return a text without what is too long to lay out."""
    return text if len(text) <= n_most else f"{text[:n_most]}…"


class AnswerTableModel(QAbstractTableModel):
    """The rows of the answer, a line "possibly also", and the rows below it.

    The last column holds the number of the source, where any row has one.

    Attributes:
        table: As it came.
        numeric: Its columns of numbers.
        has_sources: Whether any row has a source.
        source_title, possible_title, source_spoken: Words of the view.
    """

    def __init__(self) -> None:
        super().__init__()
        self.table = AnswerTable((), ())
        self._rows: list[AnswerRow | None] = []
        self.numeric: frozenset[int] = frozenset()
        self._order: tuple[int, bool] = (-1, False)
        self.has_sources = False
        self.source_title = ""
        self.possible_title = ""
        self.source_spoken = "{number}"

    def show_table(self, table: AnswerTable) -> None:
        """Take over a table, in its own order."""
        self.table = table
        self.numeric = numeric_columns(table)
        self.has_sources = any(row.number for row in table.rows)
        self._order = (-1, False)
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives the order of the answer again."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()

    def row(self, position: int) -> AnswerRow | None:
        """Return a row as shown; None for the line above the possible ones."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    @property
    def heading_position(self) -> int:
        """Where the line above the possible rows stands; -1 without any."""
        return self._rows.index(None) if None in self._rows else -1

    @property
    def source_column(self) -> int:
        """The column of sources; -1 if no row has one."""
        return len(self.table.columns) if self.has_sources else -1

    # --- what Qt asks for --------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  as Qt has it
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  as Qt has it
        """Return the number of columns, that of the sources included."""
        return 0 if parent.isValid() else len(self.table.columns) + self.has_sources

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell shows, says and looks like."""
        row = self.row(index.row())
        if row is None:
            return self._heading_data(index, role)
        if role == Role.DisplayRole:
            return shortened(self._text(row, index.column()), _MOST_DRAWN)
        if role == Role.ToolTipRole:
            return shortened(self._text(row, index.column()), _MOST_TOLD) or None
        if role == Role.AccessibleTextRole:
            return self._spoken(row, index.column())
        if role == Role.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Role.ForegroundRole and row.possible:
            return QColor(current_tokens().muted)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            is_source = section == len(self.table.columns)
            return self.source_title if is_source else self.table.columns[section]
        return self._alignment(section) if role == Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything be selected but the line above the possible rows."""
        if self.row(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # --- inside ------------------------------------------------------------------------

    def _arrange(self) -> None:
        column, descending = self._order
        self.beginResetModel()
        sure, possible = in_order(self.table, column, descending=descending)
        self._rows = [*sure, *[None] * bool(possible), *possible]
        self.endResetModel()

    def _text(self, row: AnswerRow, column: int) -> str:
        if column < len(row.cells):
            return row.cells[column]
        return str(row.number) if row.number else ""

    def _spoken(self, row: AnswerRow, column: int) -> str:
        text = self._text(row, column)
        if column == self.source_column and text:
            text = self.source_spoken.format(number=text)
        return f"{text} ({self.possible_title})" if row.possible and text else text

    def _heading_data(self, index: Index, role: int) -> object:
        if index.column() != 0:
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.possible_title
        if role == Role.ForegroundRole:
            return QColor(current_tokens().muted)
        if role == Role.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        if column == self.source_column:
            return Qt.AlignmentFlag.AlignCenter
        side = Qt.AlignmentFlag.AlignRight if column in self.numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
