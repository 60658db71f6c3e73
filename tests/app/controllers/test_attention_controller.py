from __future__ import annotations

from engine.errors import ModelMissing


def reason(window, mode: str) -> str:
    box = window.chat.composer.attention_box
    return box.model().item(box.findData(mode)).toolTip()


def settle(qtbot, window) -> None:
    """Wait until it was asked at the start and again after the models were loaded."""
    program = window.program
    for _ in range(2):
        qtbot.waitUntil(lambda: bool(program.attention.reasons) and not program.runner.n_unfinished)
        qtbot.wait(60)


def test_what_can_run_is_asked_after_the_models_are_loaded(qtbot, window, engine):
    qtbot.waitUntil(lambda: bool(window.program.attention.reasons))
    assert window.program.attention.reasons["baseline"] is None
    assert "SmolLM2" in reason(window, "difflora")


def test_another_chat_model_is_asked_about_again(qtbot, window, engine):
    settle(qtbot, window)
    engine.attention.make_available()
    with qtbot.waitSignal(window.program.attention.changed):
        window.program.settings.change(chat_model="other")
    assert engine.settings.current.chat_model == "other", "asked after the setting was stored"
    assert reason(window, "difflora") == ""


def test_other_settings_do_not_ask(qtbot, window, engine):
    settle(qtbot, window)
    asked = []
    window.program.attention.changed.connect(asked.append)
    with qtbot.waitSignal(window.program.settings.stored):
        window.program.settings.change(top_k=9)
    qtbot.wait(80)
    assert asked == []


def test_it_never_asks_on_the_gui_thread(qtbot, window, engine):
    settle(qtbot, window)
    engine.threads.clear()
    with qtbot.waitSignal(window.program.attention.changed):
        window.program.attention.refresh()
    assert engine.threads == {"sabun-look-up"}


def test_without_a_model_the_switch_stays_as_it_was(qtbot, window, engine):
    settle(qtbot, window)
    before = window.program.attention.reasons
    engine.fail_with = ModelMissing(name="x")
    window.program.attention.refresh()
    qtbot.waitUntil(lambda: engine.fail_with is None and not window.program.runner.n_unfinished)
    assert window.program.attention.reasons is before
