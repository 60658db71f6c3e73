"""The lower half of the sources pane: a passage in its document, as text or as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.controllers.look_up import LookUpController
from app.i18n import Words
from app.models.page_picture import first_box_y, page_picture
from app.models.snippet import context_of
from app.theme.tokens import MARKER
from app.views.marked_text import MarkedText
from app.views.page_view import PageView
from app.views.widgets import Translated, button, column, label, line, name
from engine.records import Passage

if TYPE_CHECKING:
    from engine.documents.pdf.rendering import PageImage

PDF = "application/pdf"


class Viewer(Translated, QFrame):
    """Shows where a passage stands.

    Signals:
        open_requested: Passage, page in sight (0 if it has none).
        folder_requested: Passage.
    """

    open_requested = Signal(object, int)
    folder_requested = Signal(object)

    def __init__(self, words: Words, look_up: LookUpController) -> None:
        super().__init__()
        self.setObjectName("viewer")
        self._words = words
        self._look_up = look_up
        self.passage: Passage | None = None
        self._quotes: tuple[tuple[int, int], ...] = ()
        self._page = 0
        self._n_pages = 0
        self._seeking = False
        self._text_was_asked = False
        self.text = MarkedText(scrolls=True)
        self.page = PageView()
        self.page.width_wanted.connect(lambda _width: self._ask_page())
        self._trouble = label("muted", wrap=True)
        self._trouble.setContentsMargins(16, 16, 16, 16)
        self._stack = QStackedWidget()
        for widget in (self.text, self.page, self._trouble):
            self._stack.addWidget(widget)
        rows = column(self, gap=0)
        rows.addWidget(self._build_header())
        rows.addWidget(self._build_tools())
        rows.addWidget(self._stack, 1)
        self.retranslate()

    # --- showing -----------------------------------------------------------------------

    def show_passage(self, passage: Passage, quotes: Sequence[tuple[int, int]]) -> None:
        """Show a passage: a page picture for a PDF, else text in its context."""
        self.passage = passage
        self._quotes = tuple(quotes)
        self._text_was_asked = False
        self._page = passage.location.first if passage.location.kind == "page" else 0
        self._n_pages = 0
        self._seeking = True
        has_pages = passage.document.media_type == PDF and self._page > 0
        self._page_toggle.setVisible(has_pages)
        self._text_toggle.setVisible(has_pages)
        self.page.clear()
        self._show_mode(pages=has_pages)
        self.retranslate()

    @property
    def shows_page(self) -> bool:
        """Whether a page picture is in sight."""
        return self._stack.currentWidget() is self.page

    @property
    def page_number(self) -> int:
        """The page in sight, 1-based; 0 without pages."""
        return self._page

    def turn_page(self, by: int) -> None:
        """Show another page of the same document."""
        wanted = self._page + by
        if wanted >= 1 and (not self._n_pages or wanted <= self._n_pages):
            self._page = wanted
            self._seeking = False
            self._ask_page()
            self._update_tools()

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self.text.refresh_theme()
        if self.shows_page:
            self._ask_page()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._text_toggle.setText(self.tr("Text"))
        self._page_toggle.setText(self.tr("Page"))
        self._open.setText(self.tr("Open file"))
        name(self._open, self.tr("Open the file in its own program"))
        name(self._folder, self.tr("Show the file in its folder"))
        name(self._previous, self.tr("Previous page"))
        name(self._next, self.tr("Next page"))
        name(self._zoom_out, self.tr("Smaller"))
        name(self._zoom_in, self.tr("Larger"))
        name(self.text, self.tr("Text of the document"), "")
        name(self.page, self.tr("Page of the document"), "")
        if self.passage is not None:
            document = self.passage.document
            self._title.setText(document.name)
            self._title.setToolTip(document.path)
            self._place.setText(self._words.location(self.passage.location))
        self._update_tools()

    # --- building ----------------------------------------------------------------------

    def _build_header(self) -> QWidget:
        header = QWidget()
        self._title = label("heading", elided=True)
        self._place = label("small")
        self._open = button("", "external-link", size=15)
        self._open.clicked.connect(self._on_open)
        self._folder = button("quiet", "folder", size=16)
        self._folder.clicked.connect(lambda: self.folder_requested.emit(self.passage))
        titles = column(gap=0)
        titles.addWidget(self._title)
        titles.addWidget(self._place)
        row = line(header, margins=(14, 10, 10, 4), gap=4)
        row.addLayout(titles, 1)
        row.addWidget(self._folder)
        row.addWidget(self._open)
        return header

    def _build_tools(self) -> QWidget:
        tools = QWidget()
        self._page_toggle = button("quiet", "page", size=15)
        self._text_toggle = button("quiet", "file", size=15)
        for toggle, pages in ((self._page_toggle, True), (self._text_toggle, False)):
            toggle.setCheckable(True)
            toggle.clicked.connect(lambda _on, pages=pages: self._show_mode(pages=pages))
        self._previous, self._next = button("quiet"), button("quiet")
        self._previous.setText("‹")
        self._next.setText("›")
        self._previous.clicked.connect(lambda: self.turn_page(-1))
        self._next.clicked.connect(lambda: self.turn_page(1))
        self._page_label = label("small")
        self._zoom_out, self._zoom_in = button("quiet"), button("quiet")
        self._zoom_out.setText("−")
        self._zoom_in.setText("+")
        self._zoom_out.clicked.connect(lambda: self.page.zoom(-1))
        self._zoom_in.clicked.connect(lambda: self.page.zoom(1))
        row = line(tools, margins=(10, 0, 10, 6), gap=2)
        row.addWidget(self._page_toggle)
        row.addWidget(self._text_toggle)
        row.addStretch(1)
        self._page_tools = QWidget()
        inner = line(self._page_tools, gap=0)
        for widget in (
            self._previous,
            self._page_label,
            self._next,
            self._zoom_out,
            self._zoom_in,
        ):
            inner.addWidget(widget)
        row.addWidget(self._page_tools)
        return tools

    # --- asking ------------------------------------------------------------------------

    def _show_mode(self, *, pages: bool) -> None:
        self._page_toggle.setChecked(pages)
        self._text_toggle.setChecked(not pages)
        self._stack.setCurrentWidget(self.page if pages else self.text)
        if pages:
            self._ask_page()
        elif not self._text_was_asked:
            self._ask_text()
        self._update_tools()

    def _ask_text(self) -> None:
        passage = self.passage
        if passage is None:
            return
        self._text_was_asked = True
        # The passage alone is there at once; its surroundings follow.
        local = [(s - passage.start, e - passage.start) for s, e in self._quotes]
        self.text.show_text(passage.text, local)
        self._look_up.document_text(
            passage.document, lambda text: self._take_text(passage, text), self._show_trouble
        )

    def _take_text(self, passage: Passage, text: str) -> None:
        if passage is not self.passage:
            return
        context = context_of(text, passage.start, passage.end, self._quotes)
        self.text.show_text(context.text, context.quotes, context.body)
        first = context.quotes[0][0] if context.quotes else context.body[0]
        self.text.scroll_to(first)

    def _ask_page(self) -> None:
        passage = self.passage
        if passage is None or not self._page:
            return
        self._look_up.page(
            passage.document,
            self._page,
            self.page.wanted_width_px,
            self._quote_text(passage),
            lambda image: self._take_page(passage, image),
            self._show_trouble,
        )

    def _quote_text(self, passage: Passage) -> str:
        if self._quotes:
            start, end = self._quotes[0]
            return passage.text[start - passage.start : end - passage.start]
        return ""

    def _take_page(self, passage: Passage, image: PageImage) -> None:
        if passage is not self.passage:
            return
        ratio = self.devicePixelRatioF()
        self._n_pages = image.n_pages
        if self._seek(passage, bool(image.boxes)):
            return
        picture = page_picture(image, MARKER, ratio)
        self.page.show_picture(picture, first_box_y(image, ratio))
        if self._page_toggle.isChecked():
            self._stack.setCurrentWidget(self.page)
        self._update_tools()

    def _seek(self, passage: Passage, found: bool) -> bool:
        """Go through the pages of a passage until its quote is found; True: wait for another."""
        if not self._seeking or not self._quotes:
            return False
        self._seeking = not found and self._page < passage.location.last
        if self._seeking:
            self._page += 1
        elif not found and self._page != passage.location.first:
            self._page = passage.location.first
        else:
            return False
        self._ask_page()
        return True

    def _show_trouble(self, error: Exception) -> None:
        if self._page_toggle.isChecked():
            # The stored text is still there when the file itself is away.
            self._show_mode(pages=False)
        self._trouble.setText(self._words.error(error))
        if not self.text.toPlainText():
            self._stack.setCurrentWidget(self._trouble)

    def _update_tools(self) -> None:
        self._page_tools.setVisible(self._page_toggle.isChecked() and self._page > 0)
        if self._n_pages:
            text = self.tr("{page} of {pages}").format(page=self._page, pages=self._n_pages)
        else:
            text = str(self._page)
        self._page_label.setText(text)
        self._previous.setEnabled(self._page > 1)
        self._next.setEnabled(not self._n_pages or self._page < self._n_pages)

    def _on_open(self) -> None:
        if self.passage is not None:
            self.open_requested.emit(self.passage, self._page)
