"""The sources of an answer that lists everything."""

from __future__ import annotations

import pytest
from composed_answers import composed_answer, passages

from app.main_window import MainWindow

N = 130


@pytest.fixture
def listed(qtbot, indexed: MainWindow) -> MainWindow:
    chat, view = indexed.program.chat, indexed.chat
    with qtbot.waitSignal(chat.turn_finished):
        view.composer.ask("Which lines are there?")
    (key,) = view.cards
    view.cards[key].show_answer(composed_answer(passages=passages(N)))
    view.passages_shown.emit(key)
    return indexed


def test_the_first_are_shown_and_more_on_demand(listed: MainWindow) -> None:
    sources = listed.sources
    assert list(sources.cards) == list(range(1, 41)) and sources._count.text() == str(N)
    assert sources.more.text() == "Show 40 more sources"
    for _ in range(3):
        sources.more.click()
    assert list(sources.cards) == list(range(1, N + 1)) and sources.more.isHidden()


def test_a_source_that_is_opened_is_among_them(listed: MainWindow) -> None:
    (key,) = listed.chat.cards
    listed.chat.chip_clicked.emit(key, 120)
    sources = listed.sources
    assert sources.selected == 120 and list(sources.cards)[-1] == 120
    sources.more.click()
    assert len(sources.cards) == 81
    listed.chat.chip_clicked.emit(key, 119)
    assert sources.selected == 119


def test_a_few_need_no_more(listed: MainWindow) -> None:
    listed.sources.show_passages(passages(3), {})
    assert len(listed.sources.cards) == 3 and listed.sources.more.isHidden()
