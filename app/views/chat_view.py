"""The middle column: questions and answers, and the box to type in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.controllers.chat import ShownTurn
from app.controllers.compare import ShownComparison
from app.i18n import Words
from app.theme.tokens import COLUMN_WIDTH
from app.views.answer_card import AnswerCard
from app.views.compare.card import CompareCard
from app.views.composer import Composer
from app.views.empty_state import EmptyState
from app.views.question_bubble import QuestionBubble
from app.views.widgets import Translated, column, label, line
from engine.events import (
    AnswerEvent,
    AnswerFinished,
    CompareEvent,
    ComparisonFinished,
    ExtractsFound,
)
from engine.records import Answer


class ChatView(Translated, QFrame):
    """Draws the turns of one conversation and follows the answer in hand.

    Signals:
        passages_shown: Key of the answer or comparison whose evidence should be shown.
        chip_clicked: Key of the turn, number of the passage.
        copy_requested, regenerate_requested, baseline_requested, insisted, plan_requested: Key
            of the turn.
        coverage_clicked: The user asks which files were not searched.
        models_requested: The user wants a model that can write the answer.
        kind_chosen: Key of the turn, the :class:`QuestionKind` to ask again with.
        reworded: Key of the turn, the question to ask instead.
    """

    passages_shown = Signal(int)
    chip_clicked = Signal(int, int)
    copy_requested = Signal(int)
    regenerate_requested = Signal(int)
    baseline_requested = Signal(int)
    insisted = Signal(int)
    plan_requested = Signal(int)
    coverage_clicked = Signal()
    models_requested = Signal()
    kind_chosen = Signal(int, str)
    reworded = Signal(int, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat")
        self._words = words
        self.cards: dict[int, AnswerCard] = {}
        self.comparisons: dict[int, CompareCard] = {}
        self.bubbles: dict[int, QuestionBubble] = {}
        self.empty = EmptyState()
        self.composer = Composer(words)
        self._follows_end = True
        self._note = label("small", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._build_scroll())
        rows = column(self, gap=0)
        rows.addWidget(self._stack, 1)
        rows.addLayout(self._build_bottom())
        self.retranslate()

    # --- turns -------------------------------------------------------------------------

    def show_turns(self, turns: Sequence[ShownTurn]) -> None:
        """Show another conversation."""
        self._clear()
        for turn in turns:
            card = self._add(turn)
            if turn.answer is not None:
                card.show_answer(turn.answer)
        self._mark_last()
        self._stack.setCurrentIndex(1 if turns else 0)
        self.composer.history = [turn.question for turn in turns]
        if turns:
            self.passages_shown.emit(turns[-1].key)
            self._scroll_to_end()

    def start_turn(self, turn: ShownTurn) -> None:
        """Begin (again) to follow the answer of a turn."""
        old = self.cards.get(turn.key)
        if old is None:
            self._add(turn)
            self.composer.history.append(turn.question)
        else:
            self._replace(old, self._new_card(turn.key))
            self._reword(turn)
        self._mark_last()
        self._stack.setCurrentIndex(1)
        self._scroll_to_end()

    def take(self, key: int, event: AnswerEvent | CompareEvent) -> None:
        """Pass an event to its card; keep the end in sight if it was."""
        card = self.card(key)
        if card is None:
            return
        at_end = self._is_at_end()
        card.take(event)
        if at_end:
            self._scroll_to_end()
        if isinstance(event, ExtractsFound | AnswerFinished | ComparisonFinished):
            self.passages_shown.emit(key)

    def finish_turn(self, turn: ShownTurn) -> None:
        """The job of a turn ended."""
        card = self.cards.get(turn.key)
        if card is not None:
            if turn.error is not None:
                card.show_failure(turn.error, turn.kind)
            card.end()
            self._scroll_to_end()

    def start_comparison(self, shown: ShownComparison) -> CompareCard:
        """Begin (again) to follow a comparison; returns its card."""
        old, card = self.comparisons.get(shown.key), CompareCard(shown, self._words)
        card.chip_clicked.connect(lambda number: self.chip_clicked.emit(shown.key, number))
        card.coverage_clicked.connect(self.coverage_clicked)
        self.comparisons[shown.key] = card
        if old is None:
            self._add_question(shown.key, shown.question)
            self._turns.insertWidget(self._turns.count() - 1, card)
            self.composer.history.append(shown.question)
        else:
            self._replace(old, card)
        self._stack.setCurrentIndex(1)
        self._scroll_to_end()
        return card

    def finish_comparison(self, shown: ShownComparison) -> None:
        """The job of a comparison ended."""
        card = self.comparisons.get(shown.key)
        if card is not None and card.shown is shown:
            card.end()
            self._scroll_to_end()

    def card(self, key: int) -> AnswerCard | CompareCard | None:
        """Return the card of an answer or a comparison."""
        return self.cards.get(key) or self.comparisons.get(key)

    def scroll_to_start_of(self, key: int) -> None:
        """Bring the beginning of a card into sight."""
        card = self.card(key)
        if card is not None:
            self._scroll.verticalScrollBar().setValue(max(0, card.y() - 70))

    def answer_of(self, key: int) -> Answer | None:
        """Return a turn's answer as shown."""
        card = self.cards.get(key)
        return card.answer if card is not None else None

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        for answer in self.cards.values():
            answer.refresh_theme()
        for comparison in self.comparisons.values():
            comparison.refresh_theme()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._note.setText(
            self.tr("Runs on this computer only. Check the quoted sentences before you rely on it.")
        )

    # --- building ----------------------------------------------------------------------

    def _build_scroll(self) -> QScrollArea:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setObjectName("column")
        middle = QWidget()
        middle.setMaximumWidth(COLUMN_WIDTH)
        row = line(content, margins=(20, 0, 20, 0))
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        self._turns = column(middle, margins=(0, 20, 0, 16), gap=14)
        self._turns.addStretch(1)
        self._scroll.setWidget(content)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._follow_end)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        return self._scroll

    def _build_bottom(self) -> QHBoxLayout:
        row = line(margins=(20, 4, 20, 10))
        box = QWidget()
        box.setMaximumWidth(COLUMN_WIDTH)
        rows = column(box, gap=6)
        rows.addWidget(self.composer)
        rows.addWidget(self._note)
        row.addStretch(1)
        row.addWidget(box, 1000)
        row.addStretch(1)
        return row

    def _add(self, turn: ShownTurn) -> AnswerCard:
        self._add_question(turn.key, turn.question)
        card = self._new_card(turn.key)
        self._turns.insertWidget(self._turns.count() - 1, card)
        return card

    def _add_question(self, key: int, question: str) -> None:
        holder = QWidget()
        self.bubbles[key] = QuestionBubble(question)
        row = line(holder)
        row.addStretch(1)
        row.addWidget(self.bubbles[key], 1000)
        self._turns.insertWidget(self._turns.count() - 1, holder)

    def _reword(self, turn: ShownTurn) -> None:
        bubble = self.bubbles[turn.key]
        if bubble.question != turn.question:
            bubble.set_question(turn.question)
            self.composer.history.append(turn.question)

    def _replace(self, old: QWidget, new: QWidget) -> None:
        position = self._turns.indexOf(old)
        self._turns.takeAt(position)
        old.hide()
        old.deleteLater()
        self._turns.insertWidget(position, new)

    def _new_card(self, key: int) -> AnswerCard:
        card = AnswerCard(self._words)
        card.chip_clicked.connect(lambda number: self.chip_clicked.emit(key, number))
        card.copy_requested.connect(lambda: self.copy_requested.emit(key))
        card.regenerate_requested.connect(lambda: self.regenerate_requested.emit(key))
        card.baseline_requested.connect(lambda: self.baseline_requested.emit(key))
        card.nearest.insisted.connect(lambda: self.insisted.emit(key))
        card.plan_requested.connect(lambda: self.plan_requested.emit(key))
        card.coverage_clicked.connect(self.coverage_clicked)
        card.models_requested.connect(self.models_requested)
        card.kind_chosen.connect(lambda kind: self.kind_chosen.emit(key, kind))
        card.reworded.connect(lambda question: self.reworded.emit(key, question))
        self.cards[key] = card
        return card

    def _clear(self) -> None:
        self.cards.clear()
        self.comparisons.clear()
        self.bubbles.clear()
        while self._turns.count() > 1:
            item = self._turns.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _mark_last(self) -> None:
        last = max(self.cards, default=0)
        for key, card in self.cards.items():
            card.set_last(key == last)

    # --- scrolling ---------------------------------------------------------------------

    def _is_at_end(self) -> bool:
        bar = self._scroll.verticalScrollBar()
        return bar.value() >= bar.maximum() - 60

    def _scroll_to_end(self) -> None:
        # The layout grows later, in more than one step: the end is followed from here on.
        self._follows_end = True
        self._follow_end()

    def _follow_end(self, *_range: int) -> None:
        if self._follows_end:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _on_scrolled(self, _value: int) -> None:
        self._follows_end = self._is_at_end()

    def event(self, event: QEvent) -> bool:
        """Redraw chips after the screen's density changed."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.refresh_theme()
        return super().event(event)
