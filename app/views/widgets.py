"""Small building blocks that every view uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from app.theme.icons import bind_icon

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object
    """The mix-in stands before a widget's class and has no widget of its own."""


class Translated(_Widget):
    """Mix-in: calls ``retranslate`` when the interface language changes.

    Place it before the Qt class, and call ``retranslate`` at the end of ``__init__``.
    """

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every visible string again."""


def label(
    role: str = "", *, wrap: bool = False, selectable: bool = False, elided: bool = False
) -> QLabel:
    """Return a label in one of the style sheet's roles."""
    made = ElidedLabel() if elided else QLabel()
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Button(QPushButton):
    """A push button with a little more air between icon and text than Qt gives."""

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Put a thin space before the text that stands beside an icon."""
        super().initStyleOption(option)
        if option.text and not option.icon.isNull():
            option.text = "\u2009" + option.text

    def sizeHint(self) -> QSize:
        """Leave room for the space."""
        size = super().sizeHint()
        return size + QSize(4, 0) if self.text() and not self.icon().isNull() else size


class ElidedLabel(QLabel):
    """A label that shortens its text in the middle where there is no room for it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text that fits."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, self.width()
        )
        painter.drawText(self.rect(), int(self.alignment()), text)

    def minimumSizeHint(self) -> QSize:
        """Leave the width to the layout."""
        return QSize(40, super().minimumSizeHint().height())


def button(kind: str = "", icon: str = "", *, role: str = "muted", size: int = 18) -> QPushButton:
    """Return a push button in one of the style sheet's kinds."""
    made = Button()
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if icon:
        bind_icon(made, icon, role=role, size=size)
    return made


def frame(role: str) -> QFrame:
    """Return a frame in one of the style sheet's roles."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def name(widget: QWidget, text: str, tooltip: str | None = None) -> None:
    """Give a widget without text its name for screen readers, and a tool tip."""
    widget.setAccessibleName(text)
    widget.setToolTip(text if tooltip is None else tooltip)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style-sheet properties and have them take effect."""
    for key, value in properties.items():
        widget.setProperty(key, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def column(
    parent: QWidget | None = None, *, margins: tuple[int, ...] = (0, 0, 0, 0), gap: int = 8
) -> QVBoxLayout:
    """Return a vertical layout."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


def line(
    parent: QWidget | None = None, *, margins: tuple[int, ...] = (0, 0, 0, 0), gap: int = 8
) -> QHBoxLayout:
    """Return a horizontal layout."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
