"""The badge of the kind, how much was looked at, and how a follow-up was understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from composed_answers import PLAN
from fake_answer import finished_answer
from PySide6.QtCore import Qt

from app.i18n import LanguageManager, Words
from app.views.answer_head import AnswerHead
from engine.records import Answer, Coverage, Scanned


@pytest.fixture(autouse=True)
def language(qapp) -> Iterator[LanguageManager]:
    made = LanguageManager(qapp, "en")
    yield made
    made.choose("en")
    made.close()


@pytest.fixture
def head(qtbot, language) -> AnswerHead:
    made = AnswerHead(Words())
    qtbot.addWidget(made)
    made.show()
    return made


def answer(**changes: object) -> Answer:
    made = finished_answer("and in Osaka?", (), (), "", Coverage(44, 0), 0, stopped=False)
    return replace(made, refused=False, refusal_reason="", **changes)


def test_the_badge_names_the_kind_and_offers_the_others(qtbot, head: AnswerHead) -> None:
    head.show_answer(answer(kind="list"))
    assert head.badge.text() == "List \u25be" and head.badge.isEnabled()
    assert head.badge.accessibleName() == "Answered as: List. Choose another kind of answer"
    entries = head.badge.menu_of_kinds().actions()
    assert [entry.text() for entry in entries if entry.isChecked()] == ["List"]
    assert "Summary" in [entry.text() for entry in entries] and len(entries) == 8
    with qtbot.waitSignal(head.kind_chosen) as chosen:
        entries[2].trigger()
    assert chosen.args == ["count"]
    with qtbot.assertNotEmitted(head.kind_chosen):
        entries[1].trigger()


def test_the_keyboard_opens_the_menu(qtbot, head: AnswerHead) -> None:
    head.show_answer(answer(kind="list"))
    opened: list[bool] = []
    head.badge.clicked.connect(lambda: opened.append(True))
    head.badge.setFocus()
    qtbot.keyClick(head.badge, Qt.Key.Key_Space)
    assert opened and head.badge.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_an_earlier_answer_shows_its_kind_only(head: AnswerHead) -> None:
    head.show_answer(answer(kind="table"))
    head.set_last(False)
    assert head.badge.text() == "Table" and not head.badge.isEnabled()
    assert head.badge.accessibleName() == "Answered as: Table"


def test_what_is_said_to_the_program_has_no_badge(head: AnswerHead) -> None:
    head.show_answer(answer(kind="talk"))
    assert head.isHidden()


def test_it_says_whether_everything_was_looked_at(head: AnswerHead) -> None:
    head.show_answer(answer(kind="list", scanned=Scanned(44, 1812, exhaustive=True)))
    assert head.scanned.text() == "All 44 documents (1,812 passages) looked at"
    head.show_answer(answer(kind="compare", scanned=Scanned(2, 14, exhaustive=True)))
    assert head.scanned.text() == "2 documents (14 passages) looked at in full"
    head.show_answer(answer(kind="list", scanned=Scanned(9, 1, exhaustive=False)))
    assert head.scanned.text() == "A sample: 9 documents (1 passage) looked at"
    head.show_answer(answer(kind="summary", scanned=Scanned(1, 6, exhaustive=True)))
    assert head.scanned.text() == "The whole document (6 passages) looked at"
    head.show_answer(answer(kind="summary", scanned=Scanned(1, 6, exhaustive=False)))
    assert head.scanned.text() == "A part of the document (6 passages) looked at"
    head.show_answer(answer(kind="table", plan=PLAN, scanned=Scanned(1, 4, exhaustive=True)))
    assert head.scanned.text() == "From 4 rows; all rows were looked at"
    head.show_answer(answer(kind="table", plan=PLAN, scanned=Scanned(1, 1, exhaustive=False)))
    assert head.scanned.text() == "From 1 row; a part of the rows was looked at"
    head.show_answer(answer())
    assert head.scanned.text() == ""


def test_a_completed_follow_up_is_shown_and_can_be_said_in_other_words(
    qtbot, head: AnswerHead
) -> None:
    head.show_answer(answer(search_query="How many people work in Osaka?"))
    understood = head.understood
    assert understood.text == "Understood as: How many people work in Osaka?"
    understood.edit_button.click()
    assert understood.edit.toPlainText() == "How many people work in Osaka?"
    understood.edit.setPlainText("How many people work in Kyoto?")
    with qtbot.waitSignal(head.reworded) as reworded:
        qtbot.keyClick(understood.edit, Qt.Key.Key_Return)
    assert reworded.args == ["How many people work in Kyoto?"]


def test_escape_leaves_the_question_as_it_was(qtbot, head: AnswerHead) -> None:
    head.show_answer(answer(search_query="How many people work in Osaka?"))
    head.understood.edit_button.click()
    qtbot.keyClick(head.understood.edit, Qt.Key.Key_Escape)
    assert head.understood.edit.isHidden() or not head.understood.edit.isVisible()
    assert head.understood.edit_button.isVisible()


@pytest.mark.parametrize("query", ["And in Osaka?", "and  in Ｏsaka?", ""])
def test_a_question_that_says_it_all_is_not_repeated(head: AnswerHead, query: str) -> None:
    head.show_answer(answer(search_query=query))
    assert head.understood.isHidden()


def test_it_speaks_japanese(language: LanguageManager, head: AnswerHead) -> None:
    language.choose("ja")
    head.show_answer(answer(kind="summary", scanned=Scanned(44, 120, exhaustive=True)))
    assert head.badge.text() == "要約 \u25be"
    assert head.scanned.text() == "全44件の文書（120か所）を調べました"
