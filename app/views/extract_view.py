"""A sentence quoted from a document, with where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.i18n import Words
from app.models.answer_pieces import Piece
from app.views.rich_text import RichText
from app.views.widgets import Translated, column, label, name
from engine.records import Extract, RetrievedPassage


class ExtractView(Translated, QFrame):
    """One supporting sentence; clicking it anywhere shows it in its document.

    Signals:
        opened: Number of the passage it stands in.
    """

    opened = Signal(int)

    def __init__(
        self,
        extract: Extract,
        passage: RetrievedPassage | None,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "extract")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.extract = extract
        self._passage = passage
        self._words = words
        self._quote = RichText()
        self._quote.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._quote.chip_clicked.connect(self.opened)
        self._place = label("small", elided=True)
        layout = column(self, margins=(12, 2, 4, 2), gap=0)
        layout.addWidget(self._quote)
        layout.addWidget(self._place)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        place = ""
        if self._passage is not None:
            passage = self._passage.passage
            place = f"{passage.document.name} · {self._words.location(passage.location)}"
        self._place.setText(place)
        self._place.setToolTip(place)  # the line may be shortened
        quote = self.tr("“{quote}”").format(quote=" ".join(self.extract.quote.split()))
        self._quote.show_pieces([Piece(f"{quote} "), Piece(number=self.extract.number)])
        name(self, f"{self.extract.quote} ({place})", self.tr("Show this sentence in the document"))

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self._quote.refresh_theme()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open on a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.extract.number)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Return or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.extract.number)
            return
        super().keyPressEvent(event)
