"""The conditions of a plan: one line each, to add, change and remove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from app.i18n import Words
from app.i18n.plan_words import PlanWords
from app.views.widgets import Translated, button, column, line, name
from engine.records import Relation, RowFilter


class FilterRow(Translated, QWidget):
    """One condition.

    Signals:
        changed: Something else stands there.
        removed: The user does not want it.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, condition: RowFilter, columns: Sequence[str], words: Words) -> None:
        super().__init__()
        self._words = words.plans
        self.column = QComboBox()
        self.relation = QComboBox()
        for box in (self.column, self.relation):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.value = QLineEdit(condition.value)
        self.remove = button("quiet", "close", size=14)
        self.remove.clicked.connect(self.removed)
        for relation, shown in self._words.relations().items():
            self.relation.addItem(shown, relation)
        self.relation.setCurrentIndex(self.relation.findData(condition.relation))
        self.show_columns([condition.column, *columns] if condition.column else columns)
        row = line(self, gap=6)
        row.addWidget(self.column, 4)
        row.addWidget(self.relation, 3)
        row.addWidget(self.value, 4)
        row.addWidget(self.remove)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.column.currentIndexChanged.connect(self.changed)
        self.relation.currentIndexChanged.connect(self.changed)
        self.value.textChanged.connect(self.changed)
        self.retranslate()

    @property
    def condition(self) -> RowFilter:
        """What stands there."""
        relation = cast("Relation", self.relation.currentData())
        column = str(self.column.currentData() or "")
        return RowFilter(column, relation, self.value.text().strip())

    def show_columns(self, columns: Sequence[str]) -> None:
        """Offer columns; the one chosen stays chosen."""
        offer(self.column, columns, self._words)

    def retranslate(self) -> None:
        """Set every visible string again."""
        name(self.column, self.tr("Column of the condition"), "")
        name(self.relation, self.tr("Relation"), "")
        name(self.value, self.tr("Value of the condition"), "")
        name(self.remove, self.tr("Remove this condition"))


class FilterRows(Translated, QWidget):
    """All conditions.

    Signals:
        changed: Something else stands there.
    """

    changed = Signal()

    def __init__(
        self, conditions: Sequence[RowFilter], columns: Sequence[str], words: Words
    ) -> None:
        super().__init__()
        self._words = words
        self._columns = list(columns)
        self.rows: list[FilterRow] = []
        self.add_button = button("quiet", "plus", size=14)
        self.add_button.clicked.connect(self._add_empty)
        self._list = column(gap=6)
        below = line()
        below.addWidget(self.add_button)
        below.addStretch(1)
        parts = column(self, gap=4)
        parts.addLayout(self._list)
        parts.addLayout(below)
        for condition in conditions:
            self.add(condition)
        self.retranslate()

    @property
    def conditions(self) -> tuple[RowFilter, ...]:
        """Those that have a value."""
        found = (row.condition for row in self.rows)
        return tuple(each for each in found if each.value and each.column)

    def add(self, condition: RowFilter) -> FilterRow:
        """Add a condition."""
        row = FilterRow(condition, self._columns, self._words)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._list.addWidget(row)
        self.changed.emit()
        return row

    def show_columns(self, columns: Sequence[str]) -> None:
        """Offer columns in all conditions."""
        self._columns = list(columns)
        for row in self.rows:
            row.show_columns(columns)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.add_button.setText(self.tr("Add a condition"))

    def _add_empty(self) -> None:
        self.add(RowFilter("", "=", "")).value.setFocus()

    def _remove(self, row: FilterRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.add_button.setFocus()
        self.changed.emit()


def offer(
    box: QComboBox, columns: Sequence[str], words: PlanWords, *, none: str | None = None
) -> None:
    """Fill a box with columns; what was chosen stays chosen, even if it is not among them.

    Args:
        box: The box; the data of an entry is the column's name.
        columns: Names; each is offered once.
        words: For what stands for a column.
        none: Words for no column; None if there must be one.
    """
    chosen = box.currentData()
    offered = [each for each in dict.fromkeys([*columns, chosen]) if each]
    box.blockSignals(True)
    box.clear()
    if none is not None:
        box.addItem(none, "")
    for each in offered:
        box.addItem(words.column(each), each)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
