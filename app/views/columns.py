"""The three columns of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.views.widgets import column

_SOURCES_WIDTH = 430
_NARROW = 1_060
"""Below this width there is room for one of the side columns only."""


class Columns(QSplitter):
    """Sidebar, chat and sources beside each other; a narrow window shows two of them.

    Args:
        sidebar: Left.
        banner: Above the chat.
        chat: In the middle; always there.
        sources: Right; hidden until there is something to show.
    """

    def __init__(self, sidebar: QWidget, banner: QWidget, chat: QWidget, sources: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._sidebar = sidebar
        self._sources = sources
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        middle = QWidget()
        rows = column(middle, gap=0)
        rows.addWidget(banner)
        rows.addWidget(chat, 1)
        for widget, least in ((sidebar, 220), (middle, 450), (sources, 280)):
            widget.setMinimumWidth(least)
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        self.setSizes([276, 650, _SOURCES_WIDTH])
        sources.hide()

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one of the side columns only."""
        return self.window().width() < _NARROW

    def show_sources(self) -> None:
        """Show the right column, wide enough to read in."""
        if self.is_narrow:
            self._sidebar.hide()
        self._sources.show()
        sizes = self.sizes()
        if sizes[2] < 300:
            middle = sizes[1] + sizes[2] - _SOURCES_WIDTH
            self.setSizes([sizes[0], max(450, middle), _SOURCES_WIDTH])

    def toggle_sources(self) -> None:
        """Show or hide the right column."""
        if self._sources.isHidden():
            self.show_sources()
        else:
            self._sources.hide()

    def toggle_sidebar(self) -> None:
        """Show or hide the left column."""
        self._sidebar.setVisible(self._sidebar.isHidden())
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a narrow window's room to the answers."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        if self.is_narrow and not self._sidebar.isHidden():
            self._sources.hide()
