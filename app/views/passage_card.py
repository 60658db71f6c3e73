"""One retrieved passage in the sources pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.i18n import Words
from app.models.snippet import Snippet, snippet_of
from app.theme.icons import bind_icon
from app.views.marked_text import MarkedText
from app.views.widgets import Translated, column, label, line, name, restyle
from engine.records import RetrievedPassage


class PassageCard(Translated, QFrame):
    """Number, document, place, and the part of the passage around the quote.

    Signals:
        chosen: Number of the passage.
    """

    chosen = Signal(int)

    def __init__(
        self,
        found: RetrievedPassage,
        quotes: Sequence[tuple[int, int]],
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.found = found
        self._words = words
        self.setProperty("role", "card")
        self.setProperty("hoverable", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        number = label("number")
        number.setText(str(found.number))
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icon = label()
        bind_icon(icon, "file", size=15)
        self._title = label("", elided=True)
        self._title.setStyleSheet("font-weight: bold;")
        self._title.setText(found.passage.document.name)
        self._place = label("small", elided=True)
        self._text = MarkedText()
        top = line(gap=7)
        top.addWidget(number)
        top.addWidget(icon)
        top.addWidget(self._title, 1)
        rows = column(self, margins=(12, 10, 12, 10), gap=4)
        rows.addLayout(top)
        rows.addWidget(self._place)
        rows.addWidget(self._text)
        self.set_quotes(quotes)
        self.retranslate()

    def set_quotes(self, quotes: Sequence[tuple[int, int]]) -> None:
        """Mark other cited spans (offsets into the document's text)."""
        passage = self.found.passage
        local = [(s - passage.start, e - passage.start) for s, e in quotes]
        snippet: Snippet = snippet_of(passage.text, local)
        self._text.show_text(snippet.text, snippet.quotes)
        restyle(self, cited=bool(local))

    def set_selected(self, selected: bool) -> None:
        """Draw the card as the one that the viewer shows."""
        restyle(self, selected="true" if selected else "false")

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        self._text.refresh_theme()

    def retranslate(self) -> None:
        """Set every visible string again."""
        passage = self.found.passage
        place = self._words.location(passage.location)
        self._place.setText(place)
        self._place.setToolTip(place)  # the line may be shortened
        name(
            self,
            self.tr("Source {number}: {document}, {place}").format(
                number=self.found.number, document=passage.document.name, place=place
            ),
            passage.document.path,
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose on a click."""
        self.chosen.emit(self.found.number)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose on Return or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.found.number)
            return
        super().keyPressEvent(event)
