"""How a follow-up was completed, and the way to say it in other words."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.views.question_edit import QuestionEdit
from app.views.widgets import Translated, button, column, frame, label, line, name, restyle


def differs(question: str, query: str) -> bool:
    """Tell whether something else was searched for than the question, as people read it."""
    return bool(query.strip()) and _plain(question) != _plain(query)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class UnderstoodView(Translated, QWidget):
    """The line "Understood as: …"; hidden where the question says it all.

    Signals:
        reworded: The question to ask instead.
    """

    reworded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._text = label("small", wrap=True, selectable=True)
        self.edit_button = button("quiet", "edit", size=14)
        self.edit_button.setStyleSheet("padding: 2px 5px;")
        self.edit_button.clicked.connect(self._begin)
        self._build()
        self.retranslate()

    def show_query(self, question: str, query: str) -> None:
        """Show what was searched for, if the question does not say that itself."""
        self._query = query.strip() if differs(question, query) else ""
        if self._editor is not None:
            self._editor.hide()
        self._shown.show()
        self.setVisible(bool(self._query))
        self.retranslate()

    def set_last(self, is_last: bool) -> None:
        """Only the last question can be asked again."""
        self.edit_button.setVisible(is_last)

    @property
    def text(self) -> str:
        """The line, as shown."""
        return self._text.text()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._text.setText(self.tr("Understood as: {query}").format(query=self._query))
        name(self.edit_button, self.tr("Say it in other words and ask again"))
        if self._editor is not None:
            name(self.edit, self.tr("The question in other words"), "")
            self.ask_button.setText(self.tr("Ask again"))
            self.cancel_button.setText(self.tr("Cancel"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question as it was."""
        if event.key() == Qt.Key.Key_Escape and not self._shown.isVisible():
            self._cancel()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self._editor: QWidget | None = None
        self._shown = QWidget()
        shown = line(self._shown, gap=4)
        shown.addWidget(self._text, 1)
        shown.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignTop)
        self._rows = column(self, gap=0)
        self._rows.addWidget(self._shown)
        self.hide()

    def _build_editor(self) -> QWidget:
        """Make the box to write in; most answers never need it."""
        made = QWidget()
        self.edit = QuestionEdit()
        self.edit.submitted.connect(self._finish)
        self.ask_button, self.cancel_button = button("primary"), button("quiet")
        self.ask_button.clicked.connect(self._finish)
        self.cancel_button.clicked.connect(self._cancel)
        box = frame("composer")
        self.edit.focused.connect(lambda on: restyle(box, focused=on))
        column(box, margins=(8, 3, 8, 3)).addWidget(self.edit)
        editor = column(made, gap=5)
        editor.addWidget(box)
        buttons = line(gap=4)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.ask_button)
        editor.addLayout(buttons)
        self._rows.addWidget(made)
        return made

    def _begin(self) -> None:
        if self._editor is None:
            self._editor = self._build_editor()
            self.retranslate()
        self.edit.setPlainText(self._query)
        self._shown.hide()
        self._editor.show()
        self.edit.setFocus()
        self.edit.selectAll()

    def _cancel(self) -> None:
        if self._editor is not None:
            self._editor.hide()
        self._shown.show()
        self.edit_button.setFocus()

    def _finish(self) -> None:
        question = self.edit.toPlainText().strip()
        if question:
            self.reworded.emit(question)
