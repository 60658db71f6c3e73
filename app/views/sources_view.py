"""The right column: the evidence of an answer, and a viewer for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QWidget

from app.controllers.look_up import LookUpController
from app.i18n import Words
from app.views.passage_card import PassageCard
from app.views.viewer import Viewer
from app.views.widgets import Translated, button, clear, column, label, line
from engine.records import RetrievedPassage

Spans = Sequence[tuple[int, int]]

_AT_ONCE = 40
"""Cards that are made together; a list of everything may have hundreds of sources."""


class SourcesView(Translated, QFrame):
    """Lists the passages of one answer by number and shows one of them in its document."""

    def __init__(self, words: Words, look_up: LookUpController) -> None:
        super().__init__()
        self.setObjectName("sources")
        self._words = words
        self.cards: dict[int, PassageCard] = {}
        self._passages: tuple[RetrievedPassage, ...] = ()
        self.selected = 0
        self._quotes: dict[int, Spans] = {}
        self._user_chose = False
        self.viewer = Viewer(words, look_up)
        self._title = label("heading")
        self._count = label("small")
        self._placeholder = label("muted", wrap=True)
        self._placeholder.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._placeholder.setContentsMargins(24, 24, 24, 24)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self._build_list())
        self._splitter.addWidget(self.viewer)
        self._splitter.setSizes([360, 460])
        rows = column(self, gap=0)
        header = line(margins=(16, 12, 12, 8))
        header.addWidget(self._title)
        header.addStretch(1)
        header.addWidget(self._count)
        rows.addLayout(header)
        rows.addWidget(self._placeholder, 1)
        rows.addWidget(self._splitter, 1)
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Show no evidence."""
        self.show_passages((), {})

    def show_passages(
        self, passages: Sequence[RetrievedPassage], quotes: Mapping[int, Spans], first: int = 0
    ) -> None:
        """List the evidence of an answer.

        Args:
            passages: Numbered as cited.
            quotes: Cited spans by passage number, as offsets into the document's text.
            first: Passage to show, unless the user has already chosen one; 0: the first.
        """
        same = self._passages == tuple(passages)
        changed = dict(quotes) != self._quotes
        self._quotes = dict(quotes)
        if not same:
            self._fill(passages)
        for number, card in self.cards.items():
            card.set_quotes(self._quotes.get(number, ()))
        self._splitter.setVisible(bool(passages))
        self._placeholder.setVisible(not passages)
        self._count.setText(str(len(passages)) if passages else "")
        if passages and (changed or not same):
            keep = self.selected if self._user_chose else 0
            self._show(keep or first or passages[0].number)

    def select(self, number: int) -> None:
        """Show a passage in the viewer and bring its card into sight."""
        self._user_chose = True
        self._show(number)

    def _show(self, number: int) -> None:
        card = self.cards.get(number) or self._add_chosen(number)
        if card is None:
            return
        for other_number, other in self.cards.items():
            other.set_selected(other_number == number)
        self.selected = number
        self.viewer.show_passage(card.found.passage, self._quotes.get(number, ()))
        QTimer.singleShot(0, lambda: self._reveal(number))

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        for card in self.cards.values():
            card.refresh_theme()
        self.viewer.refresh_theme()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._title.setText(self.tr("Sources"))
        self._placeholder.setText(self.tr("The passages behind an answer appear here."))
        self._count_more()

    def _build_list(self) -> QScrollArea:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(120)
        content = QWidget()
        content.setObjectName("column")
        self._list = column(gap=8)
        self.more = button("link")
        self.more.clicked.connect(self._add_more)
        rows = column(content, margins=(12, 2, 12, 12), gap=8)
        rows.addLayout(self._list)
        rows.addWidget(self.more)
        rows.addStretch(1)
        self._scroll.setWidget(content)
        return self._scroll

    def _fill(self, passages: Sequence[RetrievedPassage]) -> None:
        clear(self._list)
        self._passages = tuple(passages)
        self.cards = {}
        self.selected = 0
        self._user_chose = False
        self._add_more()

    def _add_more(self) -> None:
        """Make cards for the next passages."""
        left = [found for found in self._passages if found.number not in self.cards]
        for found in left[:_AT_ONCE]:
            self._add(found)
        self._count_more()

    def _add_chosen(self, number: int) -> PassageCard | None:
        """Make a card for a passage that has none yet."""
        for found in self._passages:
            if found.number == number:
                card = self._add(found)
                self._count_more()
                return card
        return None

    def _add(self, found: RetrievedPassage) -> PassageCard:
        card = PassageCard(found, self._quotes.get(found.number, ()), self._words)
        card.chosen.connect(self.select)
        self.cards[found.number] = card
        self._list.addWidget(card)
        return card

    def _count_more(self) -> None:
        n_left = len(self._passages) - len(self.cards)
        self.more.setText(self.tr("Show %n more source(s)", "", min(n_left, _AT_ONCE)))
        self.more.setVisible(n_left > 0)

    def _reveal(self, number: int) -> None:
        card = self.cards.get(number)
        if card is not None:
            self._scroll.ensureWidgetVisible(card, 0, 12)
