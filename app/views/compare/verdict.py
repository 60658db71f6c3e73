"""The vote on a comparison, and after it what the votes allow to say."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.controllers.compare import ShownComparison
from app.i18n import Words
from app.views.compare.vote import VoteBar
from app.views.widgets import Translated, column, frame, label
from engine.records import VoteTally


class Verdict(Translated, QWidget):
    """Asks which answer is better; then shows the vote and the tally.

    Args:
        shown: The comparison.
        scope: The widget in which the keys 1, 2 and 3 vote.
        words: Sentences in the language in force.

    Signals:
        voted: ``first`` (A), ``second`` (B) or ``tie``.
        reveal_requested: The user wants to know without voting.
    """

    voted = Signal(str)
    reveal_requested = Signal()

    def __init__(self, shown: ShownComparison, scope: QWidget, words: Words) -> None:
        super().__init__()
        self._shown = shown
        self._words = words
        self._tally: VoteTally | None = None
        self._headings = ("A", "B")
        self.vote = VoteBar(scope)
        self.vote.voted.connect(self.voted)
        self.vote.reveal_requested.connect(self.reveal_requested)
        self._result = frame("result")
        self._text = label("", wrap=True, selectable=True)
        column(self._result, margins=(14, 9, 14, 9)).addWidget(self._text)
        rows = column(self, gap=0)
        rows.addWidget(self.vote)
        rows.addWidget(self._result)
        self.retranslate()

    @property
    def text(self) -> str:
        """The vote in words and the tally; empty before it is revealed."""
        return self._text.text()

    def show_result(self, headings: tuple[str, str], tally: VoteTally | None) -> None:
        """Show what was voted, and the votes on these two modes so far."""
        self._headings, self._tally = headings, tally
        self.retranslate()

    def show_done(self, done: bool) -> None:
        """Ask, tell, or stay hidden until the comparison is done."""
        self.vote.setVisible(done and self._shown.can_be_voted_on)
        self._result.setVisible(done and bool(self.text))
        self.setVisible(not self.vote.isHidden() or not self._result.isHidden())

    def retranslate(self) -> None:
        """Set every visible string again."""
        lines = [self._voted(), self._words.attention.tally(self._tally) if self._tally else ""]
        self._text.setText("\n".join(line for line in lines if line))

    def _voted(self) -> str:
        preference = self._shown.preference
        if not self._shown.revealed or preference is None:
            return ""
        if preference == "tie":
            return self.tr("You saw no difference.")
        chosen = self._headings[preference == "second"]
        return self.tr("You preferred {side}.").format(side=chosen)
