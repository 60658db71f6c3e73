"""What a question was taken for, as a badge that lets the user choose another kind."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.i18n import Words
from app.views.widgets import Translated, name
from engine.records import QuestionKind


class KindBadge(Translated, QPushButton):
    """The kind of an answer; a click or a key opens the menu of kinds.

    Signals:
        kind_chosen: The :class:`QuestionKind` to ask again with; not the one in force.
    """

    kind_chosen = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "badge")
        self.setAutoDefault(False)
        self._words = words.kinds
        self._kind: QuestionKind = "talk"
        self._is_last = True
        self.clicked.connect(self._open)
        self.retranslate()

    def show_kind(self, kind: QuestionKind) -> None:
        """Show what a question was taken for; nothing where it was said to the program."""
        self._kind = kind
        self.retranslate()

    def set_last(self, is_last: bool) -> None:
        """Only the last question can be asked again."""
        self._is_last = is_last
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        shown = self._words.kind(self._kind)
        self.setText(f"{shown} \u25be" if self._is_last else shown)
        self.setEnabled(self._is_last)
        self.setVisible(bool(shown))
        purpose = self._words.purposes().get(self._kind, "")
        if self._is_last:
            spoken = self.tr("Answered as: {kind}. Choose another kind of answer")
            tip = self.tr("{purpose}. Click to choose another kind of answer.")
            name(self, spoken.format(kind=shown), tip.format(purpose=purpose))
        else:
            name(self, self.tr("Answered as: {kind}").format(kind=shown), purpose)

    def menu_of_kinds(self) -> QMenu:
        """Return a new menu of all kinds, the one in force checked."""
        menu, group = QMenu(self), QActionGroup(self)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName(self.tr("Kinds of answers"))
        purposes = self._words.purposes()
        for kind, shown in self._words.kinds().items():
            entry = menu.addAction(shown)
            entry.setToolTip(purposes[kind])
            entry.setCheckable(True)
            entry.setChecked(kind == self._kind)
            group.addAction(entry)
            entry.triggered.connect(lambda _=False, chosen=kind: self._choose(chosen))
        return menu

    def _open(self) -> None:
        menu = self.menu_of_kinds()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _choose(self, kind: QuestionKind) -> None:
        if kind != self._kind:
            self.kind_chosen.emit(kind)
