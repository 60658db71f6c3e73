"""The two journeys a user makes, with the real engine, the real models and a real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.i18n import LanguageManager
from app.main_window import MainWindow
from app.program import SAMPLE_DIR, Program
from app.theme.tokens import MARKER
from engine.errors import Refusal
from engine.facade import Engine
from engine.inference.availability import BEST_SHIPPED

pytestmark = [pytest.mark.slow, pytest.mark.models, pytest.mark.timeout(600)]

INDEX_MS = 300_000
ANSWER_MS = 120_000


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def window(qtbot, qapp, data_dir):
    if not SAMPLE_DIR.is_dir():
        pytest.skip("the sample documents are not here")
    engine = Engine(data_dir)
    program = Program(qapp, engine, language="en")
    program.theme.choose("light")
    made = MainWindow(program)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(program.library.collections_loaded, timeout=20_000):
        program.start()
    yield made
    assert program.close()


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    event = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, event)


def ask(qtbot, window: MainWindow, question: str):
    chat = window.program.chat
    qtbot.waitUntil(lambda: window.chat.composer._enabled, timeout=20_000)
    window.chat.composer.edit.setPlainText(question)
    with qtbot.waitSignal(chat.turn_finished, timeout=ANSWER_MS):
        window.chat.composer.submit()
    qtbot.waitUntil(lambda: not chat.busy)
    return window.chat.cards[max(window.chat.cards)]


def test_a_dropped_folder_is_indexed_and_every_file_accounted_for(qtbot, window):
    library = window.program.library
    stages: set[str] = set()
    library.progress_changed.connect(lambda _n, p: p and stages.add(p.stage))
    with qtbot.waitSignal(library.indexed, timeout=INDEX_MS) as done:
        drop(window, SAMPLE_DIR)
    _, summary, cancelled = done.args
    n_files = sum(1 for path in SAMPLE_DIR.rglob("*") if path.is_file())
    assert not cancelled
    assert summary.n_indexed + len(summary.skipped) == n_files
    assert {"read", "embed"} <= stages
    qtbot.waitUntil(lambda: library.current.n_documents == summary.n_indexed, timeout=20_000)
    qtbot.waitUntil(lambda: library.current.n_pending == 0, timeout=20_000)
    assert window.chat.empty.state == "ready"


def test_an_english_question_is_answered_with_a_citation_into_the_pdf(qtbot, window):
    card = ask(qtbot, window, "Within how many days must Brindlemere pay an invoice?")
    answer = card.answer
    assert not answer.refused
    assert any(c.verified and c.document.startswith("supply-agreement") for c in answer.citations)
    number = next(
        p.number for p in answer.passages if p.passage.document.name.startswith("supply-agreement")
    )
    card.chip_clicked.emit(number)
    assert window.sources.selected == number
    viewer = window.sources.viewer
    qtbot.waitUntil(lambda: not viewer.page.picture.isNull(), timeout=30_000)
    assert viewer.shows_page
    assert viewer.page_number >= 1
    picture = viewer.page.picture
    assert picture.width() > 200
    if any(e.number == number for e in answer.extracts):
        mark = QColor(MARKER).rgb()
        marked = sum(
            picture.pixel(x, y) == mark
            for x in range(0, picture.width(), 3)
            for y in range(0, picture.height(), 3)
        )
        assert marked > 10, "the quote is highlighted on the page"
    viewer.turn_page(1)
    qtbot.waitUntil(lambda: viewer._page_label.text().startswith(str(viewer.page_number)))


def test_a_japanese_question_is_answered_from_a_japanese_document(qtbot, qapp, window):
    window.program.settings.change(interface_language="ja")
    card = ask(qtbot, window, "パスワードは何文字以上にしなければなりませんか。")
    answer = card.answer
    assert not answer.refused
    assert "14文字" in answer.text
    assert any(c.verified and "情報セキュリティ" in c.document for c in answer.citations)
    qtbot.waitUntil(lambda: card.evidence.title == "文書からの引用")
    window.program.settings.change(interface_language="en")
    assert isinstance(window.program.language, LanguageManager)


def test_conversations_survive_a_restart(qtbot, window):
    listed = window.sidebar.conversations.rows
    qtbot.waitUntil(lambda: listed.rowCount() == 2, timeout=20_000)
    conversation = next(
        listed.at(listed.index(row)).value
        for row in range(2)
        if "Brindlemere" in listed.at(listed.index(row)).title
    )
    with qtbot.waitSignal(window.program.chat.opened, timeout=20_000):
        window.program.chat.open(conversation)
    (card,) = window.chat.cards.values()
    assert card.answer.citations
    assert "Brindlemere" in card.answer.question


def test_stop_ends_an_answer_soon(qtbot, window):
    chat = window.program.chat
    qtbot.waitUntil(lambda: window.chat.composer._enabled, timeout=20_000)
    with qtbot.waitSignal(window.program.models.warmed_up, timeout=60_000, raising=False):
        pass
    window.chat.composer.ask(
        "What does the supply agreement say about prices, inspection and warranty?"
    )
    card = window.chat.cards[max(window.chat.cards)]
    qtbot.waitUntil(lambda: bool(card._streamed) or card.phase == "done", timeout=ANSWER_MS)
    if card.phase != "done":
        with qtbot.waitSignal(chat.turn_finished, timeout=5_000):
            window.menus.action("stop").trigger()
        assert card.answer.stopped


@pytest.fixture
def no_shipped_adapters(monkeypatch, tmp_path):
    monkeypatch.setenv("SABUN_EMBEDDED_ADAPTERS_DIR", str(tmp_path / "none"))


def test_a_mode_without_its_adapter_is_refused_by_the_real_engine(
    qtbot, no_shipped_adapters, window
):
    qtbot.waitUntil(lambda: window.chat.composer._enabled, timeout=20_000)
    window.chat.composer.attention_box.setCurrentIndex(3)
    with qtbot.waitSignal(window.program.chat.turn_failed, timeout=60_000):
        window.chat.composer.ask("How long is the warranty?")
    turn = window.program.chat.turns[-1]
    assert isinstance(turn.error, Refusal)
    assert turn.answer is None
    assert "Selective" in window.chat.cards[turn.key].failure.text


def test_two_settings_are_compared_voted_on_and_exported(qtbot, window, tmp_path):
    program, composer = window.program, window.chat.composer
    qtbot.waitUntil(lambda: composer._enabled, timeout=20_000)
    qtbot.waitUntil(lambda: bool(program.attention.reasons), timeout=60_000)
    composer.toggle_compare()
    composer.second_attention_box.choose("contrast")
    with qtbot.waitSignal(program.compare.finished, timeout=2 * ANSWER_MS):
        window.chat.composer.ask("How long is the warranty?")
    shown = program.compare.latest
    first, second = shown.comparison.answers
    assert first.passages == second.passages
    assert {first.attention.mode, second.attention.mode} == {BEST_SHIPPED, "contrast"}
    card = window.chat.comparisons[shown.key]
    if shown.can_be_voted_on:
        with qtbot.waitSignal(program.compare.revealed, timeout=20_000):
            card.verdict.vote.buttons["tie"].click()
        assert "no difference" in card.result
    assert shown.revealed
    for name in ("comparison.html", "comparison.json"):
        with qtbot.waitSignal(program.compare.exported, timeout=20_000):
            program.compare.export(shown.key, tmp_path / name)
        assert "contrast" in (tmp_path / name).read_text(encoding="utf-8").lower()


def test_a_rescan_at_the_start_changes_nothing(qtbot, window):
    library = window.program.library
    before = library.current.n_documents
    with qtbot.waitSignal(library.indexed, timeout=60_000) as done:
        library.rescan()
    assert done.args[1].n_indexed == 0
    assert done.args[1].n_unchanged == before
