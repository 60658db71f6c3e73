"""The table of an answer: order, sources, copying, keys, and that it never tears the layout."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from composed_answers import TABLE, composed_answer, passages
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.i18n import LanguageManager, Words
from app.models.answer_copy import answer_as_text
from app.views.answer_card import AnswerCard
from app.views.answer_table_view import AnswerTableView
from app.views.passage_card import PassageCard
from engine.records import AnswerRow, AnswerTable, Extract, Location

PLACES = {1: "a.xlsx", 2: "b.xlsx", 3: "c.txt"}


@pytest.fixture
def view(qtbot, qapp) -> Iterator[AnswerTableView]:
    language = LanguageManager(qapp, "en")
    made = AnswerTableView(Words())
    qtbot.addWidget(made)
    made.resize(560, 10)
    made.show_table(TABLE, PLACES)
    made.show()
    yield made
    language.close()


def shown(view: AnswerTableView, column: int) -> list[str]:
    rows = range(view.rows.rowCount())
    return [str(view.rows.index(row, column).data() or "") for row in rows]


def test_possible_rows_stand_below_a_line_of_their_own(view: AnswerTableView) -> None:
    assert shown(view, 1) == ["1,200", "300", "45.5", "", "20"]
    assert shown(view, 0)[3] == "Possibly" and view.columnSpan(3, 0) == 4
    spoken = view.rows.index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Kobe, near Osaka (Possibly)"


def test_a_click_on_a_heading_sorts_and_the_third_restores(qtbot, view: AnswerTableView) -> None:
    headings = view.horizontalHeader()
    middle = headings.sectionViewportPosition(1) + 20
    orders = []
    for _ in range(3):
        place = headings.viewport().rect().center()
        place.setX(middle)
        qtbot.mouseClick(headings.viewport(), Qt.MouseButton.LeftButton, pos=place)
        orders.append(shown(view, 1))
    assert orders == [
        ["45.5", "300", "1,200", "", "20"],
        ["1,200", "300", "45.5", "", "20"],
        ["1,200", "300", "45.5", "", "20"],
    ]
    assert headings.sortIndicatorSection() == -1


def test_the_menu_sorts_for_those_without_a_mouse(view: AnswerTableView) -> None:
    entries = {entry.text(): entry for entry in view.menu_for(TABLE.rows[0], 1).actions()}
    entries["Sort upwards by this column"].trigger()
    assert shown(view, 1)[:3] == ["45.5", "300", "1,200"]
    entries["Sort downwards by this column"].trigger()
    assert shown(view, 1)[:3] == ["1,200", "300", "45.5"]
    entries["Order of the answer"].trigger()
    assert view.horizontalHeader().sortIndicatorSection() == -1


def test_numbers_stand_at_the_right(view: AnswerTableView) -> None:
    alignment = view.rows.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight
    alignment = view.rows.index(0, 0).data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignLeft


def test_a_chip_or_return_opens_the_source(qtbot, view: AnswerTableView) -> None:
    chip = view.visualRect(view.rows.index(1, view.rows.source_column)).center()
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=chip)
    assert opened.args == [2]
    view.setCurrentIndex(view.rows.index(2, 0))
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [3]
    view.setCurrentIndex(view.rows.index(3, 0))
    with qtbot.assertNotEmitted(view.opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_ctrl_c_copies_the_selected_rows_or_all(qtbot, view: AnswerTableView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QApplication.clipboard().text().strip().split("\n")) == 5
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = "Region\tAmount\tRemark\tSource\nOsaka\t300\t\tb.xlsx\n"
    assert QApplication.clipboard().text() == text


def test_the_menu_copies_in_three_forms(view: AnswerTableView) -> None:
    entries = {entry.text(): entry for entry in view.menu_for(TABLE.rows[0]).actions()}
    entries["Copy the table as CSV"].trigger()
    assert QApplication.clipboard().text() == view.text_for("csv")
    entries["Copy the table as Markdown"].trigger()
    assert QApplication.clipboard().text().startswith("| Region |")
    entries["Copy the table for a spreadsheet"].trigger()
    assert QApplication.clipboard().text() == view.text_for("tsv")
    assert "Open the source" in entries
    computed = [entry.text() for entry in view.menu_for(AnswerRow(("7",))).actions()]
    assert "Open the source" not in computed


def big(n_rows: int, cell: str = "cell") -> AnswerTable:
    rows = tuple(AnswerRow((f"{cell} {n}", str(n), cell), n) for n in range(1, n_rows + 1))
    return AnswerTable(("Name", "Number", "Text"), rows)


def test_twelve_rows_are_in_sight(view: AnswerTableView) -> None:
    view.show_table(big(12), {})
    twelve = view.height()
    view.show_table(big(40), {})
    assert view.height() == twelve and view.verticalScrollBar().maximum() > 0


def test_a_large_table_is_shown_at_once(view: AnswerTableView) -> None:
    before = time.perf_counter()
    view.show_table(big(5000), {})
    assert time.perf_counter() - before < 3
    assert view.rows.rowCount() == 5000


def test_a_table_without_sources_has_no_such_column(view: AnswerTableView) -> None:
    view.show_table(AnswerTable(("Sum",), (AnswerRow(("12",)),)), {})
    assert view.rows.columnCount() == 1 and view.rows.source_column == -1
    for nothing in (None, AnswerTable(("a",), ())):
        view.show_table(nothing, {})
        assert view.isHidden()


@pytest.mark.parametrize("width", [320, 480, 760, 1200])
def test_the_layout_holds_at_any_width(qtbot, qapp, width: int) -> None:
    card = AnswerCard(Words())
    qtbot.addWidget(card)
    long = AnswerTable(
        tuple(f"A heading of column {n}" for n in range(8)),
        (AnswerRow(("word " * 60, "x" * 300, "1", "2", "3", "4", "5", "6"), 1),) * 3,
    )
    card.show_answer(composed_answer(table=long))
    card.resize(width, 600)
    card.show()
    qapp.processEvents()
    assert card.width() == width and card.minimumSizeHint().width() <= 320
    assert card.table.width() <= width
    assert card.table.height() < 500
    columns = [card.table.columnWidth(column) for column in range(9)]
    assert min(columns) >= 66 and sum(columns) >= card.table.viewport().width()


def test_long_names_of_sections_do_not_widen_the_cards(qtbot) -> None:
    (found,) = passages(1)
    place = Location("section", name="A heading within a heading > " * 8)
    long = replace(found, passage=replace(found.passage, location=place))
    quoted = Extract(1, found.passage.text, 0, len(found.passage.text), 0.9)
    card = AnswerCard(Words())
    qtbot.addWidget(card)
    card.show_answer(composed_answer(passages=(long,), extracts=(quoted,), table=None))
    source = PassageCard(long, (), Words())
    qtbot.addWidget(source)
    assert card.minimumSizeHint().width() <= 320 and source.minimumSizeHint().width() <= 320


def test_the_copy_of_an_answer_has_the_table_and_its_sources(view: AnswerTableView) -> None:
    text = answer_as_text(composed_answer(), Words())
    assert "From 3 rows; all rows were looked at" in text
    assert "| Osaka | 1,200 | paid | [1] |  |" in text
    assert "[3] d3.txt, Page 3 (/d3.txt)\n    “Line 3 says so.”" in text
