"""Files and folders dropped anywhere on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.views.drop_overlay import DropOverlay


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of a drop; web addresses are none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropFilter(QObject):
    """Takes drops for a window and for the text boxes in it, which would type the path.

    Args:
        window: Takes the drops.
        target: Returns the name of what files would be added to; empty if there is nothing.

    Attributes:
        overlay: The veil over the window while files are dragged over it.

    Signals:
        paths_dropped: A list of files and folders.
    """

    paths_dropped = Signal(object)

    def __init__(self, window: QWidget, target: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._target = target
        self.overlay = DropOverlay(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def watch(self, widget: QWidget) -> None:
        """Let drops on an editor pass to the window."""
        widget.setAcceptDrops(False)
        if isinstance(widget, QAbstractScrollArea):
            widget.viewport().setAcceptDrops(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the veil while dragging; pass on what is dropped."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._dropped(event)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent) and event.type() in (
            QEvent.Type.DragEnter,
            QEvent.Type.DragMove,
        ):
            return self._dragged(event)
        if event.type() == QEvent.Type.DragLeave:
            self.overlay.hide()
        elif event.type() == QEvent.Type.Resize:
            self.overlay.setGeometry(self._window.rect())
        return False

    def _dragged(self, event: QDragEnterEvent | QDragMoveEvent) -> bool:
        target = self._target()
        if not target or not local_paths(event.mimeData()):
            return False
        event.acceptProposedAction()
        if self.overlay.isHidden():
            self.overlay.show_for(target)
        return True

    def _dropped(self, event: QDropEvent) -> bool:
        self.overlay.hide()
        paths = local_paths(event.mimeData())
        if not paths:
            return False
        event.acceptProposedAction()
        self.paths_dropped.emit(paths)
        return True
