"""The sidebar's lists: one line per row, with a menu for each."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models.rows import Row, RowModel, RowRole
from app.theme.icons import draw_icon
from app.theme.manager import current_tokens

ROW_HEIGHT = 34
_MENU_WIDTH = 26


class RowDelegate(QStyledItemDelegate):
    """Paints icon, title, and a count, a badge, or a menu mark under the pointer."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row."""
        return QSize(120, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        row: Row = index.data(RowRole.ROW)
        tokens = current_tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(0, 1, 0, -1)
        if selected or hovered or focused:
            painter.setBrush(QColor(tokens.accent_soft if selected else tokens.raised))
            painter.setPen(QColor(tokens.accent) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        ink = tokens.accent_ink if selected else tokens.muted
        left = area.left() + 9
        if row.icon:
            ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
            pixmap = draw_icon(row.icon, ink, 16, ratio)
            if not pixmap.isNull():
                painter.drawPixmap(QPoint(left, area.center().y() - 7), pixmap)
                left += 24
        right = self._paint_end(painter, option, row, area, menu=hovered or (selected and focused))
        title = QRect(left, area.top(), max(0, right - left - 6), area.height())
        painter.setPen(QColor(tokens.text))
        painter.setFont(option.font)
        mode = Qt.TextElideMode.ElideRight if row.is_sentence else Qt.TextElideMode.ElideMiddle
        elided = option.fontMetrics.elidedText(row.title, mode, title.width())
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        painter.restore()

    def _paint_end(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: Row,
        area: QRect,
        *,
        menu: bool,
    ) -> int:
        """Draw what stands at the right end; return where the title must stop."""
        tokens = current_tokens()
        right = area.right() - 9
        small = option.font
        small.setPixelSize(12)
        painter.setFont(small)
        metrics = QFontMetrics(small)
        centre = Qt.AlignmentFlag.AlignCenter
        if row.badge:
            width = metrics.horizontalAdvance(row.badge) + 12
            badge = QRect(right - width, area.center().y() - 9, width, 19)
            painter.setBrush(QColor(tokens.warning_soft))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(badge, 6, 6)
            painter.setPen(QColor(tokens.warning))
            painter.drawText(badge, centre, row.badge)
            right = badge.left() - 4
        if menu:
            dots = QRect(area.right() - _MENU_WIDTH, area.top(), _MENU_WIDTH, area.height())
            if row.badge:
                dots.moveRight(right)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(dots, centre, "⋯")
            right = dots.left()
        elif row.trailing:
            width = metrics.horizontalAdvance(row.trailing)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(
                QRect(right - width, area.top(), width + 2, area.height()), centre, row.trailing
            )
            right -= width + 2
        option.font.setPixelSize(14)
        return right


class RowList(QListView):
    """A list as high as its rows (up to a limit), with a menu per row.

    Signals:
        chosen: A row was clicked or Return was pressed on it.
        menu_requested: Row, global position.
        rename_requested: F2 on a row.
        delete_requested: Delete on a row.
    """

    chosen = Signal(object)
    menu_requested = Signal(object, object)
    rename_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, *, max_rows: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_context_menu)
        self._max_rows = max_rows
        if max_rows:
            self.rows.modelReset.connect(self._fit)
            self._fit()

    def select_key(self, key: int) -> None:
        """Mark a row as the one in use, without choosing it."""
        index = self.rows.row_of(key)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, flags)
        else:
            self.selectionModel().clear()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a row, or open its menu at the mark."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.rows.at(index)
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        area = self.visualRect(index)
        if event.position().x() > area.right() - _MENU_WIDTH - 4:
            self.menu_requested.emit(row, event.globalPosition().toPoint())
        else:
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses, F2 renames, Delete deletes."""
        row = self.rows.at(self.currentIndex())
        signals = {
            Qt.Key.Key_Return: self.chosen,
            Qt.Key.Key_Enter: self.chosen,
            Qt.Key.Key_F2: self.rename_requested,
            Qt.Key.Key_Delete: self.delete_requested,
        }
        signal = signals.get(Qt.Key(event.key()))
        if row is not None and signal is not None:
            signal.emit(row)
            return
        super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the hover mark away."""
        super().leaveEvent(event)
        self.viewport().update()

    def _on_context_menu(self, position: QPoint) -> None:
        index = self.indexAt(position)
        if not index.isValid():
            index = self.currentIndex()
            position = self.visualRect(index).center()
        row = self.rows.at(index)
        if row is not None:
            self.menu_requested.emit(row, self.viewport().mapToGlobal(position))

    def _fit(self) -> None:
        shown = min(self._max_rows, max(1, self.rows.rowCount()))
        self.setFixedHeight(shown * ROW_HEIGHT + 2)
