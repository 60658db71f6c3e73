"""The table of an answer, in its card."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QTableView,
    QWidget,
)

from app.i18n import Words
from app.models.answer_table import as_delimited, as_markdown, only_rows
from app.models.table_model import AnswerTableModel, Index
from app.views.table_cells import CellDelegate, ChipDelegate, height_of, n_lines
from app.views.table_columns import column_widths
from app.views.widgets import Translated
from engine.records import AnswerRow, AnswerTable

_MOST_ROWS = 12
"""Rows in sight; more are scrolled to."""

_MOST_WRAPPED = 200
"""Rows up to which cells wrap; measuring more takes too long."""


class AnswerTableView(Translated, QTableView):
    """Sorted by a click on a heading, as high as its rows, copied into other programs.

    Signals:
        opened: Number of the source that the user wants to see.
    """

    opened = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words.kinds
        self.rows = AnswerTableModel()
        self._sources: Mapping[int, str] = {}
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)  # Tab leads on, the arrows move within
        self.setShowGrid(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self._set_up_headings(self.horizontalHeader())
        self._chips = ChipDelegate(self)
        self._plain = CellDelegate(self)
        self.clicked.connect(self._on_clicked)
        self.rows.modelReset.connect(self._lay_out)
        self.hide()
        self.retranslate()

    def show_table(self, table: AnswerTable | None, sources: Mapping[int, str]) -> None:
        """Show a table, or nothing.

        Args:
            table: Of the answer.
            sources: Document and place by number.
        """
        shown = table if table is not None and table.rows and table.columns else None
        self._sources = sources
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.rows.show_table(shown or AnswerTable((), ()))
        self.setVisible(shown is not None)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.setAccessibleName(self.tr("Table of the answer"))
        words = self._words.table()
        self.rows.source_title, self.rows.possible_title = words.source, words.possible
        self.rows.source_spoken = self.tr("Source {number}")
        self.viewport().update()

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self.viewport().update()

    # --- copying -----------------------------------------------------------------------

    def text_for(self, form: str, *, selected_only: bool = False) -> str:
        """Return the table as ``csv``, ``tsv`` or ``markdown``."""
        table = self.rows.table
        if selected_only:
            table = only_rows(table, self.selected_rows() or table.rows)
        if form == "markdown":
            return as_markdown(table, self._words.table())
        delimiter = "," if form == "csv" else "\t"
        return as_delimited(table, self._words.table(), self._sources, delimiter)

    def selected_rows(self) -> list[AnswerRow]:
        """Return the selected rows, from top to bottom."""
        positions = sorted({index.row() for index in self.selectedIndexes()})
        rows = [self.rows.row(position) for position in positions]
        return [row for row in rows if row is not None]

    def menu_for(self, row: AnswerRow | None, column: int = -1) -> QMenu:
        """Return a new menu on a row and a column."""
        menu = QMenu(self)
        if row is not None and row.number:
            number = row.number
            title = self.tr("Open the source")
            menu.addAction(title).triggered.connect(lambda: self.opened.emit(number))
            menu.addSeparator()
        self._offer_orders(menu, column)
        self._offer(menu, self.tr("Copy the selected rows"), "tsv", selected_only=True)
        self._offer(menu, self.tr("Copy the table for a spreadsheet"), "tsv")
        self._offer(menu, self.tr("Copy the table as CSV"), "csv")
        self._offer(menu, self.tr("Copy the table as Markdown"), "markdown")
        return menu

    def _offer_orders(self, menu: QMenu, column: int) -> None:
        """Offer what a click on a heading does, for the keyboard."""
        orders = [
            (self.tr("Sort upwards by this column"), column, Qt.SortOrder.AscendingOrder),
            (self.tr("Sort downwards by this column"), column, Qt.SortOrder.DescendingOrder),
            (self.tr("Order of the answer"), -1, Qt.SortOrder.AscendingOrder),
        ]
        for title, by, order in orders if column >= 0 else orders[2:]:
            menu.addAction(title).triggered.connect(
                lambda _=False, by=by, order=order: self.horizontalHeader().setSortIndicator(
                    by, order
                )
            )
        menu.addSeparator()

    def _offer(self, menu: QMenu, title: str, form: str, *, selected_only: bool = False) -> None:
        entry = menu.addAction(title)
        entry.triggered.connect(lambda: self._copy(form, selected_only=selected_only))

    def _copy(self, form: str, *, selected_only: bool = False) -> None:
        QApplication.clipboard().setText(self.text_for(form, selected_only=selected_only))

    # --- acting ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selected rows, or all; Return opens the source of a row."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy("tsv", selected_only=True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.rows.row(self.currentIndex().row()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy, by the mouse or by the key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        menu = self.menu_for(self.rows.row(index.row()), index.column())
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        menu.popup(corner if by_key else event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the column around, unless there are rows out of sight."""
        if self.verticalScrollBar().maximum() or event.angleDelta().x():
            super().wheelEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width()

    def _on_clicked(self, index: Index) -> None:
        if index.column() == self.rows.source_column:
            self._open(self.rows.row(index.row()))

    def _open(self, row: AnswerRow | None) -> None:
        if row is not None and row.number:
            self.opened.emit(row.number)

    # --- laying out --------------------------------------------------------------------

    def _set_up_headings(self, headings: QHeaderView) -> None:
        headings.setSectionsClickable(True)
        headings.setSortIndicatorShown(True)
        headings.setSortIndicatorClearable(True)
        headings.setHighlightSections(False)
        headings.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        headings.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        headings.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        headings.sortIndicatorChanged.connect(self.rows.sort)

    def _lay_out(self) -> None:
        """Follow another table or order."""
        self.clearSpans()
        heading = self.rows.heading_position
        n_columns = self.rows.columnCount()
        if heading >= 0 and n_columns > 1:
            self.setSpan(heading, 0, 1, n_columns)
        for column in range(n_columns):
            is_source = column == self.rows.source_column
            self.setItemDelegateForColumn(column, self._chips if is_source else self._plain)
        self._share_width()
        if self.rows.rowCount():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.rows.index(0, 0), flag)

    def _share_width(self) -> None:
        widths = column_widths(self.rows, self.fontMetrics(), self.viewport().width())
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self._set_heights()

    def _set_heights(self) -> None:
        low = height_of(1, self.fontMetrics())
        heights = [self._height_of(row) for row in range(self.rows.rowCount())]
        for row, height in enumerate(heights):
            self.setRowHeight(row, height)
        rows = min(sum(heights[:_MOST_ROWS]), _MOST_ROWS * low)
        height = self.horizontalHeader().sizeHint().height() + rows
        bar = self.horizontalScrollBar()
        is_wide = sum(self.columnWidth(c) for c in range(self.rows.columnCount()))
        if is_wide > self.viewport().width():
            height += bar.sizeHint().height()
        height += 2 * self.frameWidth() + 2
        if height != self.height():
            self.setFixedHeight(height)

    def _height_of(self, row: int) -> int:
        """Return the height of a row: that of its cell with most lines."""
        most = 1
        if self.rows.rowCount() <= _MOST_WRAPPED and self.rows.row(row) is not None:
            for column in range(len(self.rows.table.columns)):
                text = str(self.rows.index(row, column).data() or "")
                most = max(most, n_lines(text, self.font(), self.columnWidth(column)))
        return height_of(most, self.fontMetrics())
