"""What the model wrote and the documents do not support, folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.views.folded_list import FoldedList
from app.views.widgets import label
from engine.records import Citation, Lack


class LeftOutView(FoldedList):
    """A line that says how many sentences were left out, and unfolds them with the reasons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=6)
        self._sentences: tuple[Citation, ...] = ()
        self.retranslate()

    @property
    def lines(self) -> list[str]:
        """Sentences and reasons, as shown."""
        return [text for each in self._sentences for text in (each.sentence, self._why(each.lack))]

    def show_sentences(self, sentences: Sequence[Citation]) -> None:
        """Offer these; nothing at all if there are none."""
        self._sentences = tuple(sentences)
        self._show_folded(bool(self._sentences))

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._entitle(self._title())
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
