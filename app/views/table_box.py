"""Where the table of an answer stands: in sight, or folded away where the text says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
        table: The table.
    """

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold = button("link")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self.table = AnswerTableView(words)
        top = line()
        top.addWidget(self.fold)
        top.addStretch(1)
        rows = column(self, gap=4)
        rows.addLayout(top)
        rows.addWidget(self.table)
        self.hide()

    def show_table_of(self, answer: Answer, sources: Mapping[int, str]) -> None:
        """Show the table of an answer, if it has one.

        Args:
            answer: The answer.
            sources: Document and place by number.
        """
        table = answer.table
        filled = table is not None and bool(table.rows and table.columns)
        self.table.show_table(table, sources)
        folded = says_the_same(answer)
        self.fold.setChecked(not folded)
        self.fold.setVisible(folded)
        self.table.setVisible(filled and not folded)
        self.setVisible(filled)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        title = self.tr("As a table (%Ln row(s))", "", len(self.table.rows.table.rows))
        self.fold.setText(f"\u25be {title}" if self.fold.isChecked() else f"\u25b8 {title}")
        name(self.fold, title)

    def _unfold(self, unfolded: bool) -> None:
        self.table.setVisible(unfolded)
        self.retranslate()
