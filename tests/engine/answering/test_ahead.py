from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.answering.ahead import read_ahead, worth_reading
from engine.answering.answer import answer
from engine.answering.reading_order import LastRead
from engine.cancel import CancelToken
from engine.events import AnswerFinished, PassagesRetrieved, PromptPrefilled
from engine.inference.chat_model import ChatModel
from engine.records import AttentionChoice, ModelFile
from engine.settings import Settings

LEAVE = "How many days of paid leave does every employee have in a year?"
SETTINGS = Settings(max_answer_tokens=12, prompt_budget_tokens=1024)


@pytest.fixture
def chat(tiny_gguf, tmp_path) -> Iterator[ChatModel]:
    path = tiny_gguf(tmp_path / "m.gguf", n_ctx=2048)
    opened = ChatModel(ModelFile("tiny", path, "chat", path.stat().st_size), n_threads=1)
    yield opened
    opened.close()


def type_ahead(shelf, chat, text, *, last_read=None, cancel=None, choice=None):
    request = shelf.request(text, settings=SETTINGS, last_read=last_read)
    resources = shelf.resources(lambda: chat, chat.model)
    choice = choice or AttentionChoice()
    return list(read_ahead(request, choice, resources, cancel or CancelToken()))


def ask(shelf, chat, *, last_read=None, question=LEAVE):
    request = shelf.request(question, settings=SETTINGS, last_read=last_read)
    resources = shelf.resources(lambda: chat, chat.model)
    events = list(answer(request, AttentionChoice(), resources, CancelToken()))
    assert isinstance(events[-1], AnswerFinished)
    reused = next(event.n_done for event in events if isinstance(event, PromptPrefilled))
    return events[-1].answer, reused


def test_what_was_read_ahead_is_not_read_again_and_changes_nothing(shelf, chat):
    plain, reused = ask(shelf, chat)
    assert reused == 0
    chat.start_afresh()
    events = type_ahead(shelf, chat, "How many days of paid leave does")
    assert [type(event) for event in events[:2]] == [PassagesRetrieved, PromptPrefilled]
    n_read = events[-1].n_done
    assert n_read == events[-1].n_total > 200
    found, reused = ask(shelf, chat)
    assert reused == n_read
    assert found.passages == plain.passages and found.extracts == plain.extracts
    assert found.generated == plain.generated and found.stats.prompt_tokens > n_read
    # Once more: it is all there, and nothing is read or lost.
    assert [type(event) for event in type_ahead(shelf, chat, LEAVE)] == [PassagesRetrieved]
    assert ask(shelf, chat)[1] > n_read


def test_the_order_that_was_read_is_kept_only_where_it_may_be(shelf, chat):
    half = "How much does a hotel cost a night, and"
    memory = LastRead()
    type_ahead(shelf, chat, half, last_read=memory)
    ahead = [placed.id for placed in memory.passages]
    plain, reused = ask(shelf, chat)  # by rank, as ever
    ranks = [item.passage.id for item in plain.passages]
    assert set(ahead) == set(ranks) and ahead != ranks and reused < 100
    chat.start_afresh()
    type_ahead(shelf, chat, half, last_read=memory)
    found, reused = ask(shelf, chat, last_read=memory)
    assert reused > 200
    assert found.passages == plain.passages and found.extracts == plain.extracts
    assert [placed.id for placed in memory.passages] == ahead


def test_an_order_of_which_nothing_is_left_is_not_kept(shelf, chat):
    memory = LastRead()
    type_ahead(shelf, chat, "How much does a hotel cost a night, and", last_read=memory)
    chat.start_afresh()
    found, reused = ask(shelf, chat, last_read=memory)
    assert reused == 0
    assert [p.id for p in memory.passages] == [item.passage.id for item in found.passages]


def test_a_cancel_keeps_whole_batches_and_costs_the_question_nothing(shelf, chat):
    plain, _ = ask(shelf, chat)
    for n_events in range(1, 5):
        chat.start_afresh()
        cancel = CancelToken()
        request = shelf.request("How many days of paid leave does", settings=SETTINGS)
        resources = shelf.resources(lambda: chat, chat.model)
        for at, _event in enumerate(read_ahead(request, AttentionChoice(), resources, cancel), 1):
            if at == n_events:
                cancel.cancel()
        assert at == n_events  # nothing comes behind the cancel
        assert ask(shelf, chat)[0].generated == plain.generated


def test_nothing_is_read_where_nothing_could_be_kept(shelf, chat):
    sparse = AttentionChoice(prefill="delta")
    assert type_ahead(shelf, chat, LEAVE, choice=sparse) == []
    german_only = ModelFile("m", chat.model.path, "chat", chat.model.n_bytes, languages=("de",))
    request = shelf.request(LEAVE)
    resources = shelf.resources(lambda: chat, german_only)
    events = list(read_ahead(request, AttentionChoice(), resources, CancelToken()))
    assert [type(event) for event in events] == [PassagesRetrieved]


@pytest.mark.parametrize("text", ["", "  ", "How", "Hello there!", "休暇", "?!"])
def test_too_little_to_know_what_it_will_be_about(text):
    assert not worth_reading(text)


@pytest.mark.parametrize("text", ["paid leave", "the lease", "有給休暇", "有給休暇の繰越は"])
def test_two_words_or_as_much_without_spaces_are_enough(text):
    assert worth_reading(text)
