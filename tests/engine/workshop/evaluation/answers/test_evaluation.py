"""The verb behind ``sabun eval answers``: from files of questions to results, resumable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_models import TinyModel

from engine.adapters.library import AdapterLibrary
from engine.cancel import CancelToken
from engine.errors import AdapterUnknown, Cancelled, CheckpointUnusable, ModelMissing
from engine.paths import DataPaths
from engine.records import AttentionChoice, ModelFile
from engine.workshop.evaluation.answers.arms import arms_of
from engine.workshop.evaluation.answers.asking import CaseAnswered
from engine.workshop.evaluation.answers.cases import CaseSettings
from engine.workshop.evaluation.answers.evaluation import (
    AnswersEvaluated,
    EvaluationPlan,
    evaluate_answers,
)
from engine.workshop.questions.items import QuestionSource

NO_EXTRACTS = CaseSettings(distractors=(0, 1), refused_at=1, n_passages=2, extracts=False)


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SABUN_EMBEDDED_MODELS_DIR", "SABUN_EMBEDDED_ADAPTERS_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))


@pytest.fixture
def plan(tmp_path: Path, tiny: TinyModel) -> EvaluationPlan:
    """400 questions, so that a twentieth set aside is not nothing."""
    path = tmp_path / "questions.jsonl"
    lines = []
    for n in range(400):
        gold = f"House {n} of the street is painted red. Nobody knows by whom."
        near = [f"Number {n} in the {side} street has no colour." for side in ("next", "last")]
        lines.append(
            json.dumps(
                {"id": f"q{n}", "lang": "en", "question": f"What colour is house {n}?",
                 "answers": ["red"], "gold": [gold], "distractors": near}
            )
        )  # fmt: skip
    path.write_text("\n".join(lines), "utf-8")
    return EvaluationPlan(
        (QuestionSource(path),),
        tmp_path / "work",
        arms=("baseline", "difflora=diff-s1,diff-s2"),
        model="tiny",
        cases=NO_EXTRACTS,
        n_threads=1,
        report=tmp_path / "report.html",
    )


def test_arms_are_named_or_those_that_fit(data: Path, tiny: TinyModel) -> None:
    library = AdapterLibrary(DataPaths(data))
    model = ModelFile("tiny", tiny.path, "chat", 1)
    plain, seeds = arms_of(("contrast", "ours=diff-s1,diff-s2"), library, model)
    assert (plain.name, plain.choices, plain.labels) == (
        "contrast",
        (AttentionChoice(mode="contrast"),),
        ("",),
    )
    assert [choice.adapter for choice in seeds.choices] == ["diff-s1", "diff-s2"]
    assert all(choice.mode == "difflora" for choice in seeds.choices)
    assert len(set(seeds.labels)) == 2
    assert [arm.name for arm in arms_of((), library, model)] == ["baseline", "diff-s1", "diff-s2"]
    with pytest.raises(AdapterUnknown):
        arms_of(("ours=nobody",), library, model)


def test_it_ends_with_results_and_a_report_and_asks_nothing_twice(
    plan: EvaluationPlan,
    data: Path,
) -> None:
    *answered, finished = evaluate_answers(plan, DataPaths(data))
    assert isinstance(finished, AnswersEvaluated)
    assert {event.arm for event in answered if isinstance(event, CaseAnswered)} == {
        "baseline",
        "difflora",
    }
    assert plan.report is not None
    page = plan.report.read_text("utf-8")
    assert "difflora: diff-s2" in page and "<svg" in page
    kept = json.loads(plan.report.with_suffix(".json").read_text("utf-8"))
    assert kept["arms"] == finished.summary.as_shape()["arms"] == ["baseline", "difflora"]
    replies = (plan.work / "replies.jsonl").read_bytes()
    *_, again = evaluate_answers(plan, DataPaths(data))
    assert isinstance(again, AnswersEvaluated)
    assert (plan.work / "replies.jsonl").read_bytes() == replies
    assert again.summary.as_shape() == finished.summary.as_shape()


def test_a_stop_keeps_what_was_answered(plan: EvaluationPlan, data: Path) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        for _event in evaluate_answers(plan, DataPaths(data), cancel):
            cancel.cancel()
    assert len((plan.work / "replies.jsonl").read_text("utf-8").splitlines()) >= 1
    assert not (plan.report and plan.report.exists())


def test_what_cannot_be_evaluated_is_refused(plan: EvaluationPlan, data: Path) -> None:
    from dataclasses import replace

    with pytest.raises(ModelMissing):
        list(evaluate_answers(replace(plan, model="nobody"), DataPaths(data)))
    first = evaluate_answers(plan, DataPaths(data))
    next(first)
    first.close()  # type: ignore[attr-defined]
    other = replace(plan, cases=replace(NO_EXTRACTS, n_questions=1))
    with pytest.raises(CheckpointUnusable):
        list(evaluate_answers(other, DataPaths(data)))
