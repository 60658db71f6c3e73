"""Files and folders dropped anywhere on the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of a drop; web addresses are none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropFilter(QObject):
    """Takes drops for the window and for the text boxes in it, which would type the path."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.watch(window.chat.composer.edit)

    def watch(self, widget: QWidget) -> None:
        """Let drops on an editor pass to the window."""
        widget.setAcceptDrops(False)
        if isinstance(widget, QAbstractScrollArea):
            widget.viewport().setAcceptDrops(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the veil while dragging; add what is dropped."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._dropped(event)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent) and event.type() in (
            QEvent.Type.DragEnter,
            QEvent.Type.DragMove,
        ):
            return self._dragged(event)
        if event.type() == QEvent.Type.DragLeave:
            self._window.overlay.hide()
        return False

    def _dragged(self, event: QDragEnterEvent | QDragMoveEvent) -> bool:
        collection = self._window.program.library.current
        if collection is None or not local_paths(event.mimeData()):
            return False
        event.acceptProposedAction()
        if self._window.overlay.isHidden():
            self._window.overlay.show_for(collection.name)
        return True

    def _dropped(self, event: QDropEvent) -> bool:
        self._window.overlay.hide()
        paths = local_paths(event.mimeData())
        if not paths:
            return False
        event.acceptProposedAction()
        self._window.program.library.add_paths(paths)
        return True
