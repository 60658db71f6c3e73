from __future__ import annotations

import pytest

from app.main_window import MainWindow
from engine.errors import AttentionUnsupported, ModelMissing
from engine.events import SideProgressed, TokensGenerated
from engine.records import AttentionChoice, Notice

QUESTION = "How many days of paid annual leave do employees receive?"
BASELINE, DIFFLORA = AttentionChoice(), AttentionChoice("difflora")


@pytest.fixture
def compare(indexed: MainWindow, engine):
    engine.attention.make_available()
    indexed.program.compare.toss = lambda: False
    return indexed.program.compare


@pytest.fixture
def chat(indexed: MainWindow):
    return indexed.program.chat


def compared(qtbot, compare, question: str = QUESTION, second: AttentionChoice = DIFFLORA):
    with qtbot.waitSignal(compare.finished):
        assert compare.compare(question, BASELINE, second)
    return compare.latest


def test_both_settings_answer_from_the_same_evidence(qtbot, compare, engine, chat):
    shown = compared(qtbot, compare)
    first, second = shown.comparison.answers
    assert first.passages == second.passages
    assert [a.attention.mode for a in (first, second)] == ["baseline", "difflora"]
    (request,) = engine.compared
    assert (request.question, request.choices, request.seed) == (QUESTION, (BASELINE, DIFFLORA), 0)
    assert not chat.busy
    assert engine.conversations.list(chat.collection.id) == (), "a comparison is no turn"


def test_the_lot_decides_which_setting_runs_first(qtbot, compare, engine):
    compare.toss = lambda: True
    shown = compared(qtbot, compare)
    assert shown.asked == (BASELINE, DIFFLORA)
    assert shown.run == (DIFFLORA, BASELINE) == engine.compared[0].choices


def test_the_lot_is_fair():
    from app.controllers.compare import toss

    assert 400 < sum(toss() for _ in range(1_000)) < 600


def test_answers_and_comparisons_take_turns(qtbot, compare, chat, engine):
    engine.token_s = 0.02
    assert compare.compare(QUESTION, BASELINE, DIFFLORA)
    assert not chat.ask(QUESTION)
    assert not compare.compare(QUESTION, BASELINE, DIFFLORA)
    with qtbot.waitSignal(compare.finished):
        chat.stop()
    engine.token_s = 0.0
    with qtbot.waitSignal(chat.turn_finished):
        assert chat.ask(QUESTION)
    assert chat.turns[0].key != compare.latest.key


def test_the_same_setting_twice_is_no_comparison(compare):
    assert not compare.compare(QUESTION, BASELINE, BASELINE)
    assert not compare.compare("  \n", BASELINE, DIFFLORA)


def test_stop_keeps_what_was_written_and_asks_for_no_vote(qtbot, compare, chat, engine):
    engine.token_s = 0.05
    written: list[int] = []
    compare.event_received.connect(
        lambda _key, e: (
            isinstance(e, SideProgressed)
            and isinstance(e.event, TokensGenerated)
            and written.append(e.side)
        )
    )
    compare.compare(QUESTION, BASELINE, DIFFLORA)
    qtbot.waitUntil(lambda: bool(written))
    with qtbot.waitSignal(compare.finished):
        chat.stop()
    shown = compare.latest
    assert shown.stopped
    assert shown.comparison.answers[0].generated
    assert not shown.comparison.answers[1].generated
    assert shown.revealed
    assert not compare.vote(shown.key, "first")
    assert engine.comparisons.votes == []


def test_stop_before_it_began(qtbot, compare, chat, engine):
    engine.token_s = 0.2
    chat.ask(QUESTION)
    chat.stop()
    qtbot.waitUntil(lambda: not chat.busy)
    compare.compare(QUESTION, BASELINE, DIFFLORA)
    with qtbot.waitSignal(compare.finished):
        chat.stop()
    assert not chat.busy


@pytest.mark.parametrize(
    ("swapped", "preference", "winner"),
    [
        (False, "first", "baseline"),
        (False, "second", "difflora"),
        (True, "first", "difflora"),
        (True, "second", "baseline"),
    ],
)
def test_a_vote_counts_for_the_mode_behind_the_letter(
    qtbot, compare, engine, swapped, preference, winner
):
    compare.toss = lambda: swapped
    shown = compared(qtbot, compare)
    assert not shown.revealed
    with qtbot.waitSignal(compare.revealed) as revealed:
        assert compare.vote(shown.key, preference)
    tally = revealed.args[1]
    assert dict(zip(tally.modes, tally.wins, strict=True))[winner] == 1
    assert shown.revealed
    assert not compare.vote(shown.key, preference), "one vote each"
    assert not compare.reveal(shown.key)


def test_reveal_without_a_vote_shows_the_votes_so_far(qtbot, compare, engine):
    engine.comparisons.votes += [("baseline", "difflora", "second")] * 3
    shown = compared(qtbot, compare)
    tallies = []
    compare.revealed.connect(lambda _shown, tally: tallies.append(tally))
    assert compare.reveal(shown.key)
    qtbot.waitUntil(lambda: bool(tallies) and tallies[-1] is not None)
    assert sum(tallies[-1].wins) == 3
    assert shown.preference is None
    assert not compare.vote(shown.key, "first")


def test_a_vote_that_cannot_be_stored_can_be_repeated(qtbot, compare, engine):
    shown = compared(qtbot, compare)
    engine.fail_with = ModelMissing(name="x")
    with qtbot.waitSignal(compare.failed):
        compare.vote(shown.key, "first")
    assert not shown.revealed
    with qtbot.waitSignal(compare.revealed):
        assert compare.vote(shown.key, "second")
    assert len(engine.comparisons.votes) == 1


def test_two_prefills_of_one_mode_are_revealed_at_once(qtbot, compare):
    shown = compared(qtbot, compare, second=AttentionChoice("baseline", "delta"))
    assert shown.revealed
    assert not compare.vote(shown.key, "first")


def test_a_refused_mode_is_refused_aloud(qtbot, compare, chat, engine):
    engine.attention.reasons["difflora"] = Notice("stored-text", {"text": "No adapter."})
    with qtbot.waitSignal(compare.run_failed):
        compare.compare(QUESTION, BASELINE, DIFFLORA)
    assert isinstance(compare.latest.error, AttentionUnsupported)
    qtbot.waitUntil(lambda: not chat.busy)
    engine.attention.make_available()
    with qtbot.waitSignal(compare.finished):
        assert compare.regenerate(compare.latest.key)
    assert compare.latest.error is None
    assert compare.latest.seed == 0, "nothing was answered with the first seed"


def test_a_question_nothing_answers_is_not_voted_on(qtbot, compare):
    shown = compared(qtbot, compare, "zebra xylophone")
    assert all(answer.refused for answer in shown.comparison.answers)
    assert not compare.vote(shown.key, "first")


def test_comparing_again_takes_another_seed_and_draws_again(qtbot, compare, engine):
    shown = compared(qtbot, compare)
    compare.reveal(shown.key)
    compare.toss = lambda: True
    with qtbot.waitSignal(compare.finished):
        assert compare.regenerate(shown.key)
    again = compare.latest
    assert again.key == shown.key
    assert (again.seed, again.run, again.revealed) == (1, (DIFFLORA, BASELINE), False)
    assert [c.seed for c in engine.compared] == [0, 1]


def test_closing_the_conversation_while_it_runs(qtbot, compare, chat, engine):
    engine.token_s = 0.02
    compare.compare(QUESTION, BASELINE, DIFFLORA)
    with qtbot.waitSignal(compare.finished):
        chat.start_new()
    assert compare.latest is None
    assert not chat.busy


def test_closing_the_program_while_it_runs(compare, indexed, engine):
    engine.token_s = 0.02
    compare.compare(QUESTION, BASELINE, DIFFLORA)
    assert indexed.program.close()
    assert engine.closed


def test_export_writes_in_the_background(qtbot, compare, engine, tmp_path):
    shown = compared(qtbot, compare)
    engine.threads.clear()
    with qtbot.waitSignal(compare.exported):
        compare.export(shown.key, tmp_path / "a.json")
    assert (tmp_path / "a.json").exists()
    with qtbot.waitSignal(compare.failed):
        compare.export(shown.key, tmp_path / "missing" / "a.json")
    assert "MainThread" not in engine.threads


def test_the_conversation_gives_the_history(qtbot, compare, chat, engine):
    compared(qtbot, compare)
    with qtbot.waitSignal(chat.turn_finished):
        chat.ask(QUESTION)
    compared(qtbot, compare)
    told = [request.conversation_id for request in engine.compared]
    assert told == [None, chat.conversation.id]
