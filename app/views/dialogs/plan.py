"""Changes what is computed from tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QWidget

from app.i18n import Words
from app.i18n.plan_words import BY_MONTH, BY_YEAR, SHEET
from app.views.dialogs.base import Dialog
from app.views.filter_rows import FilterRows, offer
from app.views.widgets import button, label
from engine.records import TableOperation, TablePlan, TypedColumn

_GROUPED: tuple[TableOperation, ...] = (
    "count", "sum", "mean", "minimum", "maximum", "group", "top", "difference",
)  # fmt: skip
_ORDERED: tuple[TableOperation, ...] = ("list", "top", "group")


class PlanDialog(Dialog):
    """The parts of a plan as fields, and the whole as a sentence.

    Args:
        plan: To begin with; its tables stay.
        columns: Names to choose from; :meth:`show_columns` brings more.
        words: Of the window.
        parent: The window.
        done: Takes the plan to compute.
    """

    def __init__(
        self,
        plan: TablePlan,
        columns: Sequence[str],
        words: Words,
        parent: QWidget | None,
        *,
        done: Callable[[TablePlan], object],
    ) -> None:
        super().__init__(parent, width=560)
        self._given = plan
        self._words = words.plans
        self._done = done
        self.operation, self.column, self.group = QComboBox(), QComboBox(), QComboBox()
        self.order = QComboBox()
        self.limit = QSpinBox()
        self.limit.setMaximum(10_000)
        self._columns: Sequence[str] = _known(plan, columns)
        self._groups = self._columns
        self.filters = FilterRows(plan.filters, self._columns, words)
        self._tables = label("", wrap=True)
        self.sentence = label("muted", wrap=True)
        self._names: list[QLabel] = []
        self._build()
        self._begin()
        self.retranslate()
        self._connect()
        self._follow()

    @property
    def plan(self) -> TablePlan:
        """What the fields say now."""
        operation = cast("TableOperation", self.operation.currentData())
        ordered = operation in _ORDERED
        return TablePlan(
            self._given.tables,
            operation,
            str(self.column.currentData() or ""),
            self.filters.conditions,
            str(self.group.currentData() or "") if operation in _GROUPED else "",
            bool(self.order.currentData()) if ordered else self._given.descending,
            self.limit.value() if ordered else 0,
        )

    def show_columns(self, columns: Sequence[TypedColumn]) -> None:
        """Offer the columns of the table itself."""
        names = [column.name for column in columns if column.name]
        if names:
            dates = [column.name for column in columns if column.kind == "date"]
            parts = [f"{name}{part}" for name in dates for part in (BY_MONTH, BY_YEAR)]
            sheets = [SHEET] if len(self._given.tables) > 1 else []
            self._columns, self._groups = [*names, *sheets], [*names, *parts, *sheets]
            self._offer()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("What is computed"))
        self._tables.setText(self._words.tables(self._given))
        self._offer()
        titles = (
            self.tr("Table"),
            self.tr("Operation"),
            self.tr("Column"),
            self.tr("Conditions"),
            self.tr("For each"),
            self.tr("Order"),
            self.tr("At most"),
        )
        for shown, title in zip(self._names, titles, strict=True):
            shown.setText(title)
        fields = (self.operation, self.column, self.filters, self.group, self.order, self.limit)
        for field, title in zip(fields, titles[1:], strict=True):
            field.setAccessibleName(title)
        self.order.setItemText(0, self.tr("Largest first"))
        self.order.setItemText(1, self.tr("Smallest first"))
        self.limit.setSpecialValueText(self.tr("all rows"))
        self.close_button.setText(self.tr("Cancel"))
        self._ok.setText(self.tr("Calculate again"))

    def accept(self) -> None:
        """Pass the plan on and close."""
        plan = self.plan
        super().accept()
        self._done(plan)

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields = (
            self._tables, self.operation, self.column, self.filters,
            self.group, self.order, self.limit,
        )  # fmt: skip
        for field in fields:
            self._names.append(label("muted"))
            form.addRow(self._names[-1], field)
        self._ok = button("primary")
        self._ok.setDefault(True)
        self._ok.clicked.connect(self.accept)
        self.body.addLayout(form)
        self.body.addWidget(self.sentence)
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self._ok)

    def _begin(self) -> None:
        """Set the fields to the plan that was given."""
        plan = self._given
        for operation, shown in self._words.operations().items():
            self.operation.addItem(shown, operation)
        self.operation.setCurrentIndex(self.operation.findData(plan.operation))
        for box, chosen in ((self.column, plan.column), (self.group, plan.group)):
            box.addItem(chosen, chosen)
        for descending in (True, False):
            self.order.addItem("", descending)
        self.order.setCurrentIndex(0 if plan.descending else 1)
        self.limit.setValue(plan.limit)

    def _offer(self) -> None:
        offer(self.column, self._columns, self._words, none=self.tr("(whole rows)"))
        offer(self.group, self._groups, self._words, none=self.tr("(none)"))
        self.filters.show_columns(self._columns)

    def _connect(self) -> None:
        for box in (self.operation, self.column, self.group, self.order):
            box.currentIndexChanged.connect(self._follow)
        self.limit.valueChanged.connect(self._follow)
        self.filters.changed.connect(self._follow)

    def _follow(self) -> None:
        """Say what the fields mean, and close those that mean nothing."""
        operation = self.operation.currentData()
        self.group.setEnabled(operation in _GROUPED)
        self.order.setEnabled(operation in _ORDERED)
        self.limit.setEnabled(operation in _ORDERED)
        self.sentence.setText(self._words.plan(self.plan))
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        """Make room for another condition or a longer sentence."""
        wanted = self.heightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)


def _known(plan: TablePlan, columns: Sequence[str]) -> list[str]:
    """Return the columns that are known before the table is looked at."""
    named = (plan.column, plan.group, *(each.column for each in plan.filters), *columns)
    return [each for each in dict.fromkeys(named) if each]
