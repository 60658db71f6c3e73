"""Changing what is computed from tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from composed_answers import PLAN, composed_answer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.i18n import LanguageManager, Words
from app.main_window import MainWindow
from app.views.dialogs.plan import PlanDialog
from engine.records import RowFilter, TableName, TablePlan
from engine.records.tables import TypedColumn

COLUMNS = ("Region", "Amount", "Month")


@pytest.fixture
def plans() -> list[TablePlan]:
    return []


@pytest.fixture
def dialog(qtbot, qapp, plans) -> Iterator[PlanDialog]:
    language = LanguageManager(qapp, "en")
    made = PlanDialog(PLAN, COLUMNS, Words(), None, done=plans.append)
    made.show()
    yield made
    if isValid(made):  # accepted, it deletes itself
        made.close()
    language.close()


def typed(*names: str, kind: str = "words") -> list[TypedColumn]:
    return [TypedColumn(n, name, kind, "", "", 1, 4, 4) for n, name in enumerate(names)]


def choose(box, data: object) -> None:
    box.setCurrentIndex(box.findData(data))


def test_it_begins_with_the_plan_and_gives_it_back(dialog: PlanDialog, plans) -> None:
    assert dialog.plan == PLAN
    assert (
        dialog.sentence.text() == "Sum of “Amount” in prices.xlsx, sheet Q1, where Region = Osaka"
    )
    dialog.accept()
    assert plans == [PLAN]


def test_every_part_can_be_changed(dialog: PlanDialog) -> None:
    choose(dialog.operation, "top")
    choose(dialog.column, "Month")
    choose(dialog.group, "Region")
    choose(dialog.order, False)
    dialog.limit.setValue(3)
    dialog.filters.rows[0].value.setText("Kyoto")
    assert dialog.plan == TablePlan(
        PLAN.tables, "top", "Month", (RowFilter("Region", "=", "Kyoto"),), "Region", False, 3
    )
    assert dialog.sentence.text().startswith("The 3 smallest “Month” in prices.xlsx")


def test_conditions_are_added_and_removed(dialog: PlanDialog) -> None:
    dialog.filters.add_button.click()
    added = dialog.filters.rows[1]
    assert dialog.plan.filters == PLAN.filters  # without a value it is none
    choose(added.column, "Amount")
    choose(added.relation, ">=")
    added.value.setText(" 100 ")
    assert dialog.plan.filters == (*PLAN.filters, RowFilter("Amount", ">=", "100"))
    dialog.filters.rows[0].remove.click()
    assert dialog.plan.filters == (RowFilter("Amount", ">=", "100"),)


def test_what_means_nothing_is_closed(dialog: PlanDialog) -> None:
    assert not dialog.limit.isEnabled() and not dialog.order.isEnabled()
    assert dialog.group.isEnabled()
    choose(dialog.operation, "list")
    assert dialog.limit.isEnabled() and not dialog.group.isEnabled()


def test_columns_that_come_later_leave_the_choice(dialog: PlanDialog) -> None:
    dialog.show_columns(typed("Branch", "Region", "", "Amount"))
    assert dialog.plan == PLAN
    offered = [dialog.column.itemText(n) for n in range(dialog.column.count())]
    assert offered == ["(whole rows)", "Branch", "Region", "Amount"]  # one without a name is none
    dialog.show_columns(())
    assert dialog.column.count() == 4


def test_dates_are_put_together_by_month_and_year_and_many_tables_by_sheet(qtbot, qapp) -> None:
    many = replace(PLAN, tables=(*PLAN.tables, TableName(8, "prices.xlsx, sheet Q2")))
    made = PlanDialog(many, COLUMNS, Words(), None, done=lambda _plan: None)
    made.show_columns([*typed("Region", "Amount"), *typed("Since", kind="date")])
    offered = [made.group.itemText(n) for n in range(made.group.count())]
    assert offered[3:] == ["Since", "Since, by month", "Since, by year", "sheet or file"]
    choose(made.group, "Since, by month")
    assert made.plan.group == "Since, by month"
    assert made.filters.rows[0].column.findData("sheet") > 0
    made.close()


def test_a_column_that_is_not_in_the_table_stays_in_the_plan(qtbot, qapp) -> None:
    gone = TablePlan(PLAN.tables, "sum", "Turnover", (RowFilter("Town", "=", "Nara"),))
    made = PlanDialog(gone, COLUMNS, Words(), None, done=lambda _plan: None)
    made.show_columns(typed(*COLUMNS))
    assert made.plan == gone
    made.close()


def test_calculating_again_replaces_the_turn(qtbot, indexed: MainWindow, engine) -> None:
    chat, view = indexed.program.chat, indexed.chat
    with qtbot.waitSignal(chat.turn_finished):
        view.composer.ask("What is the sum?")
    qtbot.waitUntil(lambda: not chat.busy)
    (key,) = view.cards
    view.cards[key].show_answer(composed_answer())
    view.cards[key].plan.change.click()
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, PlanDialog)]
    qtbot.waitUntil(lambda: dialog.column.findData("Month") > 0)
    choose(dialog.operation, "count")
    with qtbot.waitSignal(chat.turn_finished):
        dialog.accept()
    assert (engine.asked[-1].kind, engine.asked[-1].plan.operation) == ("table", "count")
    assert view.cards[key].plan.text.startswith("Calculated: Number of “Amount”")
