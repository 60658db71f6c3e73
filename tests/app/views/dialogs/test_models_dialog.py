"""The dialog of models: what is here, what could be, and getting it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_models import HALF, LARGER
from PySide6.QtWidgets import QApplication, QFileDialog

from app.views.dialogs.input_boxes import ConfirmPrompt
from app.views.dialogs.models import ModelsDialog
from app.views.model_cards import InstalledCard
from engine.errors import SourceUnreachable
from engine.records import Notice


@pytest.fixture
def dialog(qtbot, window) -> ModelsDialog:
    program = window.program
    made = ModelsDialog(program.models, program.fetching, program.settings, program.words, window)
    made.open()
    qtbot.waitUntil(lambda: len(made.offers) == 2 and len(here(made)) == 2)
    return made


def here(dialog: ModelsDialog) -> dict[str, InstalledCard]:
    cards = [dialog._cards.itemAt(row).widget() for row in range(dialog._cards.count())]
    return {card.accessibleName(): card for card in cards}


def test_the_recommended_model_comes_first_with_what_one_wants_to_know(dialog):
    assert list(dialog.offers) == [HALF, LARGER]
    card = dialog.offers[HALF]
    assert card.mark.text() == "Recommended for this computer"
    facts = card.facts.text()
    for words in ("469 MiB", "about 7.2 s", "English, 日本語", "and 10 more", "Apache-2.0", "fact"):
        assert words in facts, facts
    assert card.get.text() == "Get" and not card.get.isHidden()
    assert card.pause.isHidden() and card.cancel.isHidden()
    slow = dialog.offers[LARGER]
    assert slow.mark.text() == "Slow on this computer" and "about 21 s" in slow.facts.text()


def test_on_a_busy_computer_the_seconds_are_a_limit(qtbot, dialog, engine):
    engine.fetcher.busy = True
    dialog._fetching.look()
    qtbot.waitUntil(lambda: "at most" in dialog.offers[HALF].facts.text())


def test_a_model_is_got_and_can_be_used_at_once(qtbot, dialog, engine):
    dialog.offers[HALF].get.click()
    assert dialog._fetching.running == HALF
    card = dialog.offers[HALF]
    assert not card.pause.isHidden() and card.get.isHidden()
    assert not dialog.offers[LARGER].get.isEnabled(), "one at a time"
    engine.fetcher.may_go_on.release(2)
    qtbot.waitUntil(lambda: "234 MiB of 469 MiB" in dialog.offers[HALF].state.text())
    state = dialog.offers[HALF].state.text()
    assert "per second" in state and "about 30 seconds left" in state
    assert "Getting" in dialog.status.text() and "hub.example" in dialog.status.text()
    engine.fetcher.may_go_on.release(2)
    qtbot.waitUntil(lambda: HALF in here(dialog) and HALF not in dialog.offers)
    assert dialog.status.text() == f"{HALF} is here."
    qtbot.waitUntil(lambda: engine.loaded.n_warm_ups == 2)
    qtbot.waitUntil(lambda: not here(dialog)[HALF].use.isHidden())
    here(dialog)[HALF].use.click()
    qtbot.waitUntil(lambda: engine.settings.current.chat_model == HALF)
    qtbot.waitUntil(lambda: here(dialog)[HALF].mark.text() == "In use")
    assert here(dialog)[HALF].use.isHidden()
    qtbot.waitUntil(lambda: engine.loaded.n_warm_ups == 3)


def test_paused_it_goes_on_and_cancelled_it_is_forgotten(qtbot, dialog, engine):
    dialog.offers[HALF].get.click()
    engine.fetcher.may_go_on.release(1)
    qtbot.waitUntil(lambda: engine.fetcher.fetched.get(HALF, 0) > 0)
    dialog.offers[HALF].pause.click()
    qtbot.waitUntil(lambda: not dialog._fetching.running)
    qtbot.waitUntil(lambda: dialog.offers[HALF].get.text() == "Resume")
    card = dialog.offers[HALF]
    assert card.state.text() == "117 MiB of 469 MiB are here" and not card.cancel.isHidden()
    assert dialog.offers[LARGER].get.isEnabled()
    card.get.click()
    assert dialog._fetching.running == HALF
    dialog.offers[HALF].cancel.click()
    qtbot.waitUntil(lambda: engine.fetcher.discarded == [HALF])
    qtbot.waitUntil(lambda: dialog.offers[HALF].get.text() == "Get")
    assert dialog.offers[HALF].cancel.isHidden()


def test_closing_the_dialog_does_not_stop_it(qtbot, dialog, engine, window):
    dialog.offers[HALF].get.click()
    engine.fetcher.may_go_on.release(1)
    dialog.close()
    engine.fetcher.may_go_on.release(3)
    with qtbot.waitSignal(window.program.fetching.fetched):
        pass
    qtbot.waitUntil(lambda: not window.program.fetching.running)


def test_what_went_wrong_is_said_and_can_be_tried_again(qtbot, dialog, engine):
    engine.fetcher.fail_with = SourceUnreachable(source="hub.example", detail="no route")
    dialog.offers[HALF].get.click()
    engine.fetcher.may_go_on.release(1)
    qtbot.waitUntil(lambda: "hub.example cannot be reached (no route)" in dialog.status.text())
    qtbot.waitUntil(lambda: dialog.offers[HALF].get.isEnabled())


def test_a_model_is_removed_after_a_question(qtbot, dialog, engine):
    dialog.offers[HALF].get.click()
    engine.fetcher.may_go_on.release(4)
    qtbot.waitUntil(lambda: HALF in here(dialog))
    here(dialog)[HALF].use.click()
    qtbot.waitUntil(lambda: engine.settings.current.chat_model == HALF)
    qtbot.waitUntil(lambda: here(dialog)[HALF].mark.text() == "In use")
    built_in = next(card for name, card in here(dialog).items() if name != HALF)
    assert built_in.remove.isHidden()
    here(dialog)[HALF].remove.click()
    (prompt,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, ConfirmPrompt))
    assert "469 MiB" in "".join(each.text() for each in prompt.findChildren(type(dialog.status)))
    prompt.accept()
    qtbot.waitUntil(lambda: HALF not in here(dialog) and HALF in dialog.offers)
    assert engine.loaded.released == [HALF]
    qtbot.waitUntil(lambda: engine.settings.current.chat_model == "")


def test_a_folder_is_added(qtbot, dialog, engine, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog._add_folder.click()
    qtbot.waitUntil(lambda: "Added" in here(dialog))
    assert dialog.status.text() == "Added was added."
    assert Path(engine.models.files[-1].path).parent == tmp_path


def test_the_list_scrolls_and_the_buttons_stay(qtbot, dialog):
    dialog.resize(820, 420)
    bottom = dialog.close_button.mapTo(dialog, dialog.close_button.rect().bottomLeft()).y()
    assert bottom <= dialog.height()


def test_a_quoted_answer_in_another_language_offers_a_model(qtbot, indexed, engine):
    chat = indexed.chat
    indexed.program.chat.ask("有給休暇は何日ですか。")
    qtbot.waitUntil(lambda: bool(chat.cards) and chat.cards[max(chat.cards)].phase == "done")
    card = chat.cards[max(chat.cards)]
    assert card.get_model.isHidden()
    told = replace(card.answer, notices=(Notice("language-not-written", {"model": "SmolLM2"}),))
    card.show_answer(told)
    assert not card.get_model.isHidden() and card.get_model.text() == "Get a model…"
    card.get_model.click()
    qtbot.waitUntil(
        lambda: any(isinstance(w, ModelsDialog) for w in QApplication.topLevelWidgets())
    )
