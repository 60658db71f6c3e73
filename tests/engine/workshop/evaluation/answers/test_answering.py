"""An evaluation from cases to the report, with a tiny model."""

from __future__ import annotations

import dataclasses
import html.parser
from pathlib import Path

import pytest
from test_cases import questions
from tiny_models import TinyModel

from engine.adapters.library import AdapterLibrary
from engine.cancel import CancelToken
from engine.errors import AdapterUnknown, Cancelled
from engine.inference.chat_model import ChatModel
from engine.paths import DataPaths
from engine.records import AttentionChoice, Extract, ModelFile
from engine.workshop.evaluation.answers.asking import answer_cases, prompt_of
from engine.workshop.evaluation.answers.cases import Case, CaseSettings, make_cases
from engine.workshop.evaluation.answers.outcomes import Arm, OutcomeFile
from engine.workshop.evaluation.answers.page import evaluation_page
from engine.workshop.evaluation.answers.summary import UNANSWERABLE, group_name, summarise


@pytest.fixture
def cases() -> list[Case]:
    return make_cases(questions(), CaseSettings(distractors=(0, 2), refused_at=1, n_passages=2))


ARMS = (
    Arm("baseline", (AttentionChoice(),), ("",)),
    Arm(
        "difflora",
        tuple(AttentionChoice(mode="difflora", adapter=f"diff-s{seed}") for seed in (1, 2)),
        ("hash 1", "hash 2"),
    ),
)


@pytest.fixture
def model(tiny: TinyModel, data: Path):
    file = ModelFile("tiny", tiny.path, "chat", tiny.path.stat().st_size)
    model = ChatModel(file, n_threads=1, n_batch=256, adapters=AdapterLibrary(DataPaths(data)))
    yield model
    model.close()


def test_a_question_longer_than_the_context_is_asked_of_no_arm(
    model: ChatModel, cases: list[Case], tmp_path: Path
) -> None:
    first, *others = cases[0].questions
    long = dataclasses.replace(first, id="long", text="Which house is it? " * 4000)
    with_long = [dataclasses.replace(cases[0], questions=(long, first, *others)), *cases[1:]]
    file = OutcomeFile(tmp_path / "replies.jsonl")
    events = list(answer_cases(model, ARMS, with_long, file))
    assert events[-1].n_left_out == 1 and events[-1].n_done == events[-1].n_total
    outcomes = file.read()
    assert "long" not in {o.question for o in outcomes}
    assert len(outcomes) == 3 * sum(len(case.questions) for case in cases)
    assert summarise(outcomes, with_long, against=["baseline"]).cells


def test_every_arm_answers_every_question_once(
    model: ChatModel, cases: list[Case], tmp_path: Path
) -> None:
    file = OutcomeFile(tmp_path / "replies.jsonl")
    events = list(answer_cases(model, ARMS, cases, file))
    assert events[-1].n_done == events[-1].n_total == 3 * len(cases)
    outcomes = file.read()
    n_questions = sum(len(case.questions) for case in cases)
    assert len({o.key for o in outcomes}) == len(outcomes) == 3 * n_questions
    for found in outcomes:
        case = next(c for c in cases if c.id == found.case)
        assert len(found.gold_mass) == (3 if case.answerable and found.n_tokens else 0)
        if found.arm == "baseline":
            assert all(g >= 0 and o >= 0 and g + o <= 1.001 for g, o in zip(
                found.gold_mass, found.other_mass, strict=True
            ))  # fmt: skip
    summary = summarise(outcomes, cases, against=("baseline",))
    assert summary.arms == ("baseline", "difflora")
    assert summary.levels == (0, 2)
    estimate = summary.get(group_name(2), "F1", "difflora")
    assert estimate is not None and estimate.n_seeds == 2
    assert summary.get(group_name(2), "F1", "difflora", "baseline") is not None
    assert summary.get(UNANSWERABLE, "refused", "baseline") is not None
    assert {look.layer for look in summary.looks} == {0, 1, 2}


def test_the_prompt_repeats_the_frozen_sentences_and_nothing_else_changes(
    model: ChatModel, cases: list[Case]
) -> None:
    case = cases[1]
    text = case.texts[0]
    repeated = dataclasses.replace(
        case.questions[0], extracts=(Extract(1, text, 0, len(text), 1.0),)
    )
    plain = prompt_of(model, case, case.questions[0], cited=True)
    longer = prompt_of(model, case, repeated, cited=True)
    assert longer.text.count(text) == plain.text.count(text) + 1
    assert f"Key sentences:\n[1] {text}" in longer.text
    assert longer.spans == plain.spans


def test_an_evaluation_goes_on_where_it_was_stopped(
    model: ChatModel, cases: list[Case], tmp_path: Path
) -> None:
    whole = OutcomeFile(tmp_path / "whole.jsonl")
    list(answer_cases(model, ARMS, cases, whole))
    cancel = CancelToken()
    path = tmp_path / "parts.jsonl"
    with pytest.raises(Cancelled):
        for n, _ in enumerate(answer_cases(model, ARMS, cases, OutcomeFile(path), cancel=cancel)):
            if n == 3:
                cancel.cancel()
    path.write_text(path.read_text()[:-20])  # the last line was cut short
    before = len(OutcomeFile(path).read())
    assert 0 < before < len(whole.read())
    list(answer_cases(model, ARMS, cases, OutcomeFile(path)))
    assert [(o.key, o.text) for o in OutcomeFile(path).read()] == [
        (o.key, o.text) for o in whole.read()
    ]


def test_an_adapter_trained_anew_answers_anew(
    model: ChatModel, cases: list[Case], tmp_path: Path
) -> None:
    file = OutcomeFile(tmp_path / "replies.jsonl")
    list(answer_cases(model, ARMS, cases, file))
    n_before = len(file.read())
    again = dataclasses.replace(ARMS[1], contents=("hash 1", "hash 3"))
    list(answer_cases(model, (ARMS[0], again), cases, file))
    added = file.read()[n_before:]
    assert {o.adapter for o in added} == {"diff-s2@hash 3"}
    assert len(added) == n_before // 3


def test_an_arm_that_cannot_run_is_refused_before_the_first_reply(
    model: ChatModel, cases: list[Case], tmp_path: Path
) -> None:
    path = tmp_path / "replies.jsonl"
    missing = Arm("other", (AttentionChoice(mode="difflora", adapter="nobody"),), ("0",))
    with pytest.raises(AdapterUnknown):
        list(answer_cases(model, (*ARMS, missing), cases, OutcomeFile(path)))
    assert not path.exists()


def test_the_report_is_whole_and_nothing_in_it_can_break_out(
    model: ChatModel, cases: list[Case], tmp_path: Path
) -> None:
    file = OutcomeFile(tmp_path / "replies.jsonl")
    list(answer_cases(model, ARMS, cases, file))
    summary = summarise(file.read(), cases, against=("baseline",))
    evil = "<script>alert(1)</script>"
    page = evaluation_page("Title", summary, {"model": evil}, {"baseline": [(evil, evil)]})
    tags: list[str] = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            tags.append(tag)

    Reader().feed(page)
    assert "script" not in tags
    assert tags.count("svg") == 4 + 3
    assert "difflora" in page
