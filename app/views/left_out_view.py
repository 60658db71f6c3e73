"""What the model wrote and the documents do not support, folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.views.widgets import Translated, button, clear, column, label, line, name
from engine.records import Citation, Lack


class LeftOutView(Translated, QWidget):
    """A line that says how many sentences were left out, and unfolds them with the reasons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences: tuple[Citation, ...] = ()
        self.fold = button("link")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self._list = QWidget()
        self._rows = column(self._list, margins=(12, 0, 0, 0), gap=6)
        top = line()
        top.addWidget(self.fold)
        top.addStretch(1)
        rows = column(self, gap=4)
        rows.addLayout(top)
        rows.addWidget(self._list)
        self._list.hide()
        self.hide()
        self.retranslate()

    @property
    def is_unfolded(self) -> bool:
        """Whether the sentences are shown."""
        return self.fold.isChecked()

    @property
    def lines(self) -> list[str]:
        """Sentences and reasons, as shown."""
        return [text for each in self._sentences for text in (each.sentence, self._why(each.lack))]

    def show_sentences(self, sentences: Sequence[Citation]) -> None:
        """Offer these; nothing at all if there are none."""
        self._sentences = tuple(sentences)
        self.fold.setChecked(False)
        self.setVisible(bool(self._sentences))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        mark = "\u25be" if self.is_unfolded else "\u25b8"
        text = self._title()
        self.fold.setText(f"{mark} {text}")
        name(self.fold, text)
        clear(self._rows)
        for at, each in enumerate(self.lines):
            self._rows.addWidget(shown := label("small" if at % 2 else "muted", wrap=True))
            shown.setText(each)

    def _title(self) -> str:
        if len(self._sentences) == 1:
            return self.tr("1 sentence left out because the documents do not support it")
        return self.tr("{n} sentences left out because the documents do not support them").format(
            n=len(self._sentences)
        )

    def _why(self, lack: Lack) -> str:
        reasons: dict[Lack, str] = {
            "number": self.tr("A number in it does not stand in what was found."),
            "date": self.tr("A date in it does not stand in what was found."),
            "name": self.tr("A name in it does not stand in what was found."),
            "together": self.tr("Names and numbers go together in another way in the documents."),
            "denied": self.tr("The documents say the opposite."),
            "link": self.tr("What stands in the documents is about something else."),
            "instruction": self.tr("Only a text that gives instructions to programs says so."),
        }
        return reasons.get(lack, self.tr("Nothing that was found speaks of it."))

    def _unfold(self, unfolded: bool) -> None:
        self._list.setVisible(unfolded)
        self.retranslate()
