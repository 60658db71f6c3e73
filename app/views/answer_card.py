"""The answer to one question: quoted sentences, generated text, coverage, measurements."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.i18n import Words
from app.models.answer_pieces import Piece, pieces_of
from app.views.extract_view import ExtractView
from app.views.failure_view import FailureView
from app.views.rich_text import RichText
from app.views.widgets import Translated, button, clear, column, frame, label, line, name
from engine.events import (
    AnswerEvent,
    AnswerFinished,
    ExtractsFound,
    PassagesRetrieved,
    PromptPrefilled,
    TokensGenerated,
)
from engine.records import Answer, Coverage, Extract, RetrievedPassage

Phase = Literal["searching", "reading", "writing", "done", "stopped", "failed"]


class AnswerCard(Translated, QFrame):
    """Follows the events of one answer and ends as its final form.

    Signals:
        chip_clicked: Number of a passage.
        copy_requested: The user wants the text with its citations.
        regenerate_requested: The user wants another answer.
        baseline_requested: The user accepts baseline after a refused mode.
        coverage_clicked: The user asks which files were not searched.
    """

    chip_clicked = Signal(int)
    copy_requested = Signal()
    regenerate_requested = Signal()
    baseline_requested = Signal()
    coverage_clicked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._words = words
        self.phase: Phase = "searching"
        self.answer: Answer | None = None
        self.passages: tuple[RetrievedPassage, ...] = ()
        self.extracts: tuple[Extract, ...] = ()
        self._coverage: Coverage | None = None
        self._streamed = ""
        self._build()
        self.retranslate()

    # --- following ---------------------------------------------------------------------

    def take(self, event: AnswerEvent) -> None:
        """Show one more event."""
        if isinstance(event, PassagesRetrieved):
            self.passages, self._coverage = event.passages, event.coverage
        elif isinstance(event, ExtractsFound):
            self._show_extracts(event.extracts)
        elif isinstance(event, PromptPrefilled):
            self._set_phase("reading", round(100 * event.n_done / max(1, event.n_total)))
        elif isinstance(event, TokensGenerated):
            self._stream(event.text)
        elif isinstance(event, AnswerFinished):
            self.show_answer(event.answer)

    def show_answer(self, answer: Answer) -> None:
        """Show the final form; its text replaces what was streamed."""
        self.answer = answer
        self.passages, self._coverage = answer.passages, answer.coverage
        self._show_extracts(answer.extracts)
        self._text.setVisible(bool(answer.generated))
        self._set_phase("done")
        self.retranslate()

    def show_failure(self, error: Exception) -> None:
        """Show why there is no answer."""
        self._failure.show_error(error)
        self._set_phase("failed")

    def end(self) -> None:
        """The job ended; without an answer that means it was stopped before one began."""
        if self.phase not in ("done", "failed"):
            self._set_phase("stopped")

    def set_last(self, is_last: bool) -> None:
        """Only the last answer can be made again."""
        self._regenerate.setVisible(is_last)

    # --- drawing -----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._extracts_title.setText(self.tr("FROM YOUR DOCUMENTS"))
        self._answer_title.setText(self.tr("ANSWER WRITTEN BY THE MODEL"))
        self._copy.setText(self.tr("Copy"))
        name(self._copy, self.tr("Copy the answer with its citations"))
        self._regenerate.setText(self.tr("Regenerate"))
        name(self._regenerate, self.tr("Answer this question again"))
        name(self._coverage_link, self.tr("Show which files were searched"))
        self._show_phase()
        if self._coverage is not None:
            self._coverage_link.setText(self._words.coverage(self._coverage))
        if self.answer is not None:
            self._show_final(self.answer)

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self._text.refresh_theme()
        for extract in self.findChildren(ExtractView):
            extract.refresh_theme()

    @property
    def text(self) -> RichText:
        """The generated text as drawn."""
        return self._text

    @property
    def failure(self) -> FailureView:
        """The box that says why there is no answer."""
        return self._failure

    def _build(self) -> None:
        layout = column(self, margins=(18, 15, 18, 11), gap=8)
        self._extracts_title = label("section")
        self._extracts_box = column(gap=9)
        self._answer_title = label("section")
        self._text = RichText()
        self._text.chip_clicked.connect(self.chip_clicked)
        self._status = label("muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(220)
        self._notice = frame("notice")
        self._notice_text = label("", wrap=True, selectable=True)
        column(self._notice, margins=(11, 7, 11, 7)).addWidget(self._notice_text)
        self._failure = FailureView(self._words)
        self._failure.baseline_requested.connect(self.baseline_requested)
        self._failure.retry_requested.connect(self.regenerate_requested)
        for item in (self._extracts_title, self._extracts_box, self._answer_title, self._text):
            layout.addLayout(item) if item is self._extracts_box else layout.addWidget(item)
        for widget in (self._status, self._bar, self._notice, self._failure):
            layout.addWidget(widget)
        layout.addWidget(self._build_footer())
        for widget in (self._extracts_title, self._answer_title, self._text, self._failure):
            widget.hide()

    def _build_footer(self) -> QWidget:
        self._footer = QWidget()
        rows = column(self._footer, margins=(0, 3, 0, 0), gap=5)
        rows.addWidget(frame("line"))
        self._stats = label("small", wrap=True, selectable=True)
        self._coverage_link = button("link")
        self._coverage_link.setStyleSheet("font-size: 12px;")
        self._coverage_link.clicked.connect(self.coverage_clicked)
        self._copy = button("quiet", "copy", size=15)
        self._copy.clicked.connect(self.copy_requested)
        self._regenerate = button("quiet", "refresh", size=15)
        self._regenerate.clicked.connect(self.regenerate_requested)
        facts = column(gap=0)
        facts.addWidget(self._coverage_link)
        facts.addWidget(self._stats)
        row = line(gap=2)
        row.addLayout(facts, 1)
        row.addWidget(self._copy)
        row.addWidget(self._regenerate)
        rows.addLayout(row)
        self._stats.setContentsMargins(4, 0, 0, 0)
        return self._footer

    def _show_extracts(self, extracts: tuple[Extract, ...]) -> None:
        if extracts == self.extracts and self._extracts_box.count():
            return
        self.extracts = extracts
        clear(self._extracts_box)
        by_number = {found.number: found for found in self.passages}
        for extract in extracts:
            view = ExtractView(extract, by_number.get(extract.number), self._words)
            view.opened.connect(self.chip_clicked)
            self._extracts_box.addWidget(view)
        self._extracts_title.setVisible(bool(extracts))

    def _stream(self, text: str) -> None:
        if not self._streamed:
            text = text.lstrip()
            self._text.show_pieces([Piece(text)])
        else:
            self._text.append_text(text)
        self._streamed += text
        self._text.setVisible(bool(self._streamed))
        self._set_phase("writing")

    def _show_final(self, answer: Answer) -> None:
        pieces = pieces_of(answer.generated, answer.citations, len(answer.passages))
        self._text.show_pieces(
            pieces, unsupported_tip=self.tr("No passage in your documents supports this sentence.")
        )
        notices = [self._words.notice(notice) for notice in answer.notices]
        if answer.refused:
            notices.insert(0, self._refusal(answer))
        if answer.stopped:
            notices.append(self.tr("Stopped. What was written so far is kept."))
        self._notice_text.setText("\n".join(notices))
        self._notice.setVisible(bool(notices))
        attention = self._words.attention(answer.attention.mode)
        self._stats.setText(self._words.stats(answer.stats, answer.model, attention))

    def _refusal(self, answer: Answer) -> str:
        if answer.refusal_reason == "unsupported":
            return self.tr(
                "What the model wrote is not supported by your documents, so it is not shown. "
                "The nearest passages are listed beside."
            )
        return self.tr(
            "Your documents do not seem to answer this question. The nearest passages are "
            "listed beside."
        )

    def _set_phase(self, phase: Phase, percent: int = 0) -> None:
        self.phase = phase
        self._bar.setRange(0, 100 if phase == "reading" else 0)
        self._bar.setValue(percent)
        self._show_phase()

    def _show_phase(self) -> None:
        running = {
            "searching": self.tr("Searching your documents…"),
            "reading": self.tr("Reading the passages…"),
            "writing": "",
            "stopped": self.tr("Stopped before an answer was written."),
        }
        text = running.get(self.phase, "")
        self._status.setText(text)
        self._status.setVisible(bool(text))
        self._bar.setVisible(self.phase in ("searching", "reading"))
        written = self.phase in ("writing", "done") and bool(self._text_is_there)
        self._answer_title.setVisible(written)
        self._footer.setVisible(self.phase == "done")
        self._failure.setVisible(self.phase == "failed")
        self._notice.setVisible(self.phase == "done" and bool(self._notice_text.text()))

    @property
    def _text_is_there(self) -> str:
        return self.answer.generated if self.answer is not None else self._streamed
