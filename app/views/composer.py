"""Where questions are typed, and with which attention they are asked or compared."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import Words
from app.theme.icons import bind_icon
from app.views.mode_box import ModeBox
from app.views.question_edit import QuestionEdit
from app.views.widgets import Translated, button, column, label, line, name, restyle
from engine.attention.registry import ATTENTION, PREFILLS
from engine.records import AttentionChoice, AttentionMode, KernelChoice, Notice, PrefillMode

_ROOMY = 600
"""Below this width the compare button is an icon and the hint goes."""


class Composer(Translated, QFrame):
    """The question box with its switches.

    Signals:
        asked: Question, and the :class:`AttentionChoice` to answer it with.
        compare_asked: Question; :attr:`choices` are the two settings.
        stop_requested: The user wants the answer to end.
        drafted: What stands in the box now, and the :class:`AttentionChoice` that it would be
            answered with; None while it would be compared.
    """

    asked = Signal(str, object)
    compare_asked = Signal(str)
    stop_requested = Signal()
    drafted = Signal(str, object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "composer")
        self._words = words
        self._busy = False
        self._enabled = True
        self._reasons: Mapping[AttentionMode, Notice | None] = {}
        self._kernel: KernelChoice = "auto"
        self.history: list[str] = []
        self.edit = QuestionEdit()
        self.edit.submitted.connect(self.submit)
        self.edit.previous_wanted.connect(self._recall)
        self.edit.focused.connect(lambda on: restyle(self, focused=on))
        self.edit.textChanged.connect(self._update_button)
        self.edit.textChanged.connect(self._tell_draft)
        self._begun_with: AttentionMode = "baseline"
        self._preferred: AttentionMode = "baseline"
        self._build()
        self.setFocusProxy(self.edit)
        self.retranslate()

    # --- building ----------------------------------------------------------------------

    def _build(self) -> None:
        self.attention_box, self.prefill_box = self._boxes()
        self.second_attention_box, self.second_prefill_box = self._boxes()
        self.compare_button = button("quiet", "compare", size=16)
        self.compare_button.setCheckable(True)
        self.compare_button.toggled.connect(self._on_compare_toggled)
        self._with = label("small")
        self._with.setContentsMargins(8, 0, 0, 0)
        self._hint = label("small")
        self.send_button = button("primary", "send", role="accent_text", size=18)
        self.send_button.setFixedSize(38, 32)
        self.send_button.setStyleSheet("padding: 0;")
        self.send_button.clicked.connect(self._on_button)
        rows = column(self, margins=(12, 9, 9, 8), gap=4)
        rows.addWidget(self.edit)
        row = line(gap=6)
        row.addLayout(self._build_switches(), 1)
        row.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        rows.addLayout(row)

    def _boxes(self) -> tuple[ModeBox, ModeBox]:
        words = self._words.attention
        boxes = ModeBox(ATTENTION.names, words.mode), ModeBox(PREFILLS.names, words.prefill)
        for box in boxes:
            box.currentIndexChanged.connect(self._update_button)
            box.currentIndexChanged.connect(self._tell_draft)
        return boxes

    def _build_switches(self) -> QVBoxLayout:
        first = line(gap=3)
        first.addWidget(self.attention_box)
        first.addWidget(self.prefill_box)
        first.addWidget(self.compare_button)
        first.addStretch(1)
        self._second = QWidget()
        second = line(self._second, gap=3)
        second.addWidget(self._with)
        second.addWidget(self.second_attention_box)
        second.addWidget(self.second_prefill_box)
        second.addStretch(1)
        self._second.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._second.hide()
        rows = column(gap=2)
        rows.addLayout(first)
        rows.addWidget(self._second)
        return rows

    # --- what is chosen ----------------------------------------------------------------

    @property
    def attention(self) -> AttentionMode:
        """The attention mode chosen."""
        return self.attention_box.mode

    @property
    def prefill(self) -> PrefillMode:
        """The prefill mode chosen."""
        return self.prefill_box.mode

    @property
    def comparing(self) -> bool:
        """Whether the next question is answered under two settings."""
        return self.compare_button.isChecked()

    @property
    def choice(self) -> AttentionChoice:
        """What a question is answered with."""
        return AttentionChoice(self.attention, self.prefill, self._kernel)

    @property
    def choices(self) -> tuple[AttentionChoice, AttentionChoice]:
        """Both settings that a question is compared under."""
        second = AttentionChoice(
            self.second_attention_box.mode, self.second_prefill_box.mode, self._kernel
        )
        return self.choice, second

    def choose_baseline(self) -> None:
        """Set both switches to what always works."""
        self.attention_box.setCurrentIndex(0)
        self.prefill_box.setCurrentIndex(0)

    def toggle_compare(self) -> None:
        """Switch comparing on or off."""
        self.compare_button.toggle()
        self.edit.setFocus()

    def set_available(
        self,
        reasons: Mapping[AttentionMode, Notice | None],
        preferred: AttentionMode,
        kernel: KernelChoice = "auto",
    ) -> None:
        """Take over which modes can run with this chat model, and begin with the preferred one.

        What the user has chosen instead of the last preferred mode stays chosen.

        Args:
            reasons: By mode, the engine's reason against it; None if it can run.
            preferred: Mode to begin with.
            kernel: The setting; llama.cpp's own attention runs nothing but the ordinary.
        """
        self._reasons, self._preferred, self._kernel = reasons, preferred, kernel
        if self.attention == self._begun_with:
            self.attention_box.choose(preferred)
            self._begun_with = preferred
        self._retranslate_modes()

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
        if not question or not self._can_send():
            return
        self.edit.clear()
        self.ask(question)

    def ask(self, question: str) -> None:
        """Ask for an answer, or for a comparison, with what is chosen here."""
        if self.comparing:
            self.compare_asked.emit(question)
        else:
            self.asked.emit(question, self.choice)

    # --- words -------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.edit.setPlaceholderText(
            self.tr("Ask about your documents…")
            if self._enabled
            else self.tr("Add documents first, then ask about them here.")
        )
        name(self.edit, self.tr("Question"), "")
        self._with.setText(self.tr("compared with"))
        self._retranslate_modes()
        self._fit_width()

    def _retranslate_modes(self) -> None:
        attention, prefill = self._words.unavailable(self._reasons, self._kernel)
        known = self._words.attention.measured(self._preferred)
        mode_title = self.tr("Attention mode of the model")
        prefill_title = self.tr("How the model reads the passages")
        self.attention_box.show_modes(mode_title, attention, known)
        self.prefill_box.show_modes(prefill_title, prefill)
        compared = self.tr("{what} (second answer)")
        self.second_attention_box.show_modes(compared.format(what=mode_title), attention, known)
        self.second_prefill_box.show_modes(compared.format(what=prefill_title), prefill)
        self._update_button()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop words where there is no room for them."""
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        roomy = self.width() > _ROOMY
        self.compare_button.setText(self.tr("Compare") if roomy else "")
        self._update_button()

    # --- acting ------------------------------------------------------------------------

    def _on_compare_toggled(self, on: bool) -> None:
        if on and self.choices[0] == self.choices[1]:
            other = self.second_attention_box.first_that_runs(but=self.attention)
            others = (mode for mode in ATTENTION.names if mode != self.attention)
            self.second_attention_box.choose(other or next(others))
        self._second.setVisible(on)
        self._update_button()
        self._tell_draft()

    def _on_button(self) -> None:
        if self._busy:
            self.stop_requested.emit()
        else:
            self.submit()

    def _tell_draft(self) -> None:
        self.drafted.emit(self.edit.toPlainText(), None if self.comparing else self.choice)

    def _recall(self) -> None:
        if self.history:
            self.edit.setPlainText(self.history[-1])
            self.edit.selectAll()

    def _can_send(self) -> bool:
        twice_the_same = self.comparing and self.choices[0] == self.choices[1]
        return self._enabled and not self._busy and not twice_the_same

    def _update_button(self) -> None:
        has_text = bool(self.edit.toPlainText().strip())
        self.send_button.setEnabled(self._busy or (has_text and self._can_send()))
        name(
            self.compare_button,
            self.tr("Compare two attention settings on the same evidence (Ctrl+D)"),
        )
        if self._busy:
            bind_icon(self.send_button, "stop", role="accent_text", fallback="■")
            name(self.send_button, self.tr("Stop (Esc)"))
        else:
            bind_icon(self.send_button, "send", role="accent_text", fallback="↑")
            words = self.tr("Compare (Enter)") if self.comparing else self.tr("Ask (Enter)")
            name(self.send_button, words)
        self._update_hint()

    def _update_hint(self) -> None:
        same = self.comparing and self.choices[0] == self.choices[1]
        self._hint.setText(
            self.tr("Choose two different settings")
            if same
            else self.tr("Enter sends · Shift+Enter: new line")
        )
        self._hint.setProperty("role", "warning" if same else "small")
        restyle(self._hint)
        self._hint.setVisible(same or self.width() > _ROOMY + 120)
