"""Where questions are typed, and with which attention they are asked."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QPlainTextEdit, QWidget

from app.i18n import Words
from app.theme.icons import bind_icon
from app.views.widgets import Translated, button, column, label, line, name, restyle
from engine.attention import ATTENTION_MODES, PREFILL_MODES
from engine.records import AttentionMode, PrefillMode

_MAX_LINES = 7


class QuestionEdit(QPlainTextEdit):
    """A text box that grows with its text.

    Signals:
        submitted: Return was pressed.
        previous_wanted: Up was pressed in an empty box.
        focused: Whether it has the keyboard.
    """

    submitted = Signal()
    previous_wanted = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return sends, Shift+Return breaks the line, Up recalls the last question."""
        plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if plain_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.previous_wanted.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def _fit(self, *_args: object) -> None:
        # QPlainTextDocumentLayout reports its height in lines, wrapped ones included.
        lines = max(1, min(_MAX_LINES, round(self.document().size().height())))
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + 12))


class Composer(Translated, QFrame):
    """The question box with its switches.

    Signals:
        asked: Question, attention mode, prefill mode.
        stop_requested: The user wants the answer to end.
    """

    asked = Signal(str, str, str)
    stop_requested = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "composer")
        self._words = words
        self._busy = False
        self._enabled = True
        self.history: list[str] = []
        self.edit = QuestionEdit()
        self.edit.submitted.connect(self.submit)
        self.edit.previous_wanted.connect(self._recall)
        self.edit.focused.connect(lambda on: restyle(self, focused=on))
        self.edit.textChanged.connect(self._update_button)
        self.attention_box = self._combo(ATTENTION_MODES)
        self.prefill_box = self._combo(PREFILL_MODES)
        self._hint = label("small")
        self.send_button = button("primary", "send", role="accent_text", size=18)
        self.send_button.setFixedSize(38, 32)
        self.send_button.setStyleSheet("padding: 0;")
        self.send_button.clicked.connect(self._on_button)
        rows = column(self, margins=(12, 9, 9, 8), gap=4)
        rows.addWidget(self.edit)
        row = line(gap=3)
        row.addWidget(self.attention_box)
        row.addWidget(self.prefill_box)
        row.addStretch(1)
        row.addWidget(self._hint)
        row.addSpacing(6)
        row.addWidget(self.send_button)
        rows.addLayout(row)
        self.setFocusProxy(self.edit)
        self.retranslate()

    def _combo(self, modes: tuple[str, ...]) -> QComboBox:
        combo = QComboBox()
        combo.setProperty("kind", "quiet")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for mode in modes:
            combo.addItem(mode, mode)
        combo.installEventFilter(self)
        return combo

    @property
    def attention(self) -> AttentionMode:
        """The attention mode chosen."""
        return cast("AttentionMode", self.attention_box.currentData())

    @property
    def prefill(self) -> PrefillMode:
        """The prefill mode chosen."""
        return cast("PrefillMode", self.prefill_box.currentData())

    def choose_baseline(self) -> None:
        """Set both switches to what always works."""
        self.attention_box.setCurrentIndex(0)
        self.prefill_box.setCurrentIndex(0)

    def set_busy(self, busy: bool) -> None:
        """Turn the send button into a stop button while an answer is made."""
        self._busy = busy
        self._update_button()

    def set_ready(self, ready: bool) -> None:
        """Say whether there is anything to ask about."""
        self._enabled = ready
        self.retranslate()

    def submit(self) -> None:
        """Send the question if there is one and no answer is being made."""
        question = self.edit.toPlainText().strip()
        if question and self._enabled and not self._busy:
            self.edit.clear()
            self.asked.emit(question, self.attention, self.prefill)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.edit.setPlaceholderText(
            self.tr("Ask about your documents…")
            if self._enabled
            else self.tr("Add documents first, then ask about them here.")
        )
        name(self.edit, self.tr("Question"), "")
        self._hint.setText(self.tr("Enter sends · Shift+Enter: new line"))
        for box, words in (
            (self.attention_box, self._words.attention),
            (self.prefill_box, self._words.prefill),
        ):
            for row in range(box.count()):
                box.setItemText(row, words(box.itemData(row)))
        name(self.attention_box, self.tr("Attention mode of the model"))
        name(self.prefill_box, self.tr("How the model reads the passages"))
        self._update_button()

    def resizeEvent(self, event: object) -> None:
        """Drop the hint where there is no room for it."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._hint.setVisible(self.width() > 620)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from changing a mode by accident."""
        if event.type() == QEvent.Type.Wheel and watched in (self.attention_box, self.prefill_box):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _on_button(self) -> None:
        if self._busy:
            self.stop_requested.emit()
        else:
            self.submit()

    def _recall(self) -> None:
        if self.history:
            self.edit.setPlainText(self.history[-1])
            self.edit.selectAll()

    def _update_button(self) -> None:
        has_text = bool(self.edit.toPlainText().strip())
        self.send_button.setEnabled(self._busy or (has_text and self._enabled))
        if self._busy:
            bind_icon(self.send_button, "stop", role="accent_text", fallback="■")
            name(self.send_button, self.tr("Stop (Esc)"))
        else:
            bind_icon(self.send_button, "send", role="accent_text", fallback="↑")
            name(self.send_button, self.tr("Ask (Enter)"))
