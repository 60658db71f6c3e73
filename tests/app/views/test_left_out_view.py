from __future__ import annotations

import pytest

from app.views.left_out_view import LeftOutView
from engine.records import Citation


def left_out(sentence: str, lack: str) -> Citation:
    return Citation(0, sentence, "", False, lack=lack)  # type: ignore[arg-type]


@pytest.fixture
def view(qtbot) -> LeftOutView:
    made = LeftOutView()
    qtbot.addWidget(made)
    return made


def test_what_was_left_out_is_folded_away_and_says_why(view: LeftOutView) -> None:
    view.show_sentences(
        (left_out("They have 40 days.", "number"), left_out("It rains fish.", "words"))
    )
    assert not view.isHidden() and view._list.isHidden()
    assert view.fold.text().endswith(
        "2 sentences left out because the documents do not support them"
    )
    view.fold.click()
    assert view.is_unfolded and not view._list.isHidden()
    assert view.lines == [
        "They have 40 days.",
        "A number in it does not stand in what was found.",
        "It rains fish.",
        "Nothing that was found speaks of it.",
    ]


def test_one_sentence_is_one_and_a_reason_of_a_newer_program_is_worded(view: LeftOutView) -> None:
    view.show_sentences((left_out("It rains fish.", "something new"),))
    assert view.fold.text().endswith("1 sentence left out because the documents do not support it")
    assert view.lines[1] == "Nothing that was found speaks of it."


def test_nothing_is_offered_where_nothing_was_left_out(view: LeftOutView) -> None:
    view.show_sentences(())
    assert view.isHidden()
