"""The engine's door: what is read ahead gives way to every question."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bag_of_words import BagOfWords
from killed_while_answering import COLLECTION, open_engine

from engine.cancel import CancelToken
from engine.errors import CollectionMissing
from engine.events import AnswerFinished, PassagesRetrieved, PromptPrefilled
from engine.facade import Engine
from engine.records import AskRequest, AttentionChoice, CompareRequest

QUESTION = "How many days of paid leave does every employee have?"
HALF = "How many days of paid leave"
TEXTS = {
    "leave.txt": "Every employee has twenty-five days of paid leave in a calendar year.",
    "carry.txt": "Days of paid leave that are not taken can be carried over until March.",
    "lease.txt": "The lease of the Osaka office ends on 31 March 2027.",
}


@pytest.fixture
def engine(tmp_path: Path, tiny_gguf: Callable[..., Path]) -> Iterator[Engine]:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, text in TEXTS.items():
        (documents / name).write_text(text * 3, encoding="utf-8")
    with open_engine(tmp_path / "data") as opened:
        opened.paths.models.mkdir(exist_ok=True)
        tiny_gguf(opened.paths.models / "tiny.gguf", n_ctx=4096)
        opened.settings.change(
            chat_model="tiny",
            embedding_model=BagOfWords.name,
            prompt_budget_tokens=2048,
            max_answer_tokens=16,
        )
        list(opened.index([documents], COLLECTION))
        yield opened


def request_of(question: str = QUESTION) -> AskRequest:
    return AskRequest(question, COLLECTION, AttentionChoice(), keeps_order=True)


def n_reused(events: list[object]) -> int:
    return next(event.n_done for event in events if isinstance(event, PromptPrefilled))


def test_a_question_finds_its_passages_read(engine):
    assert n_reused(list(engine.ask(request_of()))) == 0
    engine.loaded.chat_model().start_afresh()
    ahead = list(engine.read_ahead(request_of(HALF)))
    assert isinstance(ahead[0], PassagesRetrieved) and isinstance(ahead[-1], PromptPrefilled)
    assert n_reused(list(engine.ask(request_of()))) >= ahead[-1].n_total > 100


def test_a_comparison_reads_everything_itself_and_by_rank(engine):
    list(engine.read_ahead(request_of(HALF)))
    both = (AttentionChoice(), AttentionChoice("contrast"))
    events = list(engine.compare(CompareRequest(QUESTION, COLLECTION, both)))
    first = next(e.event for e in events if isinstance(getattr(e, "event", None), PromptPrefilled))
    assert first.n_done == 0


def test_a_question_stops_what_is_being_read_and_waits_for_nothing_else(engine):
    engine.loaded.chat_model()
    reading, may_go_on = threading.Event(), threading.Event()
    left: list[object] = []

    def read() -> None:
        for event in engine.read_ahead(request_of(HALF)):
            left.append(event)
            reading.set()
            may_go_on.wait(10)

    thread = threading.Thread(target=read)
    thread.start()
    assert reading.wait(10)
    threading.Timer(0.2, may_go_on.set).start()
    events = list(engine.ask(request_of()))  # cancels the other, whose turn it then is to end
    thread.join(10)
    assert not thread.is_alive() and len(left) == 1
    assert isinstance(events[-1], AnswerFinished)


def test_nothing_is_read_while_an_answer_is_made(engine):
    answering = engine.ask(request_of())
    next(answering)
    assert list(engine.read_ahead(request_of(HALF))) == []
    assert isinstance(list(answering)[-1], AnswerFinished)


def test_bad_input_is_said_and_a_set_token_reads_nothing(engine):
    with pytest.raises(CollectionMissing):
        list(engine.read_ahead(AskRequest(HALF, "nowhere")))
    cancel = CancelToken()
    cancel.cancel()
    assert len(list(engine.read_ahead(request_of(HALF), cancel))) <= 1
    assert list(engine.read_ahead(request_of("?"))) == []
