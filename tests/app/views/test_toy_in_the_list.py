"""A variant without words of its own is in the window's lists, in English."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.main_window import MainWindow


def test_it_can_be_chosen_and_says_what_it_is(toy, qtbot, engine, indexed: MainWindow) -> None:
    composer = indexed.chat.composer
    qtbot.waitUntil(lambda: bool(indexed.program.attention.reasons))
    for box in (composer.attention_box, composer.second_attention_box):
        row = box.findData("toy")
        item = box.model().item(row)
        assert row == box.count() - 1 and item.text() == "Toy attention"
        assert not item.isEnabled() and "adapter" in item.toolTip()
    engine.attention.make_available("toy")
    with qtbot.waitSignal(indexed.program.attention.changed):
        indexed.program.attention.refresh()
    item = composer.attention_box.model().item(composer.attention_box.findData("toy"))
    assert item.isEnabled()
    assert item.data(Qt.ItemDataRole.ToolTipRole) == "Contrast attention with trained strength."
    composer.attention_box.choose("toy")
    assert composer.attention == "toy"


def test_it_is_gone_when_nobody_registers_it(window: MainWindow) -> None:
    assert window.chat.composer.attention_box.findData("toy") == -1


def test_an_answer_of_a_variant_that_is_gone_is_still_named(window: MainWindow) -> None:
    words = window.program.words.attention
    assert words.setting("gone", "dense") == "gone"
    assert words.setting("baseline", "gone") == "Baseline attention, gone"
