"""What stands nearest to a question that the documents do not answer, folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Words
from app.views.folded_list import FoldedList
from app.views.widgets import button, line, name
from engine.records import RetrievedPassage

MOST = 3


class NearestView(FoldedList):
    """A line that unfolds the nearest passages, and the way to an answer from them.

    Signals:
        opened: Number of the passage that the user wants to see.
        insisted: The user wants an answer all the same.
    """

    opened = Signal(int)
    insisted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=2)
        self._words = words
        self._passages: tuple[RetrievedPassage, ...] = ()
        self.insist = button("link")
        self.insist.clicked.connect(self.insisted)
        self._top.insertWidget(1, self.insist)
        self.retranslate()

    @property
    def places(self) -> list[str]:
        """The passages, as listed."""
        return [self._place(found) for found in self._passages]

    def show_passages(self, passages: Sequence[RetrievedPassage]) -> None:
        """Offer the first of the passages; nothing at all if there are none."""
        self._passages = tuple(passages[:MOST])
        self._show_folded(bool(self._passages))

    def set_last(self, is_last: bool) -> None:
        """Only the last question can be answered again."""
        self.insist.setVisible(is_last)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.insist.setText(self.tr("Show an answer all the same"))
        name(self.insist, self.tr("Answer from the nearest passages although they seem not to"))
        self._entitle(self.tr("Nearest passages"))
        for found in self._passages:
            row = button("link")
            row.setText(self._place(found))
            row.clicked.connect(lambda _=False, number=found.number: self.opened.emit(number))
            name(row, self._place(found), self.tr("Show this passage in the document"))
            held = line()
            held.addWidget(row)
            held.addStretch(1)
            self._rows.addLayout(held)

    def _place(self, found: RetrievedPassage) -> str:
        passage = found.passage
        return f"{passage.document.name} · {self._words.location(passage.location)}"
