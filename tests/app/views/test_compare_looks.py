"""A comparison in narrow windows, with the keyboard, in Japanese and in the dark."""

from __future__ import annotations

import pytest
from compare_cards import QUESTION, dialog_of, latest, voted
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.screenshot import ScriptedRun
from app.startup import StartupTimes, parse_arguments
from app.views.compare.layers import LayersDialog


@pytest.mark.parametrize(("width", "stacked"), [(760, True), (1000, True), (1900, False)])
def test_answers_are_stacked_where_there_is_no_room(qtbot, comparing, width, stacked):
    card = voted(qtbot, comparing)
    comparing.resize(width, 700)
    qtbot.waitUntil(lambda: card.stacked == stacked)
    qtbot.wait(60)
    column = comparing.chat._scroll.viewport()
    right = card.mapTo(column, card.rect().topRight()).x()
    assert right <= column.width()
    for side in card.sides:
        assert side.mapTo(card, side.rect().topRight()).x() <= card.width()


def test_every_control_of_a_comparison_has_a_name(qtbot, comparing):
    card = voted(qtbot, comparing)
    card.footer.layers.click()
    for root in (card, dialog_of(qtbot, LayersDialog)):
        nameless = [
            widget
            for widget in root.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and not widget.accessibleName()
            and not (callable(getattr(widget, "text", None)) and widget.text())
        ]
        assert nameless == []


def test_tab_goes_through_the_card_as_it_reads(qtbot, comparing):
    card = voted(qtbot, comparing)
    order: list[QWidget] = []
    widget: QWidget = card.evidence.views[0]
    for _ in range(400):
        order.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [
        card.evidence.views[0],
        card.evidence.views[1],
        card.sides[0].text,
        card.sides[0].bars.bars[0],
        card.sides[1].text,
        card.sides[1].bars.bars[1],
        card.footer.layers,
        card.footer.again,
    ]
    places = [order.index(each) for each in wanted]
    assert places == sorted(places)


def test_a_comparison_speaks_japanese_and_follows_the_theme(qtbot, comparing):
    card = voted(qtbot, comparing)
    comparing.program.settings.change(interface_language="ja", theme="dark")
    qtbot.waitUntil(lambda: "ベースライン" in card.sides[1].title)
    shown = [
        text
        for part in (*card.sides, card.verdict, card.footer)
        for widget in part.findChildren(QWidget)
        if callable(getattr(widget, "text", None)) and widget.isVisible()
        for text in [str(widget.text())]
        if text.isascii() and " " in text
    ]
    assert shown == []
    assert "95% 区間" in card.result
    dark = card.grab().toImage().pixelColor(4, card.height() // 2)
    assert dark.lightness() < 80
    comparing.program.settings.change(interface_language="en", theme="light")


def test_a_comparison_can_be_pictured_without_a_user(qtbot, indexed, engine, tmp_path):
    engine.attention.make_available()
    target = tmp_path / "compare.png"
    arguments = ["--ask", QUESTION, "--compare", "difflora", "--screenshot", str(target)]
    run = ScriptedRun(indexed.program, indexed, parse_arguments(arguments), StartupTimes())
    run.arm()
    with qtbot.waitSignal(indexed.closed, timeout=20_000):
        indexed.program.library.collections_loaded.emit()
    assert target.read_bytes().startswith(b"\x89PNG")
    assert run.status == 0
    assert "attention" in latest(indexed).sides[0].title
