from __future__ import annotations

import pytest

from app.main_window import MainWindow
from engine.records import AttentionChoice

HALF = "How many days of paid annual leave"
QUESTION = HALF + " do employees receive?"
PAUSE_MS = 20


@pytest.fixture
def window(indexed: MainWindow, engine) -> MainWindow:
    indexed.program.read_ahead._timer.setInterval(PAUSE_MS)
    engine.read_s = 30.0  # until it is stopped
    return indexed


@pytest.fixture
def ahead(window: MainWindow):
    return window.program.read_ahead


def type_text(window: MainWindow, text: str) -> None:
    window.chat.composer.edit.setPlainText(text)


def reading(qtbot, engine, ahead, n: int = 1) -> None:
    qtbot.waitUntil(lambda: ahead.running and len(engine.read) == n)


def stopped(qtbot, engine, ahead, n: int = 1) -> None:
    qtbot.waitUntil(lambda: len(engine.stopped_reading) == n)


def test_it_begins_when_the_text_stands_still_and_asks_for_what_would_be_asked(
    qtbot, window, engine, ahead
):
    for end in range(5, len(HALF) + 1):
        type_text(window, HALF[:end])
    reading(qtbot, engine, ahead)
    qtbot.wait(3 * PAUSE_MS)
    (request,) = engine.read
    assert request.question == HALF and request.collection == window.program.library.current.name
    assert request.choice == window.chat.composer.choice and request.keeps_order


def test_enter_stops_it_and_the_question_is_answered(qtbot, window, engine, ahead):
    type_text(window, QUESTION)
    reading(qtbot, engine, ahead)
    with qtbot.waitSignal(window.program.chat.turn_finished):
        window.chat.composer.submit()
    assert engine.stopped_reading == engine.read and len(engine.read) == 1
    assert "20 days" in window.program.chat.turns[-1].answer.text
    qtbot.wait(3 * PAUSE_MS)
    assert not ahead.running and len(engine.read) == 1  # the box is empty


def test_another_text_mode_or_comparing_stops_it_and_begins_anew(qtbot, window, engine, ahead):
    type_text(window, HALF)
    reading(qtbot, engine, ahead)
    type_text(window, QUESTION)
    reading(qtbot, engine, ahead, 2)
    window.chat.composer.attention_box.choose("contrast")
    reading(qtbot, engine, ahead, 3)
    assert engine.read[2].choice.mode == "contrast"
    assert [request.question for request in engine.stopped_reading] == [HALF, QUESTION]
    window.chat.composer.toggle_compare()
    stopped(qtbot, engine, ahead, 3)
    qtbot.wait(3 * PAUSE_MS)
    assert not ahead.running and len(engine.read) == 3


def test_another_collection_stops_it(qtbot, window, engine, ahead):
    type_text(window, HALF)
    reading(qtbot, engine, ahead)
    window.program.chat.use_collection(None)
    stopped(qtbot, engine, ahead)
    qtbot.wait(3 * PAUSE_MS)
    assert not ahead.running


def test_indexing_stops_it_and_nothing_begins_meanwhile(qtbot, window, engine, ahead, documents):
    type_text(window, HALF)
    reading(qtbot, engine, ahead)
    engine.file_s = 0.2
    window.program.library.add_paths([documents])
    stopped(qtbot, engine, ahead)
    type_text(window, QUESTION)
    qtbot.wait(3 * PAUSE_MS)
    assert len(engine.read) == 1 and window.program.runner.has_work("ingest")


def test_nothing_is_read_while_an_answer_is_made_but_after_it(qtbot, window, engine, ahead):
    engine.token_s = 0.02
    window.program.chat.ask(QUESTION, AttentionChoice())
    type_text(window, HALF)
    qtbot.wait(3 * PAUSE_MS)
    assert engine.read == []
    window.program.chat.stop()
    reading(qtbot, engine, ahead)


def test_switched_off_nothing_is_read_and_no_order_kept(qtbot, window, engine, ahead):
    settings = window.program.settings
    with qtbot.waitSignal(settings.stored):
        settings.change(read_ahead=False)
    type_text(window, HALF)
    qtbot.wait(3 * PAUSE_MS)
    assert engine.read == []
    with qtbot.waitSignal(window.program.chat.turn_finished):
        window.chat.composer.submit()
    assert not engine.asked[-1].keeps_order


def test_a_failure_to_read_ahead_is_nobodys_business(qtbot, window, engine, ahead, monkeypatch):
    shown: list[object] = []
    tried: list[object] = []

    def fail(*_args):
        tried.append(None)
        raise ValueError("no")
        yield

    window.program.chat.failed.connect(shown.append)
    monkeypatch.setattr(engine, "read_ahead", fail)
    type_text(window, HALF)
    qtbot.waitUntil(lambda: bool(tried) and not ahead.running)
    assert not shown
