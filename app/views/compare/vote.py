"""The blind vote: which answer is better, asked before saying which is which."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from app.views.widgets import Translated, button, column, label, line, name
from engine.records import Preference

_PREFERENCES: tuple[Preference, ...] = ("first", "second", "tie")


class VoteBar(Translated, QFrame):
    """Three choices, and one that does without.

    The keys 1, 2 and 3 vote while the keyboard is in the comparison.

    Args:
        scope: The widget in which the keys work.

    Signals:
        voted: ``first`` (A), ``second`` (B) or ``tie``.
        reveal_requested: The user wants to know without voting.
    """

    voted = Signal(str)
    reveal_requested = Signal()

    def __init__(self, scope: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "vote")
        self._question = label("heading")
        self._note = label("small", wrap=True)
        self.buttons = {preference: button() for preference in _PREFERENCES}
        self.reveal = button("link")
        self.reveal.clicked.connect(self.reveal_requested)
        rows = column(self, margins=(14, 11, 14, 11), gap=7)
        rows.addWidget(self._question)
        choices = line(gap=8)
        for key, (preference, made) in enumerate(self.buttons.items(), 1):
            made.clicked.connect(lambda _on=False, p=preference: self._vote(p))
            shortcut = QShortcut(QKeySequence(str(key)), scope)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda p=preference: self._vote(p))
            choices.addWidget(made)
        choices.addStretch(1)
        rows.addLayout(choices)
        last = line()
        last.addWidget(self._note, 1)
        last.addWidget(self.reveal)
        rows.addLayout(last)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._question.setText(self.tr("Which answer is better?"))
        self._note.setText(
            self.tr("Then you see which attention wrote which, how fast, and where it looked.")
        )
        words: dict[Preference, tuple[str, str]] = {
            "first": (self.tr("A is better"), "1, Ctrl+1"),
            "second": (self.tr("B is better"), "2, Ctrl+2"),
            "tie": (self.tr("No difference"), "3, Ctrl+3"),
        }
        for preference, (text, keys) in words.items():
            made = self.buttons[preference]
            made.setText(text)
            name(made, text, self.tr("{text} ({keys})").format(text=text, keys=keys))
        self.reveal.setText(self.tr("Reveal without voting"))
        name(self.reveal, self.reveal.text(), self.tr("No vote is counted (Ctrl+0)"))

    def set_waiting(self, waiting: bool) -> None:
        """Lock the buttons while a vote is being stored."""
        for made in (*self.buttons.values(), self.reveal):
            made.setEnabled(not waiting)

    def _vote(self, preference: Preference) -> None:
        if self.isVisible() and self.buttons[preference].isEnabled():
            self.voted.emit(preference)
