"""A comparison: the evidence once, two answers beside each other, vote, measurements."""

from __future__ import annotations

import itertools
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar, QWidget

from app.controllers.compare import ShownComparison
from app.i18n import Words
from app.models.answer_pieces import bare_text
from app.views.compare.footer import CompareFooter
from app.views.compare.side_column import SideColumn
from app.views.compare.verdict import Verdict
from app.views.evidence_list import EvidenceList
from app.views.failure_view import FailureView
from app.views.widgets import Translated, column, frame, label
from engine.events import (
    AnswerEvent,
    CompareEvent,
    ComparisonFinished,
    ExtractsFound,
    PassagesRetrieved,
    SideProgressed,
)
from engine.records import Citation, Comparison, Extract, RetrievedPassage, VoteTally
from engine.text.difference import differences
from engine.text.language import language_of

ComparePhase = Literal["searching", "running", "done", "stopped", "failed"]

_SIDE_BY_SIDE = 540
"""Below this width the answers stand one above the other."""


class CompareCard(Translated, QFrame):
    """Follows the events of one comparison and ends as its final form.

    Signals:
        chip_clicked: Number of a passage.
        voted: ``first``, ``second`` or ``tie``.
        reveal_requested: Say which is which, without a vote.
        regenerate_requested: Compare again.
        layers_requested, export_requested: Of the finished comparison.
        coverage_clicked: The user asks which files were not searched.
    """

    chip_clicked = Signal(int)
    voted = Signal(str)
    reveal_requested = Signal()
    regenerate_requested = Signal()
    layers_requested = Signal()
    export_requested = Signal()
    coverage_clicked = Signal()

    def __init__(self, shown: ShownComparison, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.shown = shown
        self._words = words
        self.phase: ComparePhase = "searching"
        self.comparison: Comparison | None = None
        self.passages: tuple[RetrievedPassage, ...] = ()
        self._tally: VoteTally | None = None
        self._same = False
        self._build()
        self.retranslate()

    # --- following ---------------------------------------------------------------------

    def take(self, event: AnswerEvent | CompareEvent) -> None:
        """Show one more event."""
        if isinstance(event, PassagesRetrieved):
            self.passages = event.passages
            self.footer.show_coverage(event.coverage)
        elif isinstance(event, ExtractsFound):
            self.evidence.show_extracts(event.extracts, self.passages)
            self._set_phase("running")
        elif isinstance(event, SideProgressed):
            self.sides[event.side].take(event.event)
            self._set_phase("running")
        elif isinstance(event, ComparisonFinished):
            self._finish(event)

    def end(self) -> None:
        """The job ended: show its failure, or that it was stopped before it began."""
        if self.shown.error is not None:
            self.failure.show_error(self.shown.error)
            self._set_phase("failed")
        elif self.comparison is None:
            self._set_phase("stopped")
        else:
            self._show_phase()

    def reveal(self, tally: VoteTally | None) -> None:
        """Say which side ran with which attention, and how the votes stand."""
        if self.comparison is not None:
            attention = self.comparison.source_attention
            shares = [share for side in attention if side is not None for share in side.shares()]
            scale = max((abs(share) for share in shares), default=1.0)
            for side, choice, looked in zip(self.sides, self.shown.run, attention, strict=True):
                side.reveal(choice, looked, scale)
        self._tally = tally
        self._order_focus()
        self.retranslate()

    # --- what is shown -----------------------------------------------------------------

    @property
    def extracts(self) -> tuple[Extract, ...]:
        """The quoted sentences."""
        return self.evidence.extracts

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of both answers once they are finished."""
        answers = self.comparison.answers if self.comparison is not None else ()
        return tuple(citation for answer in answers for citation in answer.citations)

    @property
    def result(self) -> str:
        """The vote in words and the tally; empty before it is revealed."""
        return self.verdict.text

    @property
    def stacked(self) -> bool:
        """Whether the answers stand one above the other."""
        return self._columns.direction() == QBoxLayout.Direction.TopToBottom

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self.evidence.refresh_theme()
        for side in self.sides:
            side.refresh_theme()

    def retranslate(self) -> None:
        """Set every visible string again."""
        first, second = (
            self._words.attention.setting(choice.mode, choice.prefill)
            for choice in self.shown.asked
        )
        self._title.setText(self.tr("COMPARISON"))
        self._subject.setText(
            self.tr("{first} and {second}: same passages, same prompt, same seed").format(
                first=first, second=second
            )
        )
        self._retranslate_marks()
        headings = (self.sides[0].heading(), self.sides[1].heading())
        self.verdict.show_result(headings, self._tally)
        self._show_phase()

    # --- building ----------------------------------------------------------------------

    def _build(self) -> None:
        layout = column(self, margins=(18, 15, 18, 11), gap=9)
        self._title = label("section")
        self._subject = label("muted", wrap=True)
        self.evidence = EvidenceList(self._words)
        self.evidence.opened.connect(self.chip_clicked)
        self._status = label("muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(220)
        self._bar.setRange(0, 0)
        self.sides = (SideColumn("A", self._words), SideColumn("B", self._words))
        self._sides = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._sides)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(10)
        for side in self.sides:
            side.chip_clicked.connect(self.chip_clicked)
            self._columns.addWidget(side, 1)
        self._marks = label("small", wrap=True)
        self._notice = frame("notice")
        self._notice_text = label("", wrap=True, selectable=True)
        column(self._notice, margins=(11, 7, 11, 7)).addWidget(self._notice_text)
        for widget in (self._title, self._subject, self.evidence, self._status, self._bar):
            layout.addWidget(widget)
        for box in (self._sides, self._marks, self._notice, self._build_verdict()):
            layout.addWidget(box)
        layout.addWidget(self._build_failure())
        layout.addWidget(self._build_footer())

    def _build_verdict(self) -> Verdict:
        self.verdict = Verdict(self.shown, self, self._words)
        self.verdict.voted.connect(self.voted)
        self.verdict.reveal_requested.connect(self.reveal_requested)
        return self.verdict

    def _build_failure(self) -> FailureView:
        self.failure = FailureView(self._words, offers_baseline=False)
        self.failure.retry_requested.connect(self.regenerate_requested)
        return self.failure

    def _build_footer(self) -> CompareFooter:
        self.footer = CompareFooter(self._words)
        self.footer.layers.clicked.connect(self.layers_requested)
        self.footer.export.clicked.connect(self.export_requested)
        self.footer.again.clicked.connect(self.regenerate_requested)
        self.footer.coverage.clicked.connect(self.coverage_clicked)
        return self.footer

    # --- inside ------------------------------------------------------------------------

    def _finish(self, event: ComparisonFinished) -> None:
        self.comparison = event.comparison
        answers = event.comparison.answers
        self.passages = answers[0].passages
        self.footer.show_coverage(answers[0].coverage)
        self.evidence.show_extracts(answers[0].extracts, self.passages)
        texts = [bare_text(answer.generated) for answer in answers]
        self._same = texts[0] == texts[1]
        marks = differences(texts[0], texts[1], language_of(answers[0].question))
        for side, answer, different in zip(self.sides, answers, marks, strict=True):
            side.show_answer(answer, different if all(texts) else ())
        self._set_phase("done")
        self._order_focus()
        self.retranslate()

    def _order_focus(self) -> None:
        """Tab goes through the card as it reads: Qt puts what is made late at the end."""
        order: list[QWidget] = [*self.evidence.views]
        for side in self.sides:
            order += [side.text, *side.bars.bars]
        order += [*self.verdict.vote.buttons.values(), self.verdict.vote.reveal]
        order += self.footer.controls
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)

    def _retranslate_marks(self) -> None:
        self._marks.setText(
            self.tr("The two answers are the same, word for word.")
            if self._same
            else self.tr("Marked: what the other answer does not have.")
        )
        answers = self.comparison.answers if self.comparison is not None else None
        alone = answers and not any(a.generated or a.stats.completion_tokens for a in answers)
        notices = self._words.notices(answers[0]) if answers and alone else []
        if answers and answers[0].kind == "talk":
            notices = [answers[0].text]
        self._notice_text.setText("\n".join(notices))

    def _set_phase(self, phase: ComparePhase) -> None:
        self.phase = phase
        self._show_phase()

    def _show_phase(self) -> None:
        words = {
            "searching": self.tr("Searching your documents…"),
            "stopped": self.tr("Stopped before an answer was written."),
        }
        self._status.setText(words.get(self.phase, ""))
        self._status.setVisible(self.phase in words)
        self._bar.setVisible(self.phase == "searching")
        done = self.phase == "done"
        answers = self.comparison.answers if self.comparison is not None else ()
        both = bool(answers) and all(answer.generated for answer in answers)
        alone = bool(self._notice_text.text())
        self._sides.setVisible(self.phase == "running" or (done and not alone))
        self._marks.setVisible(done and both)
        self._notice.setVisible(done and alone)
        self.verdict.show_done(done)
        self.failure.setVisible(self.phase == "failed")
        self.footer.show_phase(self.phase, self.shown.revealed, self.comparison)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the answers where there is no room beside each other."""
        super().resizeEvent(event)
        wide = event.size().width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
