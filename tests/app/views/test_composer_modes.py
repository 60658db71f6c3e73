from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.views.dialogs.settings import SettingsDialog
from engine.attention.registry import ATTENTION
from engine.errors import AttentionUnsupported
from engine.records import Notice

QUESTION = "How many days of paid annual leave do employees receive?"


@pytest.fixture
def composer(qtbot, indexed: MainWindow):
    qtbot.waitUntil(lambda: bool(indexed.program.attention.reasons))
    return indexed.chat.composer


def item(box, mode: str):
    return box.model().item(box.findData(mode))


def available(qtbot, window: MainWindow, engine, *modes: str) -> None:
    engine.attention.make_available(*modes)
    with qtbot.waitSignal(window.program.attention.changed):
        window.program.attention.refresh()


def test_every_mode_is_in_the_list(composer):
    box = composer.attention_box
    assert tuple(box.itemData(row) for row in range(box.count())) == ATTENTION.names
    assert ATTENTION.names[0] == "baseline" and ATTENTION.names[-1] == "contrast"


def test_modes_that_cannot_run_are_disabled_with_the_reason(composer):
    refused = item(composer.attention_box, "difflora")
    assert not refused.isEnabled()
    assert refused.toolTip() == "No adapter for this mode fits the model SmolLM2."
    assert refused.accessibleDescription() == refused.toolTip()
    assert item(composer.attention_box, "baseline").isEnabled()
    assert "experimental" in item(composer.attention_box, "contrast").text()


def test_the_reason_stands_in_the_list(composer):
    box = composer.attention_box
    box.showPopup()
    heights = [box.view().sizeHintForRow(row) for row in range(2)]
    assert heights[1] > heights[0] + 8
    assert box.view().width() >= box.view().sizeHintForColumn(0)
    box.hidePopup()


def test_modes_that_can_run_are_enabled(qtbot, indexed, composer, engine):
    available(qtbot, indexed, engine, "difflora")
    assert item(composer.attention_box, "difflora").isEnabled()
    assert not item(composer.attention_box, "selective").isEnabled()
    assert not item(composer.prefill_box, "delta").isEnabled(), "contrast cannot run either"
    available(qtbot, indexed, engine, "contrast")
    assert item(composer.prefill_box, "delta").isEnabled()


def test_a_chosen_mode_that_cannot_run_stays_chosen_and_warns(qtbot, indexed, composer, engine):
    available(qtbot, indexed, engine)
    composer.attention_box.choose("selective")
    assert composer.attention_box.reason == ""
    engine.attention.reasons["selective"] = Notice("stored-text", {"text": "Something new."})
    with qtbot.waitSignal(indexed.program.attention.changed):
        indexed.program.attention.refresh()
    assert composer.attention == "selective"
    assert "Something new." in composer.attention_box.toolTip()
    with qtbot.waitSignal(indexed.program.chat.turn_failed):
        indexed.chat.composer.ask(QUESTION)
    assert isinstance(indexed.program.chat.turns[-1].error, AttentionUnsupported)


def test_an_answer_shows_what_really_ran(qtbot, indexed, composer, engine):
    available(qtbot, indexed, engine)
    composer.attention_box.choose("difflora")
    composer.prefill_box.choose("delta")
    with qtbot.waitSignal(indexed.program.chat.turn_finished):
        indexed.chat.composer.ask(QUESTION)
    stats = indexed.chat.cards[max(indexed.chat.cards)].footer.stats.text()
    assert "DiffLoRA attention" in stats
    assert (
        "Delta prefill · Sabun's CPU kernel on AMD EPYC, AVX-512 · adapter smollm2-difflora"
        in stats
    )
    assert "The prompt was read densely: it has 400 tokens" in stats


def test_the_kernel_of_the_settings_is_asked_for(qtbot, indexed, composer, engine):
    available(qtbot, indexed, engine)
    indexed.menus.action("settings").trigger()
    found: list[SettingsDialog] = []

    def opened() -> bool:
        found[:] = [
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, SettingsDialog) and w.isVisible()
        ]
        return bool(found)

    qtbot.waitUntil(opened)
    box = found[0].fields["kernel"].widget
    assert [box.itemData(row) for row in range(box.count())] == [
        "auto",
        "llama.cpp",
        "cpu",
        "opencl",
    ]
    box.setCurrentIndex(box.findData("llama.cpp"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: engine.settings.current.kernel == "llama.cpp")
    found[0].close()
    assert "llama.cpp" in item(composer.attention_box, "difflora").toolTip()
    assert not item(composer.prefill_box, "delta").isEnabled()
    with qtbot.waitSignal(indexed.program.chat.turn_finished):
        indexed.chat.composer.ask(QUESTION)
    assert engine.asked[-1].choice.kernel == "llama.cpp"
    assert (
        "llama.cpp's own attention"
        in indexed.chat.cards[max(indexed.chat.cards)].footer.stats.text()
    )


# --- comparing --------------------------------------------------------------------------


def test_the_compare_switch_shows_a_second_choice(qtbot, indexed, composer, engine):
    available(qtbot, indexed, engine, "selective")
    assert not composer.second_attention_box.isVisible()
    indexed.activateWindow()
    QTest.keyClick(indexed, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert composer.comparing
    assert composer.second_attention_box.isVisible()
    assert composer.second_attention_box.mode == "selective", "the first that can run"
    assert composer.send_button.toolTip() == "Compare (Enter)"
    composer.compare_button.click()
    assert not composer.second_attention_box.isVisible()
    assert composer.send_button.toolTip() == "Ask (Enter)"


def test_enter_compares_the_two_settings(qtbot, indexed, composer, engine):
    available(qtbot, indexed, engine)
    indexed.program.compare.toss = lambda: False
    composer.toggle_compare()
    composer.attention_box.choose("lora")
    composer.second_attention_box.choose("contrast")
    composer.second_prefill_box.choose("robust-sparse")
    indexed.program.settings.change(kernel="cpu")
    composer.edit.setPlainText(QUESTION)
    with qtbot.waitSignal(indexed.program.compare.finished):
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    first, second = engine.compared[0].choices
    assert (first.mode, first.prefill, first.kernel) == ("lora", "dense", "cpu")
    assert (second.mode, second.prefill, second.kernel) == ("contrast", "robust-sparse", "cpu")
    assert composer.edit.toPlainText() == ""
    QTest.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.edit.toPlainText() == QUESTION


def test_the_same_setting_twice_cannot_be_sent(qtbot, indexed, composer, engine):
    available(qtbot, indexed, engine)
    composer.toggle_compare()
    composer.edit.setPlainText(QUESTION)
    assert composer.send_button.isEnabled()
    composer.second_attention_box.choose("baseline")
    assert not composer.send_button.isEnabled()
    assert composer._hint.isVisible()
    assert "different" in composer._hint.text()
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert engine.compared == []
    composer.second_prefill_box.choose("delta")
    assert composer.send_button.isEnabled()


def test_the_wheel_does_not_change_a_mode(qtbot, indexed, composer, engine):
    available(qtbot, indexed, engine)
    box = composer.attention_box
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.mode == "baseline"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_switches_fit_a_narrow_window(qtbot, indexed, composer, engine, language):
    available(qtbot, indexed, engine)
    indexed.program.settings.change(interface_language=language)
    composer.toggle_compare()
    indexed.resize(760, 640)
    qtbot.wait(60)
    for widget in (
        composer.attention_box,
        composer.prefill_box,
        composer.compare_button,
        composer.second_attention_box,
        composer.second_prefill_box,
        composer.send_button,
    ):
        right = widget.mapTo(composer, widget.rect().topRight()).x()
        assert right <= composer.width()
        assert widget.accessibleName()
    indexed.program.settings.change(interface_language="en")


def test_tab_goes_through_the_switches_as_they_read(indexed, composer):
    composer.toggle_compare()
    order = [composer.edit]
    for _ in range(60):
        order.append(order[-1].nextInFocusChain())
    wanted = [
        composer.attention_box,
        composer.prefill_box,
        composer.compare_button,
        composer.second_attention_box,
        composer.second_prefill_box,
        composer.send_button,
    ]
    assert [widget for widget in order if widget in wanted] == wanted


def test_the_composer_begins_with_the_preferred_mode_until_the_user_chooses(
    qtbot, indexed, composer, engine
):
    engine.attention.make_available()
    engine.attention.preferred = "difflora"

    def refresh() -> None:
        with qtbot.waitSignal(indexed.program.attention.changed):
            indexed.program.attention.refresh()

    refresh()
    assert composer.attention == "difflora"
    engine.attention.preferred = "baseline"  # as with another chat model
    refresh()
    assert composer.attention == "baseline"
    composer.attention_box.choose("contrast")
    engine.attention.preferred = "difflora"
    refresh()
    assert composer.attention == "contrast"


def test_the_list_says_what_was_measured_of_the_adapters_that_come_along(
    qtbot, indexed, composer, engine
):
    box = composer.attention_box
    available(qtbot, indexed, engine, *(mode for mode in ATTENTION.names if mode != "selective"))
    assert item(box, "difflora").toolTip() == "", "nothing is known of other models"
    engine.attention.preferred = "lora"
    with qtbot.waitSignal(indexed.program.attention.changed):
        indexed.program.attention.refresh()
    lora, difflora = item(box, "lora"), item(box, "difflora")
    assert lora.isEnabled() and "begin" in lora.toolTip()
    assert "no difference" in difflora.toolTip()
    assert difflora.accessibleDescription() == difflora.toolTip()
    assert box.reason == "", "what is known is no reason against it"
    assert "adapter" in item(box, "selective").toolTip().lower()
    assert item(box, "selective").toolTip() != "Trained on far less text than the other adapters."
    second = composer.second_attention_box
    assert item(second, "difflora").toolTip() == difflora.toolTip()
