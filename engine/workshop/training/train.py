"""``train``: from question files to an adapter file, resumable at every point."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from engine.adapters.fingerprint import model_fingerprint
from engine.cancel import CancelToken
from engine.errors import OutputExists, SabunError
from engine.formats.atomic_files import replacing
from engine.formats.run_folder import claim, is_claimed, release
from engine.inference.chat_model import ChatModel
from engine.records import ModelFile
from engine.version import program_version
from engine.workshop.questions.evidence import EvidenceBuilder, EvidenceSettings
from engine.workshop.questions.file import Question
from engine.workshop.questions.items import Division, QuestionSource, divide, read_sources
from engine.workshop.training.dataset import Dataset, load_dataset, prepare_rows, save_dataset
from engine.workshop.training.events import RowsPrepared, TrainingEvent
from engine.workshop.training.plain import plain_examples
from engine.workshop.training.prompts import PromptSettings, PromptWriter
from engine.workshop.training.recipe import AdapterRecipe
from engine.workshop.training.start import described_start, start_values
from engine.workshop.training.training_run import RunSettings, Target, TrainingRun
from engine.workshop.training.weights import BaseWeights, load_base

_ROWS, _DEVELOPMENT = "rows.safetensors", "development.safetensors"


@dataclass(frozen=True)
class TrainingPlan:
    """All that a run is made from.

    Attributes:
        name: Of the adapter.
        model: Base model.
        sources: Files of questions.
        recipe: What is trained.
        folder: Of the run; what is in it is gone on with.
        adapter: File to write at the end.
        n_tokens: To train on.
        development_share: Of the evidence, set aside.
        development_tokens: Of the rows that the loss is measured on.
        evidence: How passages and questions are put together.
        prompts: How prompts vary.
        run: How the run goes.
        data_seed: Of the rows; the same for all arms of a comparison.
        licence: Of the adapter.
        start: Adapter file of the same recipe whose values training begins with; None begins
            afresh.
    """

    name: str
    model: ModelFile
    sources: tuple[QuestionSource, ...]
    recipe: AdapterRecipe
    folder: Path
    adapter: Path
    n_tokens: int
    development_share: float = 0.05
    development_tokens: int = 16_000
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    prompts: PromptSettings = field(default_factory=PromptSettings)
    run: RunSettings = field(default_factory=RunSettings)
    data_seed: int = 0
    licence: str = ""
    start: Path | None = None


def train(plan: TrainingPlan, cancel: CancelToken | None = None) -> Iterator[TrainingEvent]:
    """Train an adapter; go on where an earlier call with the same plan was cut off.

    Yields:
        ``RowsPrepared`` while data is made, then the events of
        :meth:`engine.workshop.training.training_run.TrainingRun.events`, at last
        ``TrainingFinished``.

    Raises:
        PathMissing, BadData, TrainingDataTooSmall: The data.
        BadModelFile, ModelUnsupported, NoChatTemplate: The model.
        CheckpointUnusable: The folder holds another run.
        OutputExists: A new run would replace an adapter.
        AdapterDamaged, AdapterMismatch, RecipeUnusable: The adapter to start from.
        TrainingDiverged: The loss is no number any more.
        Cancelled: It was stopped while data was made; after that a stop ends in an event.
    """
    token = cancel or CancelToken()
    base = load_base(plan.model.path, plan.model.name)  # first: it may be refused
    start = start_values(plan.start, plan.recipe, plan.model) if plan.start else None
    _claim(plan)
    if not (plan.folder / _DEVELOPMENT).is_file():
        try:
            yield from _prepare(plan, token)
        except SabunError:
            release(plan.folder)  # the same name may be tried again with better data
            raise
    rows = load_dataset(plan.folder / _ROWS)
    development = load_dataset(plan.folder / _DEVELOPMENT)
    target = Target(plan.folder, plan.adapter, _fields(plan, base), _record(plan, rows))
    run = TrainingRun(base, plan.recipe, rows.rows, development.rows, plan.run, target, start)
    yield from run.events(token)


# --- data -----------------------------------------------------------------------------


def _prepare(plan: TrainingPlan, cancel: CancelToken) -> Iterator[RowsPrepared]:
    """Write the rows to train on, and then those to measure on."""
    division = divide(read_sources(plan.sources), plan.development_share)
    model = ChatModel(plan.model, n_threads=1)
    try:
        end = end_of_turn(model)
        writer = PromptWriter(model, end, plan.prompts)
        passages = [passage for question in division.train for passage in question.gold]
        plain = plain_examples(model, end, passages, random.Random(plan.data_seed), cancel)
        parts: list[tuple[str, Sequence[Question], int]] = [
            (_ROWS, division.train, plan.n_tokens),
            (_DEVELOPMENT, division.development, plan.development_tokens),
        ]
        for file, questions, n_tokens in parts:
            steps = prepare_rows(
                questions,
                EvidenceBuilder(questions, plan.evidence),
                writer,
                n_tokens=n_tokens if questions else 0,
                seed=plan.data_seed,
                cancel=cancel,
                plain=plain if file == _ROWS else None,
                plain_share=plan.prompts.plain,
            )
            for step in steps:
                if isinstance(step, Dataset):
                    save_dataset(plan.folder / file, step)
                else:
                    yield step
    finally:
        model.close()
    _note_division(plan.folder, division)


def end_of_turn(model: ChatModel) -> int:
    """Return the token that ends the assistant's turn.

    It is the first that the model's template writes behind what an assistant said.
    """
    said = "Understood"
    messages = [{"role": "user", "content": "a"}, {"role": "assistant", "content": said}]
    behind = model.apply_template(messages).rpartition(said)[2].lstrip()
    n_added = len(model.prompt_tokens(""))
    return model.prompt_tokens(behind)[n_added]


def _note_division(folder: Path, division: Division) -> None:
    note = {
        "n_train": len(division.train),
        "n_development": len(division.development),
        "n_dropped_for_overlap": division.n_dropped,
        "development_ids": sorted(question.id for question in division.development),
    }
    with replacing(folder / "division.json") as partial:
        partial.write_text(json.dumps(note, indent=1), "utf-8")


# --- what is known of the run ---------------------------------------------------------


def _claim(plan: TrainingPlan) -> None:
    """Make the folder this plan's own.

    Raises:
        CheckpointUnusable: It is another's.
        OutputExists: A new run would replace an adapter.
    """
    described = _described(plan)
    if not is_claimed(plan.folder, described) and plan.adapter.exists():
        raise OutputExists(path=str(plan.adapter))
    claim(plan.folder, described)


def _described(plan: TrainingPlan) -> dict[str, Any]:
    run = asdict(plan.run)
    del run["checkpoint_steps"]  # changes no number
    start = {"start": described_start(plan.start)} if plan.start else {}
    return {
        **start,
        "name": plan.name,
        "base": plan.model.name,
        "sources": [source.as_record() for source in plan.sources if source.path.is_file()],
        "recipe": plan.recipe.as_record(),
        "n_tokens": plan.n_tokens,
        "development_share": plan.development_share,
        "development_tokens": plan.development_tokens,
        "evidence": asdict(plan.evidence),
        "prompts": asdict(plan.prompts),
        "run": run,
        "data_seed": plan.data_seed,
    }


def _fields(plan: TrainingPlan, base: BaseWeights) -> dict[str, Any]:
    shape = base.shape
    return {
        "name": plan.name,
        "base_fingerprint": model_fingerprint(plan.model.path),
        "base_name": plan.model.name,
        "architecture": shape.architecture,
        "n_layers": shape.n_layers,
        "n_embd": shape.n_embd,
        "n_heads": shape.n_heads,
        "n_kv_heads": shape.n_kv_heads,
        "head_dim": shape.head_dim,
        "licence": plan.licence,
    }


def _record(plan: TrainingPlan, rows: Dataset) -> dict[str, Any]:
    described = _described(plan)
    kept = ("start", "sources", "evidence", "prompts", "data_seed", "development_share")
    return {
        "program": program_version(),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        **{key: described[key] for key in kept if key in described},
        "rows_sha256": rows.sha256,
        "counts": dict(rows.counts.__dict__),
    }
