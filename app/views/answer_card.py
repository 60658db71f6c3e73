"""The answer to one question: quoted sentences, generated text, coverage, measurements."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.i18n import Words
from app.models.answer_copy import places
from app.models.answer_markdown import is_markdown, marked_markdown
from app.models.answer_pieces import Piece, pieces_of
from app.views.answer_footer import AnswerFooter
from app.views.answer_head import AnswerHead
from app.views.answer_table_view import AnswerTableView
from app.views.evidence_list import EvidenceList
from app.views.failure_view import FailureView
from app.views.left_out_view import LeftOutView
from app.views.nearest_view import NearestView
from app.views.plan_view import PlanView
from app.views.rich_text import RichText
from app.views.table_box import TableBox
from app.views.widgets import Translated, button, column, frame, label, line
from engine.events import (
    AnswerEvent,
    AnswerFinished,
    AnswerProgressed,
    CompareEvent,
    ExtractsFound,
    PassagesRetrieved,
    PromptPrefilled,
    TokensGenerated,
)
from engine.records import Answer, Citation, Extract, QuestionKind, RetrievedPassage

_WANT_A_MODEL = frozenset({"language-not-written", "no-usable-text", "chosen-model-gone"})
"""Notices that another model would spare the user."""

Phase = Literal["searching", "reading", "progressing", "writing", "done", "stopped", "failed"]


class AnswerCard(Translated, QFrame):
    """Follows the events of one answer and ends as its final form.

    Signals:
        chip_clicked: Number of a passage.
        copy_requested: The user wants the text with its citations.
        regenerate_requested: The user wants another answer.
        baseline_requested: The user accepts baseline after a refused mode.
        coverage_clicked: The user asks which files were not searched.
        models_requested: The user wants a model that can write the answer.
        kind_chosen: The :class:`QuestionKind` to ask again with.
        reworded: The question to ask instead.
        plan_requested: The user wants something else computed from tables.
    """

    chip_clicked = Signal(int)
    copy_requested = Signal()
    regenerate_requested = Signal()
    baseline_requested = Signal()
    coverage_clicked = Signal()
    models_requested = Signal()
    kind_chosen = Signal(str)
    reworded = Signal(str)
    plan_requested = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._words = words
        self.phase: Phase = "searching"
        self.answer: Answer | None = None
        self.passages: tuple[RetrievedPassage, ...] = ()
        self._streamed = ""
        self._progress: AnswerProgressed | None = None
        self._build()
        self.retranslate()

    # --- following ---------------------------------------------------------------------

    def take(self, event: AnswerEvent | CompareEvent) -> None:
        """Show one more event."""
        if isinstance(event, PassagesRetrieved):
            self.passages = event.passages
        elif isinstance(event, ExtractsFound):
            self.evidence.show_extracts(event.extracts, self.passages)
        elif isinstance(event, PromptPrefilled):
            self._set_phase("reading", event.n_done, event.n_total)
        elif isinstance(event, AnswerProgressed):
            self._progress = event
            self._set_phase("progressing", event.n_done, event.n_total)
        elif isinstance(event, TokensGenerated):
            self._stream(event.text)
        elif isinstance(event, AnswerFinished):
            self.show_answer(event.answer)

    def show_answer(self, answer: Answer) -> None:
        """Show the final form; its text replaces what was streamed."""
        self.answer = answer
        self.passages = answer.passages
        self.head.show_answer(answer)
        self.footer.show_answer(answer)
        self.evidence.show_extracts(answer.extracts, self.passages)
        self._text.setVisible(bool(_shown_text(answer)))
        self.plan.show_plan(answer.plan)
        self.tabled.show_table_of(answer, places(answer, self._words))
        self.nearest.show_passages(answer.passages if answer.refused else ())
        self.left_out.show_sentences(answer.left_out)
        self._set_phase("done")
        self.retranslate()

    def show_failure(self, error: Exception, kind: QuestionKind | None = None) -> None:
        """Show why there is no answer; as a question of another kind there may be one.

        Args:
            error: Why.
            kind: What the user had it taken for; None if it was recognised.
        """
        self._failure.show_error(error)
        if kind is not None:
            self.head.show_kind(kind)
        self._set_phase("failed")

    def end(self) -> None:
        """The job ended; without an answer that means it was stopped before one began."""
        if self.phase not in ("done", "failed"):
            self._set_phase("stopped")

    def set_last(self, is_last: bool) -> None:
        """Only the last answer can be made again."""
        self.footer.set_last(is_last)
        self.head.set_last(is_last)
        self.plan.set_last(is_last)
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
        self.get_model.setText(self.tr("Get a model…"))
        self._show_phase()
        if self.answer is not None:
            self._show_final(self.answer)

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self._text.refresh_theme()
        self.tabled.refresh_theme()
        self.evidence.refresh_theme()

    @property
    def text(self) -> RichText:
        """The generated text as drawn."""
        return self._text

    @property
    def table(self) -> AnswerTableView:
        """The table of the answer."""
        return self.tabled.table

    @property
    def failure(self) -> FailureView:
        """The box that says why there is no answer."""
        return self._failure

    def _build(self) -> None:
        layout = column(self, margins=(18, 15, 18, 11), gap=8)
        self.head = AnswerHead(self._words)
        self.head.kind_chosen.connect(self.kind_chosen)
        self.head.reworded.connect(self.reworded)
        self.evidence = EvidenceList(self._words)
        self.evidence.opened.connect(self.chip_clicked)
        self._answer_title = label("section")
        self._text = RichText()
        self._text.chip_clicked.connect(self.chip_clicked)
        self.plan = PlanView(self._words)
        self.plan.change_requested.connect(self.plan_requested)
        self.tabled = TableBox(self._words)
        self.tabled.opened.connect(self.chip_clicked)
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
        for widget in (self.head, self.evidence, self._answer_title, self._text, self.plan):
            layout.addWidget(widget)
        below = (
            self.tabled,
            self._status,
            self._bar,
            self._notice,
            self.left_out,
            self.nearest,
            self._failure,
        )
        self.footer = AnswerFooter(self._words)
        self.footer.copy_requested.connect(self.copy_requested)
        self.footer.regenerate_requested.connect(self.regenerate_requested)
        self.footer.coverage_clicked.connect(self.coverage_clicked)
        for box in (*below, self.footer):
            layout.addWidget(box)
        for hidden in (self._answer_title, self._text, self._failure):
            hidden.hide()

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
        text, n_passages = _shown_text(answer), len(answer.passages)
        tip = self.tr("No passage in your documents supports this sentence.")
        if is_markdown(answer):
            marked = marked_markdown(text, answer.citations, n_passages)
            self._text.show_markdown(marked, unsupported_tip=tip)
        else:
            pieces = pieces_of(text, answer.citations, n_passages)
            self._text.show_pieces(pieces, unsupported_tip=tip)
        notices = self._words.notices(answer)
        self._notice_text.setText("\n".join(notices))
        self._notice.setVisible(bool(notices))
        wanted = any(notice.code in _WANT_A_MODEL for notice in answer.notices)
        self.get_model.setVisible(wanted)

    def _set_phase(self, phase: Phase, n_done: int = 0, n_total: int = 0) -> None:
        self.phase = phase
        self._bar.setRange(0, n_total)  # without an end it moves to and fro
        self._bar.setValue(n_done)
        self._show_phase()

    def _show_phase(self) -> None:
        running = {
            "searching": self.tr("Searching your documents…"),
            "reading": self.tr("Reading the passages…"),
            "progressing": self._words.kinds.progress(self._progress) if self._progress else "",
            "writing": "",
            "stopped": self.tr("Stopped before an answer was written."),
        }
        text = running.get(self.phase, "")
        self._status.setText(text)
        self._status.setVisible(bool(text))
        self._bar.setVisible(self.phase in ("searching", "reading", "progressing"))
        self._answer_title.setVisible(self._model_wrote)
        self.footer.setVisible(self.phase == "done")
        self._failure.setVisible(self.phase == "failed")
        self._notice.setVisible(self.phase == "done" and bool(self._notice_text.text()))

    @property
    def _model_wrote(self) -> bool:
        """Whether a model wrote what stands below, so far or in the end."""
        if self.answer is not None:
            return self.phase == "done" and bool(self.answer.model and self.answer.generated)
        return self.phase in ("progressing", "writing") and bool(self._streamed)


def _shown_text(answer: Answer) -> str:
    """Return what stands below the quotations: the model's words, or the program's own."""
    return answer.text if answer.kind == "talk" else answer.generated
