"""Search in the documents without asking a model."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget

from app.controllers.look_up import LookUpController
from app.i18n import Words
from app.views.dialogs.base import Dialog
from app.views.passage_card import PassageCard
from app.views.widgets import clear, column, label
from engine.records import RetrievedPassage

_TYPING_PAUSE_MS = 250


class SearchDialog(Dialog):
    """Ranked passages for what is typed.

    Signals:
        passage_chosen: A :class:`RetrievedPassage`, and all found with it.
    """

    passage_chosen = Signal(object, object)

    def __init__(
        self,
        collection: str,
        look_up: LookUpController,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=700)
        self.resize(700, 620)
        self._collection = collection
        self._look_up = look_up
        self._words = words
        self.found: tuple[RetrievedPassage, ...] = ()
        self.edit = QLineEdit()
        self.edit.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.edit.textChanged.connect(lambda _text: self._pause.start())
        self.edit.returnPressed.connect(self._search)
        self._note = label("muted", wrap=True)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        content = QWidget()
        content.setObjectName("column")
        self._list = column(content, margins=(0, 0, 6, 0))
        self._list.addStretch(1)
        scroll.setWidget(content)
        self.body.addWidget(self.edit)
        self.body.addWidget(self._note)
        self.body.addWidget(scroll, 1)
        self.buttons.addWidget(self.close_button)
        self.retranslate()
        self.edit.setFocus()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Search in “{collection}”").format(collection=self._collection))
        self.edit.setPlaceholderText(self.tr("Words or a whole question"))
        self.edit.setAccessibleName(self.tr("Search text"))
        self.close_button.setText(self.tr("Close"))

    def _search(self) -> None:
        query = self.edit.text().strip()
        self._pause.stop()
        if not query:
            self._take(())
            self._note.setText("")
            return
        self._note.setText(self.tr("Searching…"))
        self._look_up.search(query, self._collection, self._take, self._fail)

    def _take(self, found: tuple[RetrievedPassage, ...]) -> None:
        self.found = found
        clear(self._list)
        for each in found:
            card = PassageCard(each, (), self._words)
            card.chosen.connect(self._choose)
            self._list.addWidget(card)
        self._list.addStretch(1)
        self._note.setText(self.tr("%n passage(s), best first", "", len(found)))

    def _fail(self, error: Exception) -> None:
        self._take(())
        self._note.setText(self._words.error(error))

    def _choose(self, number: int) -> None:
        for each in self.found:
            if each.number == number:
                self.passage_chosen.emit(each, self.found)
        self.accept()
