"""One column of a comparison: an answer under a letter until its attention is revealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from app.i18n import Words
from app.models.answer_pieces import Piece, pieces_of
from app.views.compare.source_bars import SourceBars
from app.views.rich_text import RichText
from app.views.widgets import Translated, column, frame, label
from engine.events import AnswerFinished, PromptPrefilled, TokensGenerated
from engine.records import Answer, AttentionChoice, SourceAttention

SidePhase = Literal["waiting", "reading", "writing", "done"]


class SideColumn(Translated, QFrame):
    """Follows the events of one side.

    Nothing in it names a mode, a kernel or a speed before :meth:`reveal`: all of them would
    tell which side is which.

    Signals:
        chip_clicked: Number of a passage.
    """

    chip_clicked = Signal(int)

    def __init__(self, letter: str, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.letter = letter
        self._words = words
        self.phase: SidePhase = "waiting"
        self.answer: Answer | None = None
        self.choice: AttentionChoice | None = None
        self._different: Sequence[tuple[int, int]] = ()
        self._streamed = ""
        self._build()
        self.retranslate()

    # --- following ---------------------------------------------------------------------

    def take(self, event: PromptPrefilled | TokensGenerated | AnswerFinished) -> None:
        """Show one more event."""
        if isinstance(event, PromptPrefilled):
            self._bar.setValue(round(100 * event.n_done / max(1, event.n_total)))
            self._set_phase("reading")
        elif isinstance(event, TokensGenerated):
            self._stream(event.text)
        else:
            self.show_answer(event.answer)

    def show_answer(self, answer: Answer, different: Sequence[tuple[int, int]] = ()) -> None:
        """Show the final text.

        Args:
            answer: The answer of this side.
            different: Offsets into its bare text that the other side does not have.
        """
        self.answer = answer
        self._different = different
        self._set_phase("done")
        self.retranslate()

    def reveal(
        self, choice: AttentionChoice, attention: SourceAttention | None, scale: float
    ) -> None:
        """Say which attention wrote this, how fast, and where it looked."""
        self.choice = choice
        if self.answer is not None:
            self.bars.show_attention(attention, self.answer.passages, scale)
        self.retranslate()

    # --- drawing -----------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The heading."""
        return self._title.text()

    @property
    def facts(self) -> str:
        """What ran and how fast; empty before it is revealed."""
        return self._facts.text()

    @property
    def notice(self) -> str:
        """What the user should know about this answer."""
        return self._notice_text.text()

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self.text.refresh_theme()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._title.setText(self.heading())
        self.text.setAccessibleName(self.tr("Answer {letter}").format(letter=self.letter))
        self.setAccessibleName(self._title.text())
        if self.answer is not None:
            self._show_final(self.answer)
        self._show_phase()

    def heading(self) -> str:
        """Return the letter, with the setting once it is known."""
        if self.choice is None:
            return self.letter
        setting = self._words.attention.setting(self.choice.mode, self.choice.prefill)
        return f"{self.letter} · {setting}"

    def _build(self) -> None:
        self._title = label("heading", wrap=True)
        self._status = label("muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(220)
        self.text = RichText()
        self.text.chip_clicked.connect(self.chip_clicked)
        self._notice = frame("notice")
        self._notice_text = label("", wrap=True, selectable=True)
        column(self._notice, margins=(11, 7, 11, 7)).addWidget(self._notice_text)
        self._facts = label("small", wrap=True, selectable=True)
        self.bars = SourceBars(self._words)
        self.bars.chosen.connect(self.chip_clicked)
        rows = column(self, margins=(14, 11, 14, 12), gap=8)
        for widget in (self._title, self._status, self._bar, self.text, self._notice):
            rows.addWidget(widget)
        rows.addStretch(1)
        rows.addWidget(self._facts)
        rows.addWidget(self.bars)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(150)
        self._title.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def _stream(self, text: str) -> None:
        if not self._streamed:
            text = text.lstrip()
            self.text.show_pieces([Piece(text)])
        else:
            self.text.append_text(text)
        self._streamed += text
        self._set_phase("writing")

    def _show_final(self, answer: Answer) -> None:
        self.text.show_pieces(
            pieces_of(
                answer.generated,
                answer.citations,
                len(answer.passages),
                different=self._different,
            ),
            unsupported_tip=self.tr("No passage in your documents supports this sentence."),
            different_tip=self.tr("The other answer does not have this."),
        )
        self._notice_text.setText("\n".join(self._words.notices(answer)))
        if self.choice is not None:
            self._facts.setText(self._measured(answer))

    def _measured(self, answer: Answer) -> str:
        names, use = self._words.attention, answer.attention
        ran = f"{names.mode(use.mode)} · {names.use(use)}"
        remarks = (self._words.notice(note) for note in use.notes)
        return "\n".join((self._words.speed(answer.stats), ran, *remarks))

    def _set_phase(self, phase: SidePhase) -> None:
        self.phase = phase
        self._show_phase()

    def _show_phase(self) -> None:
        words = {
            "waiting": self.tr("The answers are written one after the other…"),
            "reading": self.tr("Reading the passages…"),
        }
        text = words.get(self.phase, "")
        self._status.setText(text)
        self._status.setVisible(bool(text))
        self._bar.setVisible(self.phase == "reading")
        written = self.answer.generated if self.answer is not None else self._streamed
        self.text.setVisible(bool(written))
        done = self.phase == "done"
        self._notice.setVisible(done and bool(self._notice_text.text()))
        known = done and self.choice is not None and self.answer is not None
        self._facts.setVisible(known)
        self.bars.setVisible(known and bool(written))
