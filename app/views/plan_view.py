"""How a figure was computed from tables, in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Words
from app.views.widgets import Translated, button, label, line, name
from engine.records import TablePlan


class PlanView(Translated, QWidget):
    """The plan as a sentence, and the way to change it; hidden where nothing was computed.

    Signals:
        change_requested: The user wants another computation.
    """

    change_requested = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._plan: TablePlan | None = None
        self._text = label("small", wrap=True, selectable=True)
        self.change = button("link")
        self.change.setStyleSheet("font-size: 12px;")
        self.change.clicked.connect(self.change_requested)
        row = line(self, gap=8)
        row.addWidget(self._text, 1)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        self.retranslate()

    @property
    def text(self) -> str:
        """The sentence, as shown."""
        return self._text.text()

    def show_plan(self, plan: TablePlan | None) -> None:
        """Show a plan, or nothing."""
        self._plan = plan
        self.setVisible(plan is not None)
        self.retranslate()

    def set_last(self, is_last: bool) -> None:
        """Only the last question can be computed again."""
        self.change.setVisible(is_last)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.change.setText(self.tr("Change…"))
        name(self.change, self.tr("Change what is computed, and compute it again"))
        if self._plan is not None:
            text = self.tr("Calculated: {plan}")
            self._text.setText(text.format(plan=self._words.plans.plan(self._plan)))
