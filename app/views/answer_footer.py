"""What stands below an answer: which files were searched, measurements, what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Words
from app.views.widgets import Translated, button, column, frame, label, line, name
from engine.records import Answer


class AnswerFooter(Translated, QWidget):
    """The end of a finished answer.

    Signals:
        copy_requested: The user wants the text with its citations.
        regenerate_requested: The user wants another answer.
        coverage_clicked: The user asks which files were not searched.
    """

    copy_requested = Signal()
    regenerate_requested = Signal()
    coverage_clicked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._answer: Answer | None = None
        self.stats = label("small", wrap=True, selectable=True)
        self.stats.setContentsMargins(4, 0, 0, 0)
        self.coverage = button("link")
        self.coverage.setStyleSheet("font-size: 12px;")
        self.coverage.clicked.connect(self.coverage_clicked)
        self._copy = button("quiet", "copy", size=15)
        self._copy.clicked.connect(self.copy_requested)
        self._regenerate = button("quiet", "refresh", size=15)
        self._regenerate.clicked.connect(self.regenerate_requested)
        facts = column(gap=0)
        facts.addWidget(self.coverage)
        facts.addWidget(self.stats)
        row = line(gap=2)
        row.addWidget(self._copy)
        row.addWidget(self._regenerate)
        row.addStretch(1)
        rows = column(self, margins=(0, 3, 0, 0), gap=5)
        rows.addWidget(frame("line"))
        rows.addLayout(facts)
        rows.addLayout(row)
        self.retranslate()

    def show_answer(self, answer: Answer) -> None:
        """Show what a finished answer was found in, and how."""
        self._answer = answer
        searched = answer.kind != "talk"
        self.stats.setVisible(searched)
        self.coverage.setVisible(searched)
        self.retranslate()

    def set_last(self, is_last: bool) -> None:
        """Only the last answer can be made again."""
        self._regenerate.setVisible(is_last)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._copy.setText(self.tr("Copy"))
        name(self._copy, self.tr("Copy the answer with its citations"))
        self._regenerate.setText(self.tr("Regenerate"))
        name(self._regenerate, self.tr("Answer this question again"))
        name(self.coverage, self.tr("Show which files were searched"))
        if self._answer is not None:
            self.coverage.setText(self._words.coverage(self._answer.coverage))
            self.stats.setText(self._words.measurements(self._answer))
