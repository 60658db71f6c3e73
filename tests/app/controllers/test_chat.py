from __future__ import annotations

import pytest

from app.main_window import MainWindow
from engine.errors import AttentionUnsupported, ModelMissing
from engine.records import AttentionChoice, TableName, TablePlan, Turn

QUESTION = "How many days of paid annual leave do employees receive?"


@pytest.fixture
def chat(indexed: MainWindow):
    return indexed.program.chat


def answered(qtbot, chat, question: str = QUESTION):
    with qtbot.waitSignal(chat.turn_finished):
        assert chat.ask(question)
    qtbot.waitUntil(lambda: not chat.busy)
    return chat.turns[-1]


def stored(engine, chat) -> tuple[Turn, ...]:
    return engine.conversations.turns(chat.conversation.id)


def test_a_question_is_answered_and_kept(qtbot, chat, engine):
    turn = answered(qtbot, chat)
    assert "20 days" in turn.answer.text
    assert turn.turn_id
    assert chat.conversation.title == QUESTION
    assert [t.answer.question for t in stored(engine, chat)] == [QUESTION]


def test_a_second_question_continues_the_conversation(qtbot, chat, engine):
    answered(qtbot, chat)
    answered(qtbot, chat, "What does the standard plan cost per year?")
    assert len(stored(engine, chat)) == 2
    assert len(engine.conversations.list(chat.collection.id)) == 1


def test_only_one_question_at_a_time_and_none_that_is_blank(qtbot, chat, engine):
    engine.token_s = 0.02
    assert chat.ask(QUESTION)
    assert not chat.ask("Another one?")
    with qtbot.waitSignal(chat.turn_finished):
        chat.stop()
    qtbot.waitUntil(lambda: not chat.busy)
    assert not chat.ask("   \n ")
    assert len(chat.turns) == 1


def test_stop_keeps_the_text_so_far(qtbot, chat, engine):
    engine.token_s = 0.05
    pieces: list[object] = []
    chat.event_received.connect(lambda _key, event: pieces.append(event))
    chat.ask(QUESTION)
    qtbot.waitUntil(lambda: any(type(p).__name__ == "TokensGenerated" for p in pieces))
    with qtbot.waitSignal(chat.turn_finished):
        chat.stop()
    answer = chat.turns[-1].answer
    assert answer.stopped
    assert answer.generated
    assert "invented" not in answer.generated
    assert stored(engine, chat)[0].answer.stopped


def test_regenerate_replaces_the_stored_turn_with_another_seed(qtbot, chat, engine):
    turn = answered(qtbot, chat)
    first_id = turn.turn_id
    with qtbot.waitSignal(chat.turn_finished):
        assert chat.regenerate(turn.key)
    (kept,) = stored(engine, chat)
    assert kept.id != first_id
    assert kept.answer.stats.seed == 1
    assert [asked.seed for asked in engine.asked] == [0, 1]


def test_who_insists_goes_on_insisting_for_this_question(qtbot, chat, engine):
    turn = answered(qtbot, chat)
    for insists in (True, False):
        with qtbot.waitSignal(chat.turn_finished):
            assert chat.regenerate(turn.key, insists=insists)
        qtbot.waitUntil(lambda: not chat.busy)
    answered(qtbot, chat)
    assert [asked.insist for asked in engine.asked] == [False, True, True, False]


def test_a_failed_regeneration_keeps_the_old_answer(qtbot, chat, engine):
    turn = answered(qtbot, chat)
    engine.no_model = True
    with qtbot.waitSignal(chat.turn_failed):
        chat.regenerate(turn.key)
    qtbot.waitUntil(lambda: not chat.busy)
    (kept,) = stored(engine, chat)
    assert "20 days" in kept.answer.text
    engine.no_model = False
    with qtbot.waitSignal(chat.turn_finished):
        chat.regenerate(turn.key)
    (new,) = stored(engine, chat)
    assert new.id != kept.id, "the old answer goes when there is a new one"


def test_another_kind_replaces_the_turn_and_stays_chosen(qtbot, chat, engine):
    turn = answered(qtbot, chat)
    with qtbot.waitSignal(chat.turn_finished):
        assert chat.revise(turn.key, kind="list")
    qtbot.waitUntil(lambda: not chat.busy)
    with qtbot.waitSignal(chat.turn_finished):
        assert chat.regenerate(turn.key)
    (kept,) = stored(engine, chat)
    assert kept.answer.kind == "list"
    assert [asked.kind for asked in engine.asked] == [None, "list", "list"]
    assert [asked.seed for asked in engine.asked] == [0, 0, 1]


def test_a_question_in_other_words_replaces_the_turn(qtbot, chat, engine):
    turn = answered(qtbot, chat)
    with qtbot.waitSignal(chat.turn_finished):
        assert chat.revise(turn.key, question=" What does the plan cost? ")
    (kept,) = stored(engine, chat)
    assert kept.answer.question == chat.turns[-1].question == "What does the plan cost?"


def test_a_plan_makes_it_a_question_to_tables_and_goes_with_another_kind(qtbot, chat, engine):
    plan = TablePlan((TableName(1, "prices.xlsx"),), "sum", "Amount")
    turn = answered(qtbot, chat)
    for change in ({"plan": plan}, {"kind": "fact"}):
        with qtbot.waitSignal(chat.turn_finished):
            assert chat.revise(turn.key, **change)
        qtbot.waitUntil(lambda: not chat.busy)
    assert [(a.kind, a.plan) for a in engine.asked[1:]] == [("table", plan), ("fact", None)]


def test_a_reopened_question_is_answered_again_in_the_same_way(qtbot, chat, engine):
    plan = TablePlan((TableName(1, "prices.xlsx"),), "count")
    turn = answered(qtbot, chat)
    with qtbot.waitSignal(chat.turn_finished):
        chat.revise(turn.key, plan=plan)
    qtbot.waitUntil(lambda: not chat.busy)
    with qtbot.waitSignal(chat.opened):
        chat.open(chat.conversation)
    with qtbot.waitSignal(chat.turn_finished):
        assert chat.regenerate(chat.turns[-1].key)
    assert (engine.asked[-1].kind, engine.asked[-1].plan) == ("table", plan)


def test_only_the_last_answer_can_be_regenerated(qtbot, chat):
    first = answered(qtbot, chat)
    answered(qtbot, chat, "What does the standard plan cost per year?")
    assert not chat.regenerate(first.key)
    assert not chat.revise(first.key, kind="list")


@pytest.mark.parametrize("mode", ["difflora", "diff-v2", "selective"])
def test_other_attention_is_refused_never_replaced(qtbot, chat, engine, mode):
    with qtbot.waitSignal(chat.turn_failed):
        chat.ask(QUESTION, AttentionChoice(mode))
    qtbot.waitUntil(lambda: not chat.busy)
    turn = chat.turns[-1]
    assert isinstance(turn.error, AttentionUnsupported)
    assert turn.answer is None
    assert engine.conversations.list(chat.collection.id) == ()
    with qtbot.waitSignal(chat.turn_finished):
        chat.regenerate(turn.key, AttentionChoice())
    assert turn.answer.attention.mode == "baseline"
    assert [asked.choice.mode for asked in engine.asked] == [mode, "baseline"]


def test_a_missing_model_fails_that_question_only(qtbot, chat, engine):
    engine.no_model = True
    with qtbot.waitSignal(chat.turn_failed):
        chat.ask(QUESTION)
    assert isinstance(chat.turns[-1].error, ModelMissing)
    engine.no_model = False
    qtbot.waitUntil(lambda: not chat.busy)
    with qtbot.waitSignal(chat.turn_finished):
        chat.regenerate(chat.turns[-1].key)


def test_conversations_are_listed_opened_renamed_deleted_and_undone(qtbot, indexed, engine):
    chat, listed = indexed.program.chat, indexed.program.conversations
    answered(qtbot, chat)
    first = chat.conversation
    chat.start_new()
    answered(qtbot, chat, "What does the standard plan cost per year?")
    qtbot.waitUntil(lambda: indexed.sidebar.conversations.rows.rowCount() == 2)
    with qtbot.waitSignal(chat.opened):
        chat.open(first)
    assert [t.question for t in chat.turns] == [QUESTION]
    with qtbot.waitSignal(listed.changed) as changed:
        listed.rename(first.id, "Leave")
    qtbot.waitUntil(lambda: "Leave" in [c.title for c in changed.args[0]])
    with qtbot.waitSignal(listed.changed):
        listed.delete(first)
    assert indexed.sidebar.conversations.rows.rowCount() == 1
    assert engine.conversations.turns(first.id), "nothing is deleted while undo is offered"
    listed.undo_delete(first.id)
    assert indexed.sidebar.conversations.rows.rowCount() == 2


def test_deleted_conversations_are_gone_after_closing(qtbot, indexed, engine):
    answered(qtbot, indexed.program.chat)
    conversation = indexed.program.chat.conversation
    qtbot.waitUntil(lambda: indexed.sidebar.conversations.rows.rowCount() == 1)
    indexed.program.conversations.delete(conversation)
    assert indexed.program.close()
    assert engine.conversations.turns(conversation.id) == ()
    assert engine.closed


def test_engine_work_never_runs_on_the_gui_thread(qtbot, chat, engine):
    engine.threads.clear()
    answered(qtbot, chat)
    assert "MainThread" not in engine.threads
