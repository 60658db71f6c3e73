"""A box to choose a mode in: each with what is known of it, or why it cannot run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.theme.manager import current_tokens
from app.views.widgets import restyle

_PADDING = 9
_REMARK_WIDTH = 300
"""Width of the lines under a mode; longer ones wrap."""

_FRAME = 38
"""Width of padding and arrow, as the style sheet draws them."""

Index = QModelIndex | QPersistentModelIndex


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(11)
    return small


def reason_of(index: Index) -> str:
    """Return why a row cannot be chosen; empty if it can."""
    return str(index.data(Qt.ItemDataRole.UserRole + 1) or "")


def remark_of(index: Index) -> str:
    """Return what is said under a row: the reason, or what is known of the mode."""
    return str(index.data(Qt.ItemDataRole.ToolTipRole) or "")


class RemarkDelegate(QStyledItemDelegate):
    """Draws a mode, and under it what there is to say."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Leave room for the remark."""
        metrics = option.fontMetrics
        width = metrics.horizontalAdvance(str(index.data())) + 2 * _PADDING
        height = metrics.height() + 10
        remark = remark_of(index)
        if remark:
            lines = self._remark_rect(option, remark)
            width, height = max(width, lines.width() + 2 * _PADDING), height + lines.height()
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        tokens, reason, remark = current_tokens(), reason_of(index), remark_of(index)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and not reason:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 5, 5)
        area = option.rect.adjusted(_PADDING, 5, -_PADDING, -5)
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.faint if reason else tokens.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignTop, str(index.data()))
        if remark:
            area.setTop(area.top() + option.fontMetrics.height())
            painter.setFont(_small(option.font))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(area, int(_WRAPPED), remark)
        painter.restore()

    def _remark_rect(self, option: QStyleOptionViewItem, remark: str) -> QRect:
        metrics = QFontMetrics(_small(option.font))
        return metrics.boundingRect(QRect(0, 0, _REMARK_WIDTH, 1_000), int(_WRAPPED), remark)


_WRAPPED = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class ModeBox(QComboBox):
    """Chooses one of several modes.

    A mode that cannot run any more stays chosen: asking is refused aloud, never answered
    with something else. The box then shows a warning.

    Args:
        modes: Codes of the modes, in order.
        words: Name of a mode in the language in force.
    """

    def __init__(
        self, modes: Sequence[str], words: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self._words = words
        self._title = ""
        for mode in modes:
            self.addItem(mode, mode)
        self.setItemDelegate(RemarkDelegate(self))
        self.currentIndexChanged.connect(self._on_changed)

    @property
    def mode(self) -> str:
        """Code of the mode chosen."""
        return str(self.currentData())

    @property
    def reason(self) -> str:
        """Why the chosen mode cannot run; empty if it can."""
        return reason_of(self.model().index(self.currentIndex(), 0))

    def choose(self, mode: str) -> None:
        """Choose a mode by its code."""
        self.setCurrentIndex(self.findData(mode))

    def show_modes(
        self, title: str, reasons: Mapping[str, str], known: Mapping[str, str] | None = None
    ) -> None:
        """Set names, tool tips and which modes can be chosen.

        Args:
            title: What is chosen here, for tool tip and screen reader.
            reasons: By mode, a sentence on why it cannot run; modes that can are absent.
            known: By mode, a sentence on what to expect of it.
        """
        self._title = title
        model = self.model()
        assert isinstance(model, QStandardItemModel)  # noqa: S101  a combo box's own
        for row in range(self.count()):
            mode = self.itemData(row)
            name, reason = self._words(mode), reasons.get(mode, "")
            self.setItemText(row, name)
            item = model.item(row)
            remark = reason or (known or {}).get(mode, "")
            item.setEnabled(not reason)
            item.setToolTip(remark)
            item.setData(reason, Qt.ItemDataRole.UserRole + 1)
            item.setAccessibleText(name)
            item.setAccessibleDescription(remark)
        self._on_changed()

    def first_that_runs(self, *, but: str = "") -> str:
        """Return the first mode that can run, other than ``but``; empty if there is none."""
        for row in range(self.count()):
            mode = str(self.itemData(row))
            if mode != but and not reason_of(self.model().index(row, 0)):
                return mode
        return ""

    def sizeHint(self) -> QSize:
        """Be as wide as the mode chosen, not as the longest."""
        wanted = self.fontMetrics().horizontalAdvance(self.currentText()) + _FRAME
        return QSize(wanted, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Give way in a narrow window."""
        return QSize(64, super().minimumSizeHint().height())

    def showPopup(self) -> None:
        """Open the list wide enough for its rows."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 12)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Keep the wheel from changing a mode by accident."""
        event.ignore()

    def _on_changed(self, *_args: object) -> None:
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self.reason)
        chosen = f"{self._title}\n{self.currentText()}" if self._title else self.currentText()
        self.setToolTip(f"{chosen}\n{self.reason}" if self.reason else chosen)
        restyle(self, unavailable=bool(self.reason))
        self.updateGeometry()
