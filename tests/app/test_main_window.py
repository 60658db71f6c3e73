from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.main_window import MainWindow
from app.views.dialogs.error import ErrorDialog
from app.views.dialogs.help import ShortcutsDialog
from app.views.dialogs.input_boxes import ConfirmPrompt, TextPrompt
from app.views.dialogs.models import ModelsDialog
from app.views.dialogs.search import SearchDialog
from app.views.dialogs.settings import SettingsDialog
from app.views.dialogs.skipped import SkippedDialog
from app.views.opening import open_passage
from engine.errors import DiskFull, ModelMissing

QUESTION = "How many days of paid annual leave do employees receive?"


def dialog_of(qtbot, kind):
    found: list[QWidget] = []

    def there() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if type(w) is kind and w.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


def answered(qtbot, window: MainWindow, question: str = QUESTION):
    with qtbot.waitSignal(window.program.chat.turn_finished):
        window.chat.composer.ask(question)
    qtbot.waitUntil(lambda: not window.program.chat.busy)
    return window.chat.cards[max(window.chat.cards)]


# --- empty states -----------------------------------------------------------------------


def test_without_documents_the_window_invites_to_drop(window):
    assert window.chat.empty.state == "no-documents"
    assert not window.chat.composer.send_button.isEnabled()
    assert not window.sources.isVisible()


def test_with_documents_it_suggests_questions_that_can_be_asked(qtbot, indexed):
    qtbot.waitUntil(lambda: indexed.chat.empty.state == "ready")
    asked: list[str] = []
    indexed.chat.empty.question_chosen.connect(asked.append)
    qtbot.waitUntil(lambda: indexed.chat.empty._suggestions.count() > 0)
    button = indexed.chat.empty._suggestions.itemAt(0).widget()
    with qtbot.waitSignal(indexed.program.chat.turn_finished):
        button.click()
    assert asked
    assert indexed.program.chat.turns[0].question == asked[0]


# --- drop -------------------------------------------------------------------------------


def drop(window: MainWindow, paths, *, kind=QDropEvent) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window.drop.overlay.isVisible()
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, event)


def test_a_dropped_folder_is_indexed(qtbot, window, documents):
    with qtbot.waitSignal(window.program.library.indexed):
        drop(window, [documents])
    assert not window.drop.overlay.isVisible()
    qtbot.waitUntil(lambda: window.program.library.current.n_documents == 3)
    qtbot.waitUntil(lambda: window.chat.empty.state == "ready")
    qtbot.waitUntil(lambda: window.sidebar.sources.rows.rowCount() == 1)


def test_dropped_text_is_not_taken_for_files(window):
    data = QMimeData()
    data.setText("just words")
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, enter)
    assert not window.drop.overlay.isVisible()


# --- answers ----------------------------------------------------------------------------


def test_an_answer_shows_quotes_text_marks_coverage_and_sources(qtbot, indexed):
    card = answered(qtbot, indexed)
    assert card.phase == "done"
    assert card.extracts[0].quote in indexed.program.chat.turns[0].answer.text
    assert "[1]" in card.text.plain_text
    assert "2 unreadable" in card.footer.coverage.text()
    assert "23.4 tokens/s" in card.footer.stats.text()
    assert "dotted line" in card._notice_text.text()
    assert indexed.sources.isVisible()
    assert indexed.sources.selected == 1
    qtbot.waitUntil(
        lambda: "Requests must be approved" in indexed.sources.viewer.text.toPlainText()
    )
    assert card.extracts[0].quote in indexed.sources.viewer.text.highlighted_texts()


def test_a_chip_selects_its_source(qtbot, indexed):
    card = answered(qtbot, indexed)
    card.text.anchorClicked.emit(QUrl("cite:2"))
    assert indexed.sources.selected == 2
    assert indexed.sources.viewer.passage.id == card.passages[1].passage.id


def test_copy_puts_answer_and_citations_on_the_clipboard(qtbot, indexed):
    answered(qtbot, indexed)
    indexed.menus.action("copy").trigger()
    text = QApplication.clipboard().text()
    assert QUESTION in text
    assert "[1] leave.md, Line 3" in text
    assert "“Employees receive 20 days of paid annual leave per year.”" in text
    assert indexed.toast.text


def test_selected_text_copies_chips_as_numbers(qtbot, indexed):
    card = answered(qtbot, indexed)
    card.text.selectAll()
    text = card.text.createMimeDataFromSelection().text()
    assert "per year [1]" in text
    assert "\ufffc" not in text


def test_a_question_nothing_answers_is_refused_in_words(qtbot, indexed):
    card = answered(qtbot, indexed, "zebra xylophone")
    assert card.answer.refused
    assert card._notice_text.text() == "This was not found in your documents."


def test_another_attention_mode_shows_the_refusal_and_offers_baseline(qtbot, indexed):
    indexed.chat.composer.attention_box.setCurrentIndex(1)
    with qtbot.waitSignal(indexed.program.chat.turn_failed):
        indexed.chat.composer.ask(QUESTION)
    card = indexed.chat.cards[max(indexed.chat.cards)]
    assert card.phase == "failed"
    assert "No adapter for this mode fits the model SmolLM2." in card.failure.text
    assert card.answer is None
    qtbot.waitUntil(lambda: not indexed.program.chat.busy)
    with qtbot.waitSignal(indexed.program.chat.turn_finished):
        card.failure.baseline_requested.emit()
    assert indexed.chat.composer.attention == "baseline"
    assert indexed.program.chat.turns[-1].answer.attention.mode == "baseline"


def test_stop_button_and_escape_stop(qtbot, indexed, engine):
    engine.token_s = 0.05
    indexed.activateWindow()
    indexed.chat.composer.ask(QUESTION)
    qtbot.waitUntil(lambda: bool(indexed.chat.cards[max(indexed.chat.cards)]._streamed))
    assert indexed.chat.composer.send_button.isEnabled()
    with qtbot.waitSignal(indexed.program.chat.turn_finished):
        indexed.chat.composer.send_button.click()
    card = indexed.chat.cards[max(indexed.chat.cards)]
    assert card.answer.stopped
    assert "Stopped" in card._notice_text.text()


def test_conversations_come_back_with_their_answers(qtbot, indexed):
    answered(qtbot, indexed)
    conversation = indexed.program.chat.conversation
    indexed.menus.action("new").trigger()
    assert indexed.chat.cards == {}
    with qtbot.waitSignal(indexed.program.chat.opened):
        indexed.program.chat.open(conversation)
    (card,) = indexed.chat.cards.values()
    assert card.answer.question == QUESTION
    assert "[1]" in card.text.plain_text


def test_the_window_stays_responsive_while_an_answer_streams(qtbot, indexed, engine):
    engine.token_s = 0.02
    ticks: list[int] = []
    timer = indexed.startTimer(10)
    try:
        original = indexed.timerEvent
        indexed.timerEvent = lambda event: ticks.append(1)  # type: ignore[method-assign]
        answered(qtbot, indexed)
    finally:
        indexed.killTimer(timer)
        indexed.timerEvent = original  # type: ignore[method-assign]
    assert len(ticks) > 10


# --- keyboard ---------------------------------------------------------------------------


def test_typing_enter_sends_shift_enter_breaks_up_recalls(qtbot, indexed):
    edit = indexed.chat.composer.edit
    QTest.keyClicks(edit, "first line")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(edit, "leave")
    assert edit.toPlainText() == "first line\nleave"
    with qtbot.waitSignal(indexed.program.chat.turn_finished):
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == ""
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.toPlainText() == "first line\nleave"


def test_blank_questions_are_not_sent(indexed):
    edit = indexed.chat.composer.edit
    QTest.keyClicks(edit, "   ")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert indexed.program.chat.turns == []


def test_every_control_has_a_name_for_screen_readers(qtbot, indexed):
    answered(qtbot, indexed)
    nameless = [
        widget
        for widget in indexed.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not (hasattr(widget, "text") and callable(widget.text) and widget.text())
        and not (hasattr(widget, "toPlainText") and widget.toPlainText())
        and type(widget).__name__ not in {"QScrollBar", "QSplitterHandle", "QScrollArea"}
    ]
    assert nameless == []


def test_tab_reaches_the_question_box_from_the_sidebar(window):
    window.activateWindow()
    start = window.sidebar._new
    seen, widget = set(), start
    for _ in range(2_000):
        seen.add(widget)
        widget = widget.nextInFocusChain()
    assert window.chat.composer.edit in seen
    assert window.chat.composer.attention_box in seen


# --- dialogs ----------------------------------------------------------------------------


def test_skipped_files_dialog_lists_asks_password_and_retries(qtbot, indexed, documents):
    indexed.menus.action("skipped").trigger()
    dialog = dialog_of(qtbot, SkippedDialog)
    assert dialog.model.rowCount() == 2
    dialog.set_password(str(documents / "locked.pdf"), "secret")
    with qtbot.waitSignal(indexed.program.library.indexed):
        dialog._retry.click()
    qtbot.waitUntil(lambda: indexed.program.library.current.n_documents == 4)


def test_without_skipped_files_it_says_so(qtbot, window):
    window.menus.action("skipped").trigger()
    qtbot.waitUntil(lambda: bool(window.toast.text))


def test_search_finds_passages_and_shows_them(qtbot, indexed):
    indexed.menus.action("search").trigger()
    dialog = dialog_of(qtbot, SearchDialog)
    QTest.keyClicks(dialog.edit, "standard plan")
    qtbot.waitUntil(lambda: bool(dialog.found))
    dialog._choose(1)
    assert indexed.sources.isVisible()
    assert indexed.sources.viewer.passage.document.name == "prices.md"


def test_settings_apply_at_once_and_are_stored(qtbot, window, engine):
    window.menus.action("settings").trigger()
    dialog = dialog_of(qtbot, SettingsDialog)
    dialog.fields["top_k"].widget.setValue(9)
    dialog.fields["strict"].widget.setChecked(True)
    qtbot.waitUntil(lambda: engine.settings.current.top_k == 9 and engine.settings.current.strict)


def test_changing_the_embedding_model_asks_first(qtbot, window, engine):
    from dataclasses import replace

    engine.models.files.append(replace(engine.models.files[1], name="minilm"))
    window.menus.action("settings").trigger()
    dialog = dialog_of(qtbot, SettingsDialog)
    box = dialog.fields["embedding_model"].widget
    box.setCurrentIndex(box.findData("minilm"))
    box.activated.emit(box.currentIndex())
    prompt = dialog_of(qtbot, ConfirmPrompt)
    prompt.reject()
    assert box.currentData() == "multilingual-e5-small"
    assert engine.settings.current.embedding_model == "multilingual-e5-small"
    box.setCurrentIndex(box.findData("minilm"))
    box.activated.emit(box.currentIndex())
    dialog_of(qtbot, ConfirmPrompt).accept()
    qtbot.waitUntil(lambda: engine.settings.current.embedding_model == "minilm")


def test_models_dialog_lists_models(qtbot, window):
    window.menus.action("models").trigger()
    dialog = dialog_of(qtbot, ModelsDialog)
    qtbot.waitUntil(lambda: dialog._cards.count() == 2)


def test_new_collection_prompt_needs_a_name(qtbot, window):
    window.menus.action("collection").trigger()
    prompt = dialog_of(qtbot, TextPrompt)
    assert not prompt._ok.isEnabled()
    prompt.edit.setText("Contracts %_'\"; 契約 🙂")
    prompt.accept()
    qtbot.waitUntil(lambda: window.program.library.current.name.startswith("Contracts"))


def test_the_plus_of_the_collections_asks_once(qtbot, window):
    window.sidebar._create.click()
    dialog_of(qtbot, TextPrompt)
    prompts = [w for w in QApplication.topLevelWidgets() if type(w) is TextPrompt and w.isVisible()]
    assert len(prompts) == 1


def test_a_prompt_is_high_enough_for_its_note(qtbot, window):
    window.menus.action("collection").trigger()
    prompt = dialog_of(qtbot, TextPrompt)
    qtbot.waitUntil(lambda: prompt.height() >= prompt.heightForWidth(prompt.width()))
    note = next(each for each in prompt.findChildren(QLabel) if "asked about" in each.text())
    qtbot.waitUntil(lambda: note.height() >= note.heightForWidth(note.width()))


def test_help_opens(qtbot, window):
    window.menus.action("shortcuts").trigger()
    assert dialog_of(qtbot, ShortcutsDialog)


def test_expected_errors_are_one_sentence_bugs_have_details(qtbot, window):
    window.dialogs.show_error(DiskFull(path="/data"))
    dialog = dialog_of(qtbot, ErrorDialog)
    assert "/data" in dialog.text
    assert not dialog.details.isVisible()
    dialog.close()
    window.dialogs.show_error(KeyError("oops"))
    dialog = dialog_of(qtbot, ErrorDialog)
    assert dialog.details.isVisible()
    assert "KeyError" in dialog.details.toPlainText()
    dialog._copy.click()
    assert "oops" in QApplication.clipboard().text()


def test_a_model_that_is_missing_at_start_leaves_a_banner(qtbot, window):
    window.program.models.warm_up_failed.emit(ModelMissing(name="SmolLM2"))
    assert window.banner.isVisible()
    assert "SmolLM2" in window.banner.text


# --- files ------------------------------------------------------------------------------


def test_a_pdf_opens_at_its_page(qtbot, indexed, monkeypatch):
    from dataclasses import replace

    card = answered(qtbot, indexed)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or 1)
    passage = card.passages[0].passage
    pdf = replace(
        passage, document=replace(passage.document, path="/a b/x.pdf", media_type="application/pdf")
    )
    open_passage(pdf, 3)
    open_passage(passage, 0)
    assert opened[0] == "file:///a b/x.pdf#page=3"
    assert "#" not in opened[1]


@pytest.mark.parametrize("width", [760, 1000, 1360, 1900])
def test_nothing_in_the_chat_column_is_wider_than_it(qtbot, indexed, width):
    card = answered(qtbot, indexed)
    indexed.resize(width, 700)
    qtbot.wait(60)
    assert card.width() <= indexed.chat.width()
    assert card.mapTo(indexed.chat, QPoint(card.width(), 0)).x() <= indexed.chat.width()


def test_closing_the_window_hides_it_and_ends_the_program(qtbot, window):
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()
