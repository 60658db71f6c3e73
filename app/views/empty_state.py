"""What the chat column shows before the first question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QWidget

from app.theme.icons import bind_icon
from app.views.widgets import Translated, button, clear, column, frame, label, line
from engine.records import DocumentRef

State = Literal["no-documents", "indexing", "ready"]
_N_SUGGESTIONS = 3
_TITLE_LENGTH = 44


def _centred(role: str) -> QLabel:
    made = label(role, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


class EmptyState(Translated, QStackedWidget):
    """Drop target, waiting note, or suggested questions.

    Signals:
        add_folder_requested, add_files_requested, sample_requested: Buttons.
        question_chosen: A suggestion was clicked.
    """

    add_folder_requested = Signal()
    add_files_requested = Signal()
    sample_requested = Signal()
    question_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state: State = "no-documents"
        self._documents: Sequence[DocumentRef] = ()
        self.addWidget(self._build_welcome())
        self.addWidget(self._build_waiting())
        self.addWidget(self._build_ready())
        self.retranslate()

    def set_state(self, state: State) -> None:
        """Show another of the three pages."""
        self.state = state
        self.setCurrentIndex(("no-documents", "indexing", "ready").index(state))

    def set_documents(self, documents: Sequence[DocumentRef]) -> None:
        """Suggest questions about these documents."""
        if list(documents) != list(self._documents):
            self._documents = documents
            self._fill_suggestions()

    def sizeHint(self) -> QSize:
        """Return the size of the page in sight, not of the largest."""
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._drop_title.setText(self.tr("Drop a folder or files here"))
        self._drop_text.setText(
            self.tr(
                "PDF, Word, PowerPoint, Excel, web pages, e-mail and text. Everything stays on "
                "this computer; your files are read where they are and never copied."
            )
        )
        self._folder.setText(self.tr("Add folder…"))
        self._files.setText(self.tr("Add files…"))
        self._sample.setText(self.tr("Try the sample collection"))
        self._waiting_title.setText(self.tr("Reading your documents…"))
        self._waiting_text.setText(
            self.tr("Each document can be asked about as soon as it has been read.")
        )
        self._ready_title.setText(self.tr("What would you like to know?"))
        self._ready_text.setText(
            self.tr("Every answer quotes your documents and shows where each statement stands.")
        )
        self._fill_suggestions()

    # --- pages -------------------------------------------------------------------------

    def _page(self) -> tuple[QWidget, QFrame]:
        page = QWidget()
        box = frame("")
        box.setMaximumWidth(640)
        outer = column(page, margins=(24, 24, 24, 24))
        outer.addStretch(1)
        row = line()
        row.addStretch(1)
        row.addWidget(box, 8)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)
        return page, box

    def _build_welcome(self) -> QWidget:
        page, box = self._page()
        box.setProperty("role", "dropzone")
        mark = _centred("")
        bind_icon(mark, "folder-plus", role="accent", size=52)
        self._drop_title = _centred("title")
        self._drop_text = _centred("muted")
        self._folder = button("primary", "folder-plus", role="accent_text")
        self._folder.clicked.connect(self.add_folder_requested)
        self._files = button("", "file")
        self._files.clicked.connect(self.add_files_requested)
        self._sample = button("link")
        self._sample.clicked.connect(self.sample_requested)
        rows = column(box, margins=(40, 36, 40, 28), gap=12)
        rows.addWidget(mark)
        rows.addWidget(self._drop_title)
        rows.addWidget(self._drop_text)
        rows.addSpacing(8)
        actions = line(gap=10)
        actions.addStretch(1)
        actions.addWidget(self._folder)
        actions.addWidget(self._files)
        actions.addStretch(1)
        rows.addLayout(actions)
        rows.addSpacing(4)
        rows.addWidget(self._sample, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def _build_waiting(self) -> QWidget:
        page, box = self._page()
        mark = _centred("")
        bind_icon(mark, "history", role="accent", size=44)
        self._waiting_title = _centred("title")
        self._waiting_text = _centred("muted")
        rows = column(box, gap=12)
        for widget in (mark, self._waiting_title, self._waiting_text):
            rows.addWidget(widget)
        return page

    def _build_ready(self) -> QWidget:
        page, box = self._page()
        mark = _centred("")
        bind_icon(mark, "sabun", role="accent", size=52)
        self._ready_title = _centred("title")
        self._ready_text = _centred("muted")
        self._suggestions = column(gap=8)
        rows = column(box, gap=12)
        for widget in (mark, self._ready_title, self._ready_text):
            rows.addWidget(widget)
        rows.addSpacing(10)
        rows.addLayout(self._suggestions)
        return page

    def _fill_suggestions(self) -> None:
        clear(self._suggestions)
        templates = (
            self.tr("What does “{title}” say?"),
            self.tr("What are the most important points of “{title}”?"),
            self.tr("What is “{title}” about?"),
        )
        for template, title in zip(templates, self._titles(), strict=False):
            question = template.format(title=title)
            made = button("suggestion", "chat", role="accent_ink", size=16)
            made.setText("  " + question)
            made.clicked.connect(lambda _on=False, text=question: self.question_chosen.emit(text))
            self._suggestions.addWidget(made)

    def _titles(self) -> list[str]:
        """Return titles from all over the collection, those in the user's language first."""
        titles = [
            document.title
            for document in self._documents
            if 3 < len(document.title) <= _TITLE_LENGTH and document.title != document.name
        ]
        english = QLocale().language() == QLocale.Language.English
        familiar = [title for title in titles if title.isascii() == english]
        chosen = familiar if len(familiar) >= _N_SUGGESTIONS else titles
        step = max(1, len(chosen) // _N_SUGGESTIONS)
        return chosen[::step][:_N_SUGGESTIONS]
