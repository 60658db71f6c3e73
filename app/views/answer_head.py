"""What stands above an answer: how it was understood, its kind, how much was looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Words
from app.views.kind_badge import KindBadge
from app.views.understood_view import UnderstoodView
from app.views.widgets import Translated, column, label, line
from engine.records import Answer, QuestionKind


class AnswerHead(Translated, QWidget):
    """Hidden until there is an answer, and where it was not taken from documents.

    Signals:
        kind_chosen: The :class:`QuestionKind` to ask again with.
        reworded: The question to ask instead.
    """

    kind_chosen = Signal(str)
    reworded = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._answer: Answer | None = None
        self.understood = UnderstoodView()  # first: Tab goes from top to bottom
        self.understood.reworded.connect(self.reworded)
        self.badge = KindBadge(words)
        self.badge.kind_chosen.connect(self.kind_chosen)
        self.scanned = label("small", wrap=True)
        row = line(gap=10)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.scanned, 1)
        rows = column(self, gap=4)
        rows.addWidget(self.understood)
        rows.addLayout(row)
        self.hide()

    def show_answer(self, answer: Answer) -> None:
        """Show what a finished answer says of itself."""
        self._answer = answer
        self.badge.show_kind(answer.kind)
        self.understood.show_query(answer.question, answer.search_query)
        self.retranslate()
        self.setVisible(answer.kind != "talk")

    def show_kind(self, kind: QuestionKind) -> None:
        """Show what a question without an answer was to be taken for."""
        self.badge.show_kind(kind)
        self.setVisible(kind != "talk")

    def set_last(self, is_last: bool) -> None:
        """Only the last question can be asked again."""
        self.badge.set_last(is_last)
        self.understood.set_last(is_last)

    def retranslate(self) -> None:
        """Set every visible string again."""
        answer = self._answer
        self.scanned.setText(self._words.kinds.looked_at(answer) if answer is not None else "")
