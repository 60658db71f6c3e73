"""The program's own pages, read inside the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from app.views.dialogs.base import Dialog
from app.views.widgets import button, line
from engine.paths import docs_dir

_FIRST = ("guide", "cli", "measured", "architecture")
_MARGIN = 40
_PARAGRAPH_GAP, _HEADING_GAP = 9, 12


def pages(folder: Path) -> list[Path]:
    """Return the pages in reading order: those for users first, then the others by name."""
    found = [page for page in folder.glob("*.md") if page.stem != "index" and "." not in page.stem]
    rank = {name: number for number, name in enumerate(_FIRST)}
    decisions = [page for page in (folder / "decisions" / "index.md",) if page.is_file()]
    return [*sorted(found, key=lambda p: (rank.get(p.stem, len(rank)), p.stem)), *decisions]


def title_of(page: Path) -> str:
    """Return the first heading of a page; its file name if it has none."""
    for text in page.read_text("utf-8").splitlines():
        if text.startswith("# "):
            return text.removeprefix("# ").strip()
    return page.stem


class PageBrowser(QTextBrowser):
    """Shows Markdown pages of one folder; pictures shrink to the width there is.

    Args:
        folder: Links that lead out of it are not followed.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(18)

    def show_page(self, page: Path) -> None:
        """Show a page."""
        self.setSource(QUrl.fromLocalFile(str(page)), QTextDocument.ResourceType.MarkdownResource)

    def page(self) -> Path:
        """Return the page that is shown."""
        return Path(self.source().toLocalFile())

    def doSetSource(
        self,
        name: QUrl | str,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,  # noqa: A002
    ) -> None:
        """Follow a link to another page; anything else stays where it is."""
        url = QUrl(name)
        target = Path(url.toLocalFile()).resolve() if url.isLocalFile() else None
        if target and target.is_file() and target.is_relative_to(self._folder):
            super().doSetSource(url, type)
            self._loosen()

    def _loosen(self) -> None:
        """Put air between paragraphs, which Qt's reader of Markdown leaves out."""
        block = self.document().begin()
        while block.isValid():
            in_text = block.textList() is None and not QTextCursor(block).currentTable()
            if in_text and not block.blockFormat().nonBreakableLines():
                shape = block.blockFormat()
                shape.setTopMargin(_HEADING_GAP if shape.headingLevel() else 0)
                shape.setBottomMargin(_PARAGRAPH_GAP)
                QTextCursor(block).setBlockFormat(shape)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load a page or a picture, from the disk only."""
        url = QUrl(name)
        loaded = super().loadResource(kind, url) if not url.scheme().startswith("http") else None
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return loaded
        image = QImage.fromData(loaded) if loaded else QImage()
        width = max(self.viewport().width() - _MARGIN, 200)
        if image.width() > width:
            return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        return image


class ManualDialog(Dialog):
    """A list of pages, the page, and a search in it.

    Args:
        parent: The window; it stays usable meanwhile.
        folder: Where the pages lie; those that come with the program if None.
    """

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent, width=1020)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.resize(1020, 720)
        self._folder = folder or docs_dir()
        self.list = QListWidget()
        self.list.setMaximumWidth(260)
        self.list.setSpacing(2)
        self.browser = PageBrowser(self._folder)
        self.find_edit = QLineEdit()
        self.find_edit.setClearButtonEnabled(True)
        self.back_button = button()
        self.back_button.clicked.connect(self.browser.backward)
        self.browser.backwardAvailable.connect(self.back_button.setEnabled)
        self.back_button.setEnabled(False)
        self._lay_out()
        self._fill()
        self.browser.sourceChanged.connect(self._mark)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.find_edit.returnPressed.connect(self.find_next)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.find_edit.setFocus)
        self.retranslate()
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        bar, halves = line(gap=8), line(gap=12)
        bar.addWidget(self.back_button)
        bar.addWidget(self.find_edit, 1)
        halves.addWidget(self.list)
        halves.addWidget(self.browser, 1)
        self.body.addLayout(bar)
        self.body.addLayout(halves, 1)
        self.buttons.addWidget(self.close_button)

    def _fill(self) -> None:
        for page in pages(self._folder):
            item = QListWidgetItem(title_of(self._in_language(page)))
            item.setData(Qt.ItemDataRole.UserRole, str(page))
            self.list.addItem(item)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Manual"))
        self.back_button.setText(self.tr("Back"))
        self.find_edit.setPlaceholderText(self.tr("Find in this page"))
        self.find_edit.setAccessibleName(self.tr("Find in this page"))
        self.list.setAccessibleName(self.tr("Pages"))
        self.browser.setAccessibleName(self.tr("Page"))
        self.close_button.setText(self.tr("Close"))

    def find_next(self) -> None:
        """Go to the next place of the words; begin again at the top."""
        words = self.find_edit.text()
        if words and not self.browser.find(words):
            self.browser.moveCursor(self.browser.textCursor().MoveOperation.Start)
            self.browser.find(words)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            page = self._in_language(Path(item.data(Qt.ItemDataRole.UserRole)))
            if page != self.browser.page():
                self.browser.show_page(page)

    def _in_language(self, page: Path) -> Path:
        """Return the page in the language of the interface, where there is one."""
        language = QLocale().name()[:2]
        translated = page.with_suffix(f".{language}.md")
        return translated if translated.is_file() else page

    def _mark(self, source: QUrl) -> None:
        """Mark the shown page in the list when a link led to it."""
        shown = Path(source.toLocalFile())
        for row in range(self.list.count()):
            page = Path(self.list.item(row).data(Qt.ItemDataRole.UserRole))
            if shown == self._in_language(page) and row != self.list.currentRow():
                self.list.setCurrentRow(row)
