"""The quoted sentences that an answer stands on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Words
from app.views.extract_view import ExtractView
from app.views.widgets import Translated, clear, column, label
from engine.records import Extract, RetrievedPassage


class EvidenceList(Translated, QWidget):
    """Heading and quotations; hidden while there are none.

    Signals:
        opened: Number of the passage a quotation stands in.
    """

    opened = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.extracts: tuple[Extract, ...] = ()
        self.views: list[ExtractView] = []
        self._title = label("section")
        self._rows = column(gap=9)
        rows = column(self, gap=8)
        rows.addWidget(self._title)
        rows.addLayout(self._rows)
        self.hide()
        self.retranslate()

    @property
    def title(self) -> str:
        """The heading."""
        return self._title.text()

    def show_extracts(
        self, extracts: tuple[Extract, ...], passages: tuple[RetrievedPassage, ...]
    ) -> None:
        """Show the sentences, each with its place."""
        if extracts == self.extracts:
            return
        self.extracts = extracts
        clear(self._rows)
        self.views = []
        by_number = {found.number: found for found in passages}
        for extract in extracts:
            view = ExtractView(extract, by_number.get(extract.number), self._words)
            view.opened.connect(self.opened)
            self._rows.addWidget(view)
            self.views.append(view)
        self.setVisible(bool(extracts))

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        for view in self.views:
            view.refresh_theme()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._title.setText(self.tr("FROM YOUR DOCUMENTS"))
