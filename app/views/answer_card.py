"""The answer to one question: quoted sentences, generated text, coverage, measurements."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.i18n import Words
from app.models.answer_pieces import Piece, pieces_of
from app.views.evidence_list import EvidenceList
from app.views.failure_view import FailureView
from app.views.left_out_view import LeftOutView
from app.views.nearest_view import NearestView
from app.views.rich_text import RichText
from app.views.widgets import Translated, button, column, frame, label, line, name
from engine.events import (
    AnswerEvent,
    AnswerFinished,
    CompareEvent,
    ExtractsFound,
    PassagesRetrieved,
    PromptPrefilled,
    TokensGenerated,
)
from engine.records import Answer, Citation, Coverage, Extract, RetrievedPassage

_WANT_A_MODEL = frozenset({"language-not-written", "no-usable-text", "chosen-model-gone"})
"""Notices that another model would spare the user."""

Phase = Literal["searching", "reading", "writing", "done", "stopped", "failed"]


class AnswerCard(Translated, QFrame):
    """Follows the events of one answer and ends as its final form.

    Signals:
        chip_clicked: Number of a passage.
        copy_requested: The user wants the text with its citations.
        regenerate_requested: The user wants another answer.
        baseline_requested: The user accepts baseline after a refused mode.
        coverage_clicked: The user asks which files were not searched.
        models_requested: The user wants a model that can write the answer.
    """

    chip_clicked = Signal(int)
    copy_requested = Signal()
    regenerate_requested = Signal()
    baseline_requested = Signal()
    coverage_clicked = Signal()
    models_requested = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._words = words
        self.phase: Phase = "searching"
        self.answer: Answer | None = None
        self.passages: tuple[RetrievedPassage, ...] = ()
        self._coverage: Coverage | None = None
        self._streamed = ""
        self._build()
        self.retranslate()

    # --- following ---------------------------------------------------------------------

    def take(self, event: AnswerEvent | CompareEvent) -> None:
        """Show one more event."""
        if isinstance(event, PassagesRetrieved):
            self.passages, self._coverage = event.passages, event.coverage
        elif isinstance(event, ExtractsFound):
            self.evidence.show_extracts(event.extracts, self.passages)
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
        self.evidence.show_extracts(answer.extracts, self.passages)
        self._text.setVisible(bool(_shown_text(answer)))
        self.nearest.show_passages(answer.passages if answer.refused else ())
        self.left_out.show_sentences(answer.left_out)
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
        self.nearest.set_last(is_last)

    @property
    def cites_nothing(self) -> bool:
        """Whether this is a refusal, or what the program itself says."""
        answer = self.answer
        return answer is not None and (answer.refused or answer.kind == "talk")

    @property
    def extracts(self) -> tuple[Extract, ...]:
        """The quoted sentences."""
        return self.evidence.extracts

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the finished answer."""
        return self.answer.citations if self.answer is not None else ()

    # --- drawing -----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._answer_title.setText(self.tr("ANSWER WRITTEN BY THE MODEL"))
        self._copy.setText(self.tr("Copy"))
        name(self._copy, self.tr("Copy the answer with its citations"))
        self._regenerate.setText(self.tr("Regenerate"))
        name(self._regenerate, self.tr("Answer this question again"))
        name(self._coverage_link, self.tr("Show which files were searched"))
        self.get_model.setText(self.tr("Get a model…"))
        self._show_phase()
        if self._coverage is not None:
            self._coverage_link.setText(self._words.coverage(self._coverage))
        if self.answer is not None:
            self._show_final(self.answer)

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self._text.refresh_theme()
        self.evidence.refresh_theme()

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
        self.evidence = EvidenceList(self._words)
        self.evidence.opened.connect(self.chip_clicked)
        self._answer_title = label("section")
        self._text = RichText()
        self._text.chip_clicked.connect(self.chip_clicked)
        self._status = label("muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(220)
        self._notice = frame("notice")
        self._notice_text = label("", wrap=True, selectable=True)
        self.get_model = button()
        self.get_model.clicked.connect(self.models_requested)
        notice = line(self._notice, margins=(11, 7, 11, 7))
        notice.addWidget(self._notice_text, 1)
        notice.addWidget(self.get_model)
        self.left_out = LeftOutView()
        self.nearest = NearestView(self._words)
        self.nearest.opened.connect(self.chip_clicked)
        self._failure = FailureView(self._words)
        self._failure.baseline_requested.connect(self.baseline_requested)
        self._failure.retry_requested.connect(self.regenerate_requested)
        for widget in (self.evidence, self._answer_title, self._text, self._status):
            layout.addWidget(widget)
        below = (self._bar, self._notice, self.left_out, self.nearest, self._failure)
        for box in (*below, self._build_footer()):
            layout.addWidget(box)
        for hidden in (self._answer_title, self._text, self._failure):
            hidden.hide()

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
        row.addWidget(self._copy)
        row.addWidget(self._regenerate)
        row.addStretch(1)
        rows.addLayout(facts)
        rows.addLayout(row)
        self._stats.setContentsMargins(4, 0, 0, 0)
        return self._footer

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
        pieces = pieces_of(_shown_text(answer), answer.citations, len(answer.passages))
        self._text.show_pieces(
            pieces, unsupported_tip=self.tr("No passage in your documents supports this sentence.")
        )
        notices = self._words.notices(answer)
        self._notice_text.setText("\n".join(notices))
        self._notice.setVisible(bool(notices))
        wanted = any(notice.code in _WANT_A_MODEL for notice in answer.notices)
        self.get_model.setVisible(wanted)
        searched = answer.kind != "talk"
        self._stats.setText(self._words.measurements(answer) if searched else "")
        self._stats.setVisible(searched)
        self._coverage_link.setVisible(searched)

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
        written = self.phase in ("writing", "done") and bool(self._written)
        self._answer_title.setVisible(written)
        self._footer.setVisible(self.phase == "done")
        self._failure.setVisible(self.phase == "failed")
        self._notice.setVisible(self.phase == "done" and bool(self._notice_text.text()))

    @property
    def _written(self) -> str:
        """What the model wrote, so far or in the end."""
        return self.answer.generated if self.answer is not None else self._streamed


def _shown_text(answer: Answer) -> str:
    """Return what stands below the quotations: the model's words, or the program's own."""
    return answer.text if answer.kind == "talk" else answer.generated
