"""Opens files and folders in the system's own programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from engine.records import Passage


def open_path(path: Path) -> None:
    """Open a file or folder in the system's own program."""
    target = path if path.is_dir() else path.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))


def open_passage(passage: Passage, page: int) -> None:
    """Open a document; viewers that understand it go to the page."""
    url = QUrl.fromLocalFile(passage.document.path)
    if page and passage.document.media_type == "application/pdf":
        url.setFragment(f"page={page}")
    if not QDesktopServices.openUrl(url):
        url.setFragment("")
        QDesktopServices.openUrl(url)
