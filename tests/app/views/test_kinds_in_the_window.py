"""A question asked again in another way takes the place of its turn, on the screen too."""

from __future__ import annotations

import pytest
from composed_answers import composed_answer

from app.main_window import MainWindow
from engine.errors import NothingFits

QUESTION = "How many days of paid annual leave do employees receive?"


@pytest.fixture
def asked(qtbot, indexed: MainWindow) -> MainWindow:
    chat = indexed.program.chat
    with qtbot.waitSignal(chat.turn_finished):
        indexed.chat.composer.ask(QUESTION)
    qtbot.waitUntil(lambda: not chat.busy)
    return indexed


def test_choosing_a_kind_asks_again_in_the_same_place(qtbot, asked: MainWindow, engine) -> None:
    chat, view = asked.program.chat, asked.chat
    (key,) = view.cards
    with qtbot.waitSignal(chat.turn_finished):
        view.cards[key].head.badge.menu_of_kinds().actions()[1].trigger()
    assert list(view.cards) == [key] and engine.asked[-1].kind == "list"
    assert view.cards[key].head.badge.text() == "List \u25be"
    assert view.composer.edit.hasFocus() or not asked.isActiveWindow()


def test_a_kind_that_fails_leaves_the_way_to_others(qtbot, asked: MainWindow, engine) -> None:
    chat, view = asked.program.chat, asked.chat
    (key,) = view.cards
    engine.fail_with = NothingFits(filters="type:pdf")
    with qtbot.waitSignal(chat.turn_failed):
        view.cards[key].kind_chosen.emit("count")
    qtbot.waitUntil(lambda: not chat.busy)
    badge = view.cards[key].head.badge
    assert badge.text() == "Count \u25be" and not badge.isHidden()
    with qtbot.waitSignal(chat.turn_finished):
        badge.menu_of_kinds().actions()[0].trigger()
    assert engine.asked[-1].kind == "fact"


def test_other_words_stand_in_the_bubble_and_in_the_history(qtbot, asked: MainWindow) -> None:
    chat, view = asked.program.chat, asked.chat
    (key,) = view.cards
    with qtbot.waitSignal(chat.turn_finished):
        view.cards[key].head.reworded.emit("What does the standard plan cost?")
    assert view.bubbles[key].question == "What does the standard plan cost?"
    assert view.composer.history == [QUESTION, "What does the standard plan cost?"]
    assert len(view.cards) == 1


def test_a_reopened_conversation_shows_all_of_it(qtbot, asked: MainWindow, engine) -> None:
    chat, view = asked.program.chat, asked.chat
    kept = chat.conversation
    engine.conversations.keep(composed_answer(), chat.collection.id, kept.id)
    with qtbot.waitSignal(chat.opened):
        chat.start_new()
    with qtbot.waitSignal(chat.opened):
        chat.open(kept)
    first, last = (view.cards[key] for key in sorted(view.cards))
    assert last.head.badge.text() == "Table \u25be" and last.head.scanned.text().startswith(
        "From 3 rows"
    )
    assert last.plan.text.startswith("Calculated: Sum of") and last.table.rows.rowCount() == 5
    assert first.tabled.isHidden() and first.plan.isHidden()


def test_only_the_last_answer_offers_other_kinds(qtbot, asked: MainWindow) -> None:
    chat, view = asked.program.chat, asked.chat
    with qtbot.waitSignal(chat.turn_finished):
        view.composer.ask("What does the standard plan cost?")
    first, second = (view.cards[key].head.badge for key in sorted(view.cards))
    assert not first.isEnabled() and second.isEnabled()
