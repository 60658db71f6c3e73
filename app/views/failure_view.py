"""Why there is no answer, and what the user can do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.i18n import Words
from app.theme.icons import bind_icon
from app.views.widgets import Translated, button, column, label, line
from engine.errors import AdapterMismatch, AdapterMissing, AttentionUnsupported

_REFUSED = (AdapterMismatch, AdapterMissing, AttentionUnsupported)
"""What baseline attention with dense prefill does not meet."""


class FailureView(Translated, QFrame):
    """A red box in place of an answer.

    Args:
        words: Sentences in the language in force.
        offers_baseline: Whether baseline attention can stand in for what was refused.

    Signals:
        baseline_requested: Ask again with baseline attention; only offered, never done
            without the user.
        retry_requested: Ask again as before.
    """

    baseline_requested = Signal()
    retry_requested = Signal()

    def __init__(
        self, words: Words, parent: QWidget | None = None, *, offers_baseline: bool = True
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "failure")
        self._words = words
        self._offers_baseline = offers_baseline
        self.error: Exception | None = None
        mark = label()
        bind_icon(mark, "warning", role="danger", size=18)
        self._text = label("error", wrap=True, selectable=True)
        self._baseline = button()
        self._baseline.clicked.connect(self.baseline_requested)
        self._retry = button("", "retry", size=15)
        self._retry.clicked.connect(self.retry_requested)
        rows = column(self, margins=(12, 10, 12, 10), gap=9)
        top = line(gap=9)
        top.addWidget(mark)
        top.addWidget(self._text, 1)
        rows.addLayout(top)
        actions = line()
        actions.addWidget(self._baseline)
        actions.addWidget(self._retry)
        actions.addStretch(1)
        rows.addLayout(actions)
        self.retranslate()

    def show_error(self, error: Exception) -> None:
        """Show an error."""
        self.error = error
        self.retranslate()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def retranslate(self) -> None:
        """Set every visible string again."""
        refused = self._offers_baseline and isinstance(self.error, _REFUSED)
        self._baseline.setVisible(refused)
        self._retry.setVisible(not refused)
        self._baseline.setText(self.tr("Ask with baseline attention"))
        self._retry.setText(self.tr("Try again"))
        if self.error is not None:
            self._text.setText(self._words.error(self.error))
