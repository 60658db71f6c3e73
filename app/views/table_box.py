"""Where the table of an answer stands: in sight, or folded away where the text says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Words
from app.views.answer_table_view import AnswerTableView
from app.views.widgets import Translated, button, column, line, name
from engine.records import Answer

_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s", re.MULTILINE)
_LISTED = frozenset({"list", "count", "find"})
"""Kinds whose text lists what stands in the table."""


def says_the_same(answer: Answer) -> bool:
    """Tell whether the text of an answer lists what its table has."""
    return answer.kind in _LISTED and _ITEM.search(answer.generated) is not None


class TableBox(Translated, QWidget):
    """The table, and a line that unfolds it where it is folded away.

    Attributes:
        fold: The line; pressed while the table is shown.

    Signals:
        opened: Number of the source that the user wants to see.
    """

    opened = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold = button("link")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self._words = words
        self._table: AnswerTableView | None = None
        top = line()
        top.addWidget(self.fold)
        top.addStretch(1)
        self._rows = column(self, gap=4)
        self._rows.addLayout(top)
        self.hide()

    @property
    def table(self) -> AnswerTableView:
        """The table, made when there is one: most answers of a conversation have none."""
        if self._table is None:
            self._table = AnswerTableView(self._words)
            self._table.opened.connect(self.opened)
            self._rows.addWidget(self._table)
        return self._table

    def show_table_of(self, answer: Answer, sources: Mapping[int, str]) -> None:
        """Show the table of an answer, if it has one.

        Args:
            answer: The answer.
            sources: Document and place by number.
        """
        table = answer.table
        filled = table is not None and bool(table.rows and table.columns)
        self.setVisible(filled)
        if not filled:
            return
        self.table.show_table(table, sources)
        folded = says_the_same(answer)
        self.fold.setChecked(not folded)
        self.fold.setVisible(folded)
        self.table.setVisible(not folded)
        self.retranslate()

    def refresh_theme(self) -> None:
        """Draw again in the colours now in force."""
        if self._table is not None:
            self._table.refresh_theme()

    def retranslate(self) -> None:
        """Set every visible string again."""
        if self._table is None:
            return
        title = self.tr("As a table (%Ln row(s))", "", len(self.table.rows.table.rows))
        self.fold.setText(f"\u25be {title}" if self.fold.isChecked() else f"\u25b8 {title}")
        name(self.fold, title)

    def _unfold(self, unfolded: bool) -> None:
        self.table.setVisible(unfolded)
        self.retranslate()
