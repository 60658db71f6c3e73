"""Runs: trained as inference computes, resumable, and nothing overwritten."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from hooked_model import HookedModel, plan_of

from engine.adapters.file import load_adapter
from engine.cancel import CancelToken
from engine.errors import (
    AdapterDamaged,
    AdapterMismatch,
    BadData,
    Cancelled,
    CheckpointUnusable,
    OutputExists,
    RecipeUnusable,
    TrainingDataTooSmall,
    TrainingDiverged,
)
from engine.paths import ASSETS_DIR
from engine.workshop.training.batch import Example, collate, lay_out
from engine.workshop.training.curve import read_curve
from engine.workshop.training.dataset import load_dataset
from engine.workshop.training.events import (
    CheckpointSaved,
    DevelopmentMeasured,
    RowsPrepared,
    StepFinished,
    TrainingFinished,
)
from engine.workshop.training.model import AdaptedModel
from engine.workshop.training.optimiser import OptimiserSettings
from engine.workshop.training.parameters import AdapterParameters
from engine.workshop.training.prompts import PromptSettings
from engine.workshop.training.train import TrainingPlan, train
from engine.workshop.training.weights import load_base

Make = Callable[..., TrainingPlan]
TOKENS = [5, 70, 33, 200, 12, 12, 90, 41, 7, 150, 3, 66]


def test_a_run_yields_its_progress_and_leaves_adapter_curve_and_record(plan: Make) -> None:
    wanted = plan()
    events = list(train(wanted))
    kinds = [type(event) for event in events]
    assert kinds.index(StepFinished) > max(i for i, k in enumerate(kinds) if k is RowsPrepared)
    assert {DevelopmentMeasured, CheckpointSaved} < set(kinds)
    last = events[-1]
    assert isinstance(last, TrainingFinished) and last.adapter == wanted.adapter
    steps = [event for event in events if isinstance(event, StepFinished)]
    assert [event.step for event in steps] == list(range(1, last.n_steps + 1))
    assert steps[-1].loss < steps[0].loss
    assert steps[-1].mean_lambda > 0
    assert len(read_curve(wanted.folder / "curve.csv")) == last.n_steps
    assert (wanted.folder / "curve.png").read_bytes().startswith(b"\x89PNG")
    info = load_adapter(wanted.adapter).info
    assert (info.variant, info.form, info.layers) == ("difflora", "mirror", (1, 2))
    record = info.training
    assert record["n_tokens"] >= 12_000
    assert record["sources"][0]["file"] == "questions.jsonl"
    assert len(record["sources"][0]["sha256"]) == len(record["rows_sha256"]) == 64
    assert record["recipe"]["variant"] == "difflora"


@pytest.mark.parametrize("variant", ["lora", "difflora", "diff-v2", "selective"])
def test_what_was_trained_is_what_llama_computes(plan: Make, variant: str, tmp_path: Path) -> None:
    """Bar: 1 % of the logits' spread; llama.cpp keeps keys and values in half precision."""
    wanted = plan(variant, n_tokens=5_000)
    list(train(wanted))
    adapter = load_adapter(wanted.adapter)
    base = load_base(wanted.model.path, "tiny")
    parameters = AdapterParameters(wanted.recipe, base.shape, 0)
    parameters.load({name: torch.from_numpy(x) for name, x in adapter.tensors.items()})
    row = lay_out([Example((TOKENS[0],), tuple(TOKENS[1:]))])
    with torch.no_grad():
        trained = AdaptedModel(base, parameters).logits(collate([row])).numpy()
        untrained = AdaptedModel(base).logits(collate([row])).numpy()
    with closing(HookedModel(wanted.model.path)) as hooked:
        hooked.use_positive(adapter, tmp_path)
        hooked.use(plan_of(adapter))
        run = hooked.logits(TOKENS)[:-1]
    spread = trained.std()
    assert np.abs(run - trained).max() < 0.01 * spread
    assert np.abs(untrained - trained).max() > 0.05 * spread


@pytest.mark.parametrize("variant", ["lora", "difflora"])
def test_a_run_may_begin_with_an_adapter_there_is(plan: Make, variant: str, tmp_path: Path) -> None:
    first = plan(variant, n_tokens=5_000)
    before = [e.loss for e in train(first) if isinstance(e, StepFinished)]
    changes = {"folder": tmp_path / "more", "adapter": tmp_path / "more.safetensors"}
    more = dataclasses.replace(first, **changes, start=first.adapter, data_seed=1)
    after = [e.loss for e in train(more) if isinstance(e, StepFinished)]
    assert after[0] < before[0] - 0.3 * (before[0] - before[-1])
    record = load_adapter(more.adapter).info.training
    n_tokens = load_adapter(first.adapter).info.training["n_tokens"]
    assert record["start"]["name"] == first.name and record["start"]["n_tokens"] == n_tokens


def test_an_adapter_of_another_recipe_or_model_is_no_start(plan: Make, tmp_path: Path) -> None:
    first = plan("lora", n_tokens=5_000)
    list(train(first))
    target = {"folder": tmp_path / "more", "adapter": tmp_path / "more.safetensors"}
    recipe = dataclasses.replace(first.recipe, rank=first.recipe.rank + 1)
    other = dataclasses.replace(first, **target, recipe=recipe, start=first.adapter)
    with pytest.raises(RecipeUnusable, match="differs in: rank"):
        list(train(other))
    shipped = ASSETS_DIR / "adapters" / "SmolLM2-135M-lora.safetensors"
    with pytest.raises(AdapterMismatch):
        list(train(dataclasses.replace(first, **target, start=shipped)))
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(first.adapter.read_bytes()[:-100])
    with pytest.raises(AdapterDamaged):
        list(train(dataclasses.replace(first, **target, start=damaged)))
    assert not (tmp_path / "more").exists()


def test_a_stopped_run_goes_on_as_if_nothing_had_happened(plan: Make, tmp_path: Path) -> None:
    whole = plan(folder=tmp_path / "whole", adapter=tmp_path / "whole.safetensors")
    list(train(whole))
    wanted = plan()
    cancel = CancelToken()
    for event in train(wanted, cancel):
        if isinstance(event, StepFinished) and event.step == 5:
            cancel.cancel()
    assert isinstance(event, TrainingFinished) and event.cancelled and event.adapter is None
    assert not wanted.adapter.exists()
    rest = [e for e in train(wanted) if isinstance(e, StepFinished)]
    assert rest[0].step == 6
    ours, theirs = (load_adapter(p.adapter).tensors for p in (wanted, whole))
    for name, values in ours.items():
        np.testing.assert_array_equal(values, theirs[name], err_msg=name)
    curves = [read_curve(p.folder / "curve.csv") for p in (wanted, whole)]
    assert [p.loss for p in curves[0]] == [p.loss for p in curves[1]]


def test_a_killed_run_loses_at_most_one_checkpoint_interval(plan: Make) -> None:
    wanted = plan()
    events = train(wanted)
    steps = list(islice((e for e in events if isinstance(e, StepFinished)), 5))
    events.close()  # as if the process had died
    again = [e for e in train(wanted) if isinstance(e, StepFinished)]
    assert again[0].step == 4  # checkpoints are 3 steps apart
    assert again[0].loss == pytest.approx(steps[3].loss, rel=1e-6)
    points = read_curve(wanted.folder / "curve.csv")
    assert [p.step for p in points] == list(range(1, len(points) + 1))


def test_the_folder_of_another_run_is_left_alone(plan: Make) -> None:
    wanted = plan()
    list(train(wanted))
    before = wanted.adapter.read_bytes()
    with pytest.raises(CheckpointUnusable):
        list(train(plan(n_tokens=13_000)))
    assert wanted.adapter.read_bytes() == before


def test_an_adapter_is_not_replaced_by_a_new_run(plan: Make, tmp_path: Path) -> None:
    list(train(plan(n_tokens=3_000)))
    with pytest.raises(OutputExists):
        list(train(plan(n_tokens=3_000, folder=tmp_path / "second")))


def test_a_damaged_checkpoint_is_refused(plan: Make) -> None:
    wanted = plan()
    events = train(wanted)
    next(e for e in events if isinstance(e, CheckpointSaved))
    events.close()
    path = wanted.folder / "checkpoint.safetensors"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(CheckpointUnusable):
        list(train(wanted))
    assert path.stat().st_size == 200


def test_a_loss_that_is_no_number_ends_the_run_and_keeps_the_checkpoint(plan: Make) -> None:
    good = plan()
    rates = OptimiserSettings(learning_rate=1e30, lambda_rate=1e-2, warm_up=0.0)
    wild = dataclasses.replace(good, run=dataclasses.replace(good.run, optimiser=rates))
    with pytest.raises(TrainingDiverged):
        list(train(wild))
    assert not wild.adapter.exists()


def test_a_stop_while_data_is_made_leaves_no_half_of_it(plan: Make) -> None:
    cancel = CancelToken()
    events = train(plan(), cancel)
    next(events)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(events)
    assert isinstance(list(train(plan()))[-1], TrainingFinished)


def test_data_without_a_short_answer_is_refused(plan: Make, questions: Path) -> None:
    lines = [json.loads(line) for line in questions.read_text().splitlines()]
    questions.write_text("\n".join(json.dumps({**x, "answers": ["x" * 200]}) for x in lines))
    with pytest.raises(TrainingDataTooSmall):
        list(train(plan()))


def test_after_data_that_was_no_use_the_same_name_takes_better_data(
    plan: Make, questions: Path
) -> None:
    good = questions.read_text()
    lengthy = json.dumps({**json.loads(good.splitlines()[0]), "answers": ["x" * 200]})
    for bad, error in (("", BadData), (good + "\n{", BadData), (lengthy, TrainingDataTooSmall)):
        questions.write_text(bad)
        with pytest.raises(error):
            list(train(plan(n_tokens=3_000)))
    questions.write_text(good)
    assert isinstance(list(train(plan(n_tokens=3_000)))[-1], TrainingFinished)


def test_examples_longer_than_the_row_are_left_out_or_refused(plan: Make) -> None:
    wanted = plan()
    tight = dataclasses.replace(wanted, prompts=dataclasses.replace(wanted.prompts, max_tokens=50))
    with pytest.raises(TrainingDataTooSmall):
        list(train(tight))


def test_a_question_longer_than_the_context_is_left_out(plan: Make, questions: Path) -> None:
    first, *others = [json.loads(line) for line in questions.read_text().splitlines()]
    endless = json.dumps({**first, "question": "why " * 20_000})
    questions.write_text("\n".join([endless, *map(json.dumps, others)]))
    wanted = plan(n_tokens=12_000)  # more than once through all
    assert isinstance(list(train(wanted))[-1], TrainingFinished)
    wanted.adapter.unlink()
    questions.write_text(endless)
    with pytest.raises(TrainingDataTooSmall):
        list(train(plan(folder=wanted.folder / "alone", development_share=0.0)))


def test_a_share_of_the_tokens_are_the_models_own_replies(plan: Make) -> None:
    wanted = plan(n_tokens=9_000)
    list(train(wanted))
    counts = load_adapter(wanted.adapter).info.training["counts"]
    rows = load_dataset(wanted.folder / "rows.safetensors").rows
    single = [row for row in rows if row.n_examples == 1]
    assert 0 < counts["n_plain"] <= len(single)
    assert counts["n_tokens"] == sum(len(row) for row in rows)


def test_a_share_of_nothing_makes_no_such_rows(plan: Make) -> None:
    wanted = plan(n_tokens=3_000, prompts=PromptSettings(max_tokens=4000, plain=0.0))
    list(train(wanted))
    assert load_adapter(wanted.adapter).info.training["counts"]["n_plain"] == 0


def test_one_question_is_enough(plan: Make, questions: Path) -> None:
    questions.write_text(questions.read_text().splitlines()[0])
    wanted = plan(n_tokens=3_000, development_share=0.0)
    assert isinstance(list(train(wanted))[-1], TrainingFinished)


def test_a_broken_line_stops_before_anything_is_written(plan: Make, questions: Path) -> None:
    questions.write_text(questions.read_text() + "\n{")
    wanted = plan()
    with pytest.raises(BadData):
        list(train(wanted))
    assert not wanted.adapter.exists()
