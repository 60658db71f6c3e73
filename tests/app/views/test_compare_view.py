from __future__ import annotations

import json

import pytest
from compare_cards import QUESTION, compared, dialog_of, latest, voted, words_of
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.views.compare.layers import LayersDialog
from app.views.dialogs.error import ErrorDialog
from engine.errors import ModelMissing
from engine.records import SourceAttention

TELLING = ("baseline", "difflora", "tokens/s", "kernel", "epyc", "smollm2-difflora", "dense")
"""Words that would tell before the vote which side is which."""


# --- blind ------------------------------------------------------------------------------


def test_two_answers_stand_beside_each_other_under_letters(qtbot, comparing):
    card = compared(qtbot, comparing)
    assert [side.title for side in card.sides] == ["A", "B"]
    assert "In short" in card.sides[0].text.plain_text
    assert "Answer 0" in card.sides[1].text.plain_text
    assert len(card.evidence.views) == 2, "the evidence stands there once"
    assert card.verdict.vote.isVisible()
    assert not card.stacked
    assert comparing.sources.isVisible()


def test_nothing_tells_which_side_is_which_before_the_vote(qtbot, comparing):
    card = compared(qtbot, comparing)
    for part in (*card.sides, card.verdict, card.footer):
        for text in words_of(part):
            assert not any(word in text.lower() for word in TELLING), text
    assert not card.footer.layers.isVisible()
    assert not card.footer.export.isVisible()
    for side in card.sides:
        assert not side.bars.bars


def test_the_card_looks_the_same_whichever_setting_ran_first(qtbot, comparing, monkeypatch):
    """Both modes write the same text here, so that only a leak could make a difference."""
    import fake_compare

    monkeypatch.setattr(fake_compare, "text_of", lambda *_: "The same words [1].")
    pictures = []
    for swapped in (True, False):
        comparing.program.compare.toss = lambda swapped=swapped: swapped
        comparing.menus.action("new").trigger()
        card = compared(qtbot, comparing)
        comparing.chat.composer.setFocus()
        QTest.qWait(80)
        pictures.append((words_of(card), card.grab().toImage()))
    assert pictures[0][0] == pictures[1][0]
    assert pictures[0][1] == pictures[1][1]
    assert "same, word for word" in card._marks.text()


def test_the_heading_names_the_settings_as_asked_not_as_run(qtbot, comparing):
    card = compared(qtbot, comparing)
    assert card._subject.text().startswith("Baseline attention and DiffLoRA attention")


def test_differences_are_marked_in_both_answers(qtbot, comparing):
    card = compared(qtbot, comparing)
    marked = [
        "".join(piece.text for piece in side.text._pieces if piece.different) for side in card.sides
    ]
    assert "In short" in marked[0]
    assert "Ask the manager" in marked[0]
    assert "invented" in marked[1]
    assert "20 days" not in "".join(marked)
    assert card._marks.isVisible()


# --- vote -------------------------------------------------------------------------------


def test_a_vote_reveals_names_speed_attention_and_the_tally(qtbot, comparing, engine):
    engine.comparisons.votes += [("baseline", "difflora", "second")] * 6 + [
        ("difflora", "baseline", "second")
    ] * 3
    card = voted(qtbot, comparing)
    assert [side.title for side in card.sides] == [
        "A · DiffLoRA attention",
        "B · Baseline attention",
    ]
    assert card.result == (
        "You preferred A · DiffLoRA attention.\n"
        "DiffLoRA attention preferred in 7 of 10 decided votes, 95 % interval 40–89 %: "
        "no difference found yet."
    )
    facts = card.sides[0].facts
    assert "19.8 tokens/s" in facts
    assert "first token after 0.6 s" in facts
    assert "Sabun's CPU kernel on AMD EPYC, AVX-512 · adapter smollm2-difflora" in facts
    assert not card.verdict.vote.isVisible()
    assert card.footer.layers.isVisible()
    assert card.footer.export.isVisible()


def test_the_keys_1_2_3_vote_inside_the_card(qtbot, comparing, engine):
    card = compared(qtbot, comparing)
    comparing.activateWindow()
    card.verdict.vote.buttons["first"].setFocus()
    with qtbot.waitSignal(comparing.program.compare.revealed):
        QTest.keyClick(card.verdict.vote.buttons["first"], Qt.Key.Key_2)
    assert engine.comparisons.votes == [("difflora", "baseline", "second")]


def test_digits_typed_into_the_question_box_do_not_vote(qtbot, comparing, engine):
    compared(qtbot, comparing)
    comparing.activateWindow()
    comparing.chat.composer.setFocus()
    QTest.keyClicks(comparing.chat.composer.edit, "123")
    assert comparing.chat.composer.edit.toPlainText() == "123"
    assert engine.comparisons.votes == []


def test_the_menu_votes_on_the_latest_comparison(qtbot, comparing, engine):
    compared(qtbot, comparing)
    with qtbot.waitSignal(comparing.program.compare.revealed):
        comparing.menus.action("tie").trigger()
    assert engine.comparisons.votes[0][2] == "tie"
    assert "You saw no difference." in latest(comparing).result
    comparing.menus.action("first").trigger()
    assert len(engine.comparisons.votes) == 1


def test_reveal_without_voting(qtbot, comparing, engine):
    card = compared(qtbot, comparing)
    card.verdict.vote.reveal.click()
    qtbot.waitUntil(lambda: "DiffLoRA" in card.sides[0].title)
    assert engine.comparisons.votes == []
    assert not card.verdict.vote.isVisible()


def test_a_vote_that_cannot_be_stored_is_said_and_can_be_repeated(qtbot, comparing, engine):
    card = compared(qtbot, comparing)
    engine.fail_with = ModelMissing(name="votes")
    card.verdict.vote.buttons["first"].click()
    dialog_of(qtbot, ErrorDialog).close()
    assert card.verdict.vote.buttons["first"].isEnabled()
    assert [side.title for side in card.sides] == ["A", "B"]


# --- attention --------------------------------------------------------------------------


def test_bars_show_the_shares_of_the_sources(qtbot, comparing):
    card = voted(qtbot, comparing)
    first, second = (side.bars for side in card.sides)
    assert [bar.number for bar in first.bars] == [1, 2]
    assert first.bars[0].share > 0.9
    assert first.bars[1].share < 0
    assert first.bars[1].percent.startswith("−")
    assert first.bars[0].scale == second.bars[0].scale
    assert "leave.md" in first.bars[0].accessibleName()
    assert "of all attention" in first.note
    first.bars[1].click()
    assert comparing.sources.selected == 2


def test_without_measured_attention_it_says_so(qtbot, comparing, engine, monkeypatch):
    import fake_compare

    monkeypatch.setattr(fake_compare, "source_attention", lambda *_: None)
    card = voted(qtbot, comparing)
    assert card.sides[0].bars.note == "Not measured for this answer."
    assert not card.footer.layers.isVisible()


def test_the_heat_map_walks_explains_and_switches(qtbot, comparing):
    card = voted(qtbot, comparing)
    card.footer.layers.click()
    dialog = dialog_of(qtbot, LayersDialog)
    assert dialog.choices[0].isChecked()
    assert dialog.description.startswith("Layer 6, source 1 (leave.md): 34.")
    assert dialog.map.accessibleDescription() == dialog.description
    QTest.keyClick(dialog.map, Qt.Key.Key_Down)
    QTest.keyClick(dialog.map, Qt.Key.Key_Right)
    assert dialog.description == "Layer 7, source 2 (leave.md): −2.0 % of the attention"
    QTest.keyClick(dialog.map, Qt.Key.Key_Right)
    assert dialog.map.cell == (6, 1), "the edge holds"
    dialog.choices[2].click()
    assert "more in B than in A" in dialog.description
    point = dialog.map.cell_rect(2, 0).center()
    nothing, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, point, point, nothing, nothing, no_key)
    QApplication.sendEvent(dialog.map, move)
    assert dialog.map.cell == (2, 0)
    before = dialog.map.grab().toImage()
    dialog.choices[1].click()
    assert dialog.map.grab().toImage() != before


def test_a_side_that_was_not_measured_has_no_heat_map(qtbot, comparing, engine, monkeypatch):
    import fake_compare

    original = fake_compare.source_attention

    def only_baseline(choice, n: int) -> SourceAttention | None:
        return original(choice, n) if choice.mode == "baseline" else None

    monkeypatch.setattr(fake_compare, "source_attention", only_baseline)
    card = voted(qtbot, comparing)
    card.footer.layers.click()
    dialog = dialog_of(qtbot, LayersDialog)
    assert [choice.isEnabled() for choice in dialog.choices] == [False, True, False]
    assert dialog.choices[1].isChecked()


# --- stop, refuse, fail, again ----------------------------------------------------------


def test_stop_ends_a_comparison_and_keeps_what_there_is(qtbot, comparing, engine):
    engine.token_s = 0.04
    comparing.chat.composer.ask(QUESTION)
    card = latest(comparing)
    qtbot.waitUntil(lambda: card.sides[0].phase == "writing")
    assert card.sides[1].phase == "waiting"
    with qtbot.waitSignal(comparing.program.compare.finished):
        comparing.chat.composer.send_button.click()
    assert "Stopped. What was written so far is kept." in card.sides[0].notice
    assert "Stopped before" in card.sides[1].notice
    assert not card.verdict.vote.isVisible()
    assert "DiffLoRA" in card.sides[0].title
    qtbot.waitUntil(lambda: not comparing.program.chat.busy)


def test_both_sides_show_their_progress(qtbot, comparing, engine):
    engine.token_s = 0.03
    comparing.chat.composer.ask(QUESTION)
    card = latest(comparing)
    seen: set[tuple[int, str]] = set()

    def look(*_event: object) -> None:
        seen.update((number, side.phase) for number, side in enumerate(card.sides))

    comparing.program.compare.event_received.connect(look)  # after the card has taken each event
    qtbot.waitUntil(lambda: card.phase == "done", timeout=10_000)
    assert {(0, "reading"), (0, "writing"), (1, "waiting"), (1, "reading"), (1, "writing")} <= seen


def test_a_question_nothing_answers_is_refused_once(qtbot, comparing):
    card = compared(qtbot, comparing, "zebra xylophone")
    assert card._notice_text.text() == "This was not found in your documents."
    assert card._notice.isVisible()
    assert not card.sides[0].isVisible()
    assert not card.verdict.vote.isVisible()


def test_a_failure_is_shown_in_the_card_and_can_be_tried_again(qtbot, comparing, engine):
    engine.no_model = True
    with qtbot.waitSignal(comparing.program.compare.run_failed):
        comparing.chat.composer.ask(QUESTION)
    card = latest(comparing)
    assert card.phase == "failed"
    assert "SmolLM2" in card.failure.text
    assert not card.failure._baseline.isVisible()
    engine.no_model = False
    qtbot.waitUntil(lambda: not comparing.program.chat.busy)
    with qtbot.waitSignal(comparing.program.compare.finished):
        card.failure._retry.click()
    assert latest(comparing).phase == "done"
    assert len(comparing.chat.comparisons) == 1


def test_comparing_again_replaces_the_card_and_hides_again(qtbot, comparing):
    card = voted(qtbot, comparing)
    with qtbot.waitSignal(comparing.program.compare.finished):
        card.footer.again.click()
    again = latest(comparing)
    assert again is not card
    assert [side.title for side in again.sides] == ["A", "B"]
    assert "seed 1" in again.footer.facts


def test_closing_the_conversation_while_comparing(qtbot, comparing, engine):
    engine.token_s = 0.03
    comparing.chat.composer.ask(QUESTION)
    with qtbot.waitSignal(comparing.program.compare.finished):
        comparing.menus.action("new").trigger()
    assert comparing.chat.comparisons == {}
    qtbot.waitUntil(lambda: not comparing.program.chat.busy)
    engine.token_s = 0.0
    assert compared(qtbot, comparing).phase == "done"


# --- export -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("result.json", "Web page (*.html)", "result.json"),
        ("result", "Data (*.json)", "result.json"),
        ("result.v2", "Web page (*.html)", "result.v2.html"),
    ],
)
def test_export_saves_where_the_user_says(
    qtbot, comparing, monkeypatch, tmp_path, typed, kind, written
):
    card = voted(qtbot, comparing)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), kind))
    with qtbot.waitSignal(comparing.program.compare.exported):
        card.footer.export.click()
    assert len(json.loads((tmp_path / written).read_text(encoding="utf-8"))) == 2
    assert written in comparing.toast.text


def test_export_is_not_offered_before_the_vote(qtbot, comparing, monkeypatch):
    compared(qtbot, comparing)
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: asked.append(1) or ("", ""))
    comparing.menus.action("export").trigger()
    assert asked == []
