"""What stands nearest to a question that the documents do not answer, folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Words
from app.views.widgets import Translated, button, clear, column, line, name
from engine.records import RetrievedPassage

MOST = 3


class NearestView(Translated, QWidget):
    """A line that unfolds the nearest passages, and the way to an answer from them.

    Signals:
        opened: Number of the passage that the user wants to see.
        insisted: The user wants an answer all the same.
    """

    opened = Signal(int)
    insisted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._passages: tuple[RetrievedPassage, ...] = ()
        self.fold = button("link")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self.insist = button("link")
        self.insist.clicked.connect(self.insisted)
        self._list = QWidget()
        self._rows = column(self._list, margins=(12, 0, 0, 0), gap=2)
        top = line(gap=14)
        top.addWidget(self.fold)
        top.addWidget(self.insist)
        top.addStretch(1)
        rows = column(self, gap=4)
        rows.addLayout(top)
        rows.addWidget(self._list)
        self._list.hide()
        self.hide()
        self.retranslate()

    @property
    def is_unfolded(self) -> bool:
        """Whether the passages are listed."""
        return self.fold.isChecked()

    @property
    def places(self) -> list[str]:
        """The passages, as listed."""
        return [self._place(found) for found in self._passages]

    def show_passages(self, passages: Sequence[RetrievedPassage]) -> None:
        """Offer the first of the passages; nothing at all if there are none."""
        self._passages = tuple(passages[:MOST])
        self.fold.setChecked(False)
        self.setVisible(bool(self._passages))
        self.retranslate()

    def set_last(self, is_last: bool) -> None:
        """Only the last question can be answered again."""
        self.insist.setVisible(is_last)

    def retranslate(self) -> None:
        """Set every visible string again."""
        mark = "\u25be" if self.is_unfolded else "\u25b8"
        self.fold.setText(f"{mark} " + self.tr("Nearest passages"))
        name(self.fold, self.tr("Nearest passages"))
        self.insist.setText(self.tr("Show an answer all the same"))
        name(self.insist, self.tr("Answer from the nearest passages although they seem not to"))
        clear(self._rows)
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

    def _unfold(self, unfolded: bool) -> None:
        self._list.setVisible(unfolded)
        self.retranslate()
