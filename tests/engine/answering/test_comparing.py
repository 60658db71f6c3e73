"""Two attentions on the same evidence and prompt; a tiny random model really runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tiny_adapters import random_adapter
from tiny_models import CHATML, TinySpec, write_tiny_model
from toy_variant import save_toy_adapter

from engine.adapters.file import save_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.library import AdapterLibrary
from engine.answering.assemble import checked
from engine.answering.citations import CitationResolver
from engine.answering.gathering import Evidence
from engine.answering.generate import Generation
from engine.cancel import CancelToken
from engine.errors import AdapterMissing, EmptyQuestion
from engine.events import (
    AnswerFinished,
    ComparisonFinished,
    ExtractsFound,
    PassagesRetrieved,
    PromptPrefilled,
    SideProgressed,
    TokensGenerated,
)
from engine.inference.chat_model import ChatModel, Generated
from engine.paths import DataPaths
from engine.records import AttentionChoice, ModelFile, Notice
from engine.settings import Settings

LEAVE = "How many days of paid leave does every employee have?"
BASELINE, DIFFLORA = AttentionChoice(), AttentionChoice("difflora")
CONTRAST = AttentionChoice("contrast")
SHORT = Settings(max_answer_tokens=12, temperature=1.0)


def refuse_to_load() -> ChatModel:
    raise AssertionError("the chat model must not be loaded")


def finish(events) -> ComparisonFinished:
    *_, last = events
    assert isinstance(last, ComparisonFinished)
    return last


@pytest.fixture
def chat(tmp_path) -> Iterator[ChatModel]:
    spec = TinySpec(n_ctx=2048)
    model = write_tiny_model(tmp_path / "tiny.gguf", spec, template=CHATML)
    paths = DataPaths(tmp_path / "adapters")
    paths.adapters.mkdir(parents=True)
    fields, tensors = random_adapter(spec, "difflora", form="mirror")
    fields |= {"base_fingerprint": model_fingerprint(model.path), "base_name": "tiny"}
    fields |= {"training": {}, "licence": ""}
    save_adapter(paths.adapters / "a.safetensors", fields, tensors)
    file = ModelFile("tiny", model.path, "chat", model.path.stat().st_size)
    opened = ChatModel(file, n_threads=1, adapters=AdapterLibrary(paths))
    yield opened
    opened.close()


def run(shelf, chat, *choices, **more) -> ComparisonFinished:
    more.setdefault("settings", SHORT)
    return finish(shelf.compare(LEAVE, lambda: chat, chat.model, choices=choices, **more))


def test_both_sides_read_the_same_and_are_measured(shelf, chat):
    events = list(
        shelf.compare(
            LEAVE, lambda: chat, chat.model, choices=(BASELINE, DIFFLORA), settings=SHORT, seed=3
        )
    )
    assert [type(event) for event in events[:2]] == [PassagesRetrieved, ExtractsFound]
    sides = [event for event in events if isinstance(event, SideProgressed)]
    assert [event.side for event in sides] == sorted(event.side for event in sides)
    for number in (0, 1):
        inner = [event.event for event in sides if event.side == number]
        assert isinstance(inner[0], PromptPrefilled) and inner[0].n_done == 0
        assert any(isinstance(event, TokensGenerated) for event in inner)
        assert isinstance(inner[-1], AnswerFinished)
    comparison = finish(events).comparison
    first, second = comparison.answers
    assert first.passages == second.passages and first.extracts == second.extracts
    assert first.stats.prompt_tokens == second.stats.prompt_tokens > 100
    assert (first.stats.seed, second.stats.seed) == (3, 3)
    assert [a.attention.mode for a in comparison.answers] == ["baseline", "difflora"]
    assert [a.attention.kernel for a in comparison.answers] == ["cpu", "cpu"]
    assert second.attention.adapter == "tiny-difflora" and first.attention.adapter == ""
    assert len(comparison.prompt_sha256) == 64
    for looked in comparison.source_attention:
        assert looked is not None and len(looked.mass) == 3
        assert looked.numbers == tuple(range(1, len(looked.numbers) + 1))
    for row in comparison.source_attention[0].mass:
        assert min(row) >= 0 and 0 < sum(row) <= 1 + 1e-4


def test_the_order_of_the_sides_changes_neither_text_nor_prompt(shelf, chat):
    one = run(shelf, chat, BASELINE, DIFFLORA).comparison
    other = run(shelf, chat, DIFFLORA, BASELINE).comparison
    assert one.prompt_sha256 == other.prompt_sha256
    texts = [[a.generated for a in c.answers] for c in (one, other)]
    assert texts[0] == texts[1][::-1]
    assert one.source_attention == other.source_attention[::-1]


def test_the_same_attention_twice_gives_the_same_from_an_empty_cache(shelf, chat):
    done = run(shelf, chat, BASELINE, BASELINE).comparison
    first, second = done.answers
    assert first.generated == second.generated
    assert done.source_attention[0] == done.source_attention[1]


def test_llama_cpps_own_attention_is_not_measured(shelf, chat):
    done = run(shelf, chat, AttentionChoice(kernel="llama.cpp"), CONTRAST).comparison
    assert done.source_attention[0] is None and done.source_attention[1] is not None
    assert done.answers[0].attention.kernel == "llama.cpp"


def test_what_switched_itself_off_is_noted(shelf, chat):
    done = run(shelf, chat, BASELINE, AttentionChoice(prefill="delta")).comparison
    assert done.answers[0].attention.notes == ()
    assert done.answers[1].attention.notes[0].code == "read-densely"


def test_a_refusal_for_want_of_evidence_loads_no_model(shelf, chat):
    events = list(
        shelf.compare(
            "Who won the chess championship of Iceland?",
            refuse_to_load,
            chat.model,
            choices=(BASELINE, CONTRAST),
        )
    )
    assert [type(event) for event in events] == [PassagesRetrieved, ComparisonFinished]
    comparison = finish(events).comparison
    assert all(a.refused and not a.generated for a in comparison.answers)
    assert [a.attention.mode for a in comparison.answers] == ["baseline", "contrast"]
    assert comparison.source_attention == (None, None) and comparison.prompt_sha256 == ""


def test_an_attention_that_cannot_run_is_refused_before_either_side(shelf, chat):
    seen = []
    choices = (BASELINE, AttentionChoice("selective"))
    with pytest.raises(AdapterMissing):
        for event in shelf.compare(LEAVE, lambda: chat, chat.model, choices=choices):
            seen.append(event)
    assert not any(isinstance(event, SideProgressed) for event in seen)
    with pytest.raises(EmptyQuestion):
        list(shelf.compare(" ", refuse_to_load, chat.model, choices=choices))


@pytest.mark.parametrize("stopped_in", [0, 1])
def test_stop_keeps_what_is_there(shelf, chat, stopped_in):
    cancel, events = CancelToken(), []
    settings = Settings(max_answer_tokens=60, temperature=1.0)
    for event in shelf.compare(
        LEAVE,
        lambda: chat,
        chat.model,
        choices=(BASELINE, CONTRAST),
        cancel=cancel,
        settings=settings,
    ):
        events.append(event)
        if (
            isinstance(event, SideProgressed)
            and event.side == stopped_in
            and isinstance(event.event, TokensGenerated)
        ):
            cancel.cancel()
    done = finish(events)
    assert done.stopped
    stopped = [answer.stopped for answer in done.comparison.answers]
    assert stopped == [stopped_in == 0, True]
    assert done.comparison.answers[0].stats.completion_tokens > 0
    assert (done.comparison.answers[1].stats.completion_tokens > 0) == (stopped_in == 1)
    assert done.comparison.source_attention[1] is None
    assert all(answer.extracts for answer in done.comparison.answers)
    if stopped_in == 0:
        assert done.comparison.answers[1].generated == ""


def test_stop_before_the_first_side_loads_nothing(shelf, chat):
    cancel = CancelToken()
    cancel.cancel()
    done = finish(
        shelf.compare(
            LEAVE, refuse_to_load, chat.model, choices=(BASELINE, CONTRAST), cancel=cancel
        )
    )
    assert done.stopped and done.comparison.prompt_sha256 == ""


def test_what_a_small_model_makes_up_is_kept_and_marked(shelf, chat):
    first = run(shelf, chat, BASELINE, CONTRAST).comparison.answers[0]
    evidence = Evidence(LEAVE, "en", first.passages, first.extracts, 1.0)
    resolver = CitationResolver(first.passages, shelf.catalogue.documents)
    result = Generated("It rains fish in spring.", (1, 2), "end", 10, 0, 0.1, 0.2, 0.1)
    made = Generation(model="m", small=True, result=result)
    assert checked(evidence, made, resolver, strict=False).text == ""
    check = checked(evidence, made, resolver, strict=False, keep_unsupported=True)
    assert check.text == "It rains fish in spring. [?]"
    assert not check.citations[0].verified and check.notices[0] == Notice("unsupported-marked")
    strict = checked(evidence, made, resolver, strict=True, keep_unsupported=True)
    assert strict.text == "" and len(strict.left_out) == 1


def test_a_registered_variant_answers_and_is_measured(toy, shelf, chat, tmp_path):
    save_toy_adapter(DataPaths(tmp_path / "adapters").adapters, chat.model.path)
    done = run(shelf, chat, BASELINE, AttentionChoice("toy")).comparison
    answer = done.answers[1]
    assert (answer.attention.mode, answer.attention.adapter) == ("toy", "tiny-toy")
    assert answer.attention.kernel == "cpu" and answer.stats.completion_tokens > 0
    assert done.source_attention[1] is not None
    assert done.source_attention[1] != done.source_attention[0]
