"""One training run: steps, checkpoints, curve, record, adapter."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.adapters.file import save_adapter
from engine.cancel import CancelToken
from engine.errors import TrainingDiverged
from engine.formats.atomic_files import replacing
from engine.workshop.training.batch import Row, collate
from engine.workshop.training.checkpoint import FILE, Progress, load_checkpoint, save_checkpoint
from engine.workshop.training.curve import Point, append_point, cut_curve, draw_curve, read_curve
from engine.workshop.training.events import (
    CheckpointSaved,
    DevelopmentMeasured,
    StepFinished,
    TrainingEvent,
    TrainingFinished,
)
from engine.workshop.training.frozen import dtype_of
from engine.workshop.training.memory import give_back_memory
from engine.workshop.training.model import AdaptedModel
from engine.workshop.training.optimiser import Optimiser, OptimiserSettings
from engine.workshop.training.parameters import AdapterParameters
from engine.workshop.training.precision import Precision
from engine.workshop.training.recipe import AdapterRecipe
from engine.workshop.training.schedule import batches, order
from engine.workshop.training.weights import BaseWeights

SHOWN_LOSSES = 50
"""Last losses that the record keeps; the curve file has all."""


@dataclass(frozen=True)
class RunSettings:
    """How a run goes.

    Attributes:
        rows_per_step: Rows whose gradients are added up before a step.
        batch_tokens: Tokens of a batch, padding included; more rows go one after the other.
        checkpoint_steps: Steps between checkpoints.
        development_steps: Steps between measurements on development rows; 0 for never.
        seed: Of initial values and of the order of steps.
        device: ``cpu`` or ``cuda``.
        precision: Of the factors of large products: ``float32``, ``bfloat16``, or ``auto``
            for the faster one on this processor.
        optimiser: How the adapter learns.
    """

    rows_per_step: int = 2
    batch_tokens: int = 1536
    checkpoint_steps: int = 10
    development_steps: int = 100
    seed: int = 0
    device: str = "cpu"
    precision: Precision = "auto"
    optimiser: OptimiserSettings = field(default_factory=OptimiserSettings)


@dataclass(frozen=True)
class Target:
    """Where a run writes and what its adapter says of itself.

    Attributes:
        folder: Of the run.
        adapter: The adapter file, written at the end.
        fields: Of the adapter file: name, base model, licence.
        record: What is known of data and settings, for the run record.
    """

    folder: Path
    adapter: Path
    fields: Mapping[str, Any]
    record: Mapping[str, Any]


class TrainingRun:
    """Trains one adapter, from its last checkpoint if there is one.

    Args:
        base: The frozen model.
        recipe: What is trained.
        rows: In the order of training.
        development: Rows to measure on.
        settings: How.
        target: Where results go.
        start: Values of the adapter to begin with, by name; None begins afresh.
    """

    def __init__(
        self,
        base: BaseWeights,
        recipe: AdapterRecipe,
        rows: Sequence[Row],
        development: Sequence[Row],
        settings: RunSettings,
        target: Target,
        start: Mapping[str, Tensor] | None = None,
    ) -> None:
        self._settings = settings
        self._target = target
        self._recipe = recipe
        self._development = development
        self._steps = order(rows, settings.rows_per_step, settings.seed)
        device = settings.device
        self._adapter = AdapterParameters(recipe, base.shape, settings.seed, device)
        if start is not None:
            self._adapter.load(start)
        dtype = dtype_of(settings.precision, device)
        self._model = AdaptedModel(base.to(device), self._adapter, dtype)
        self._optimiser = Optimiser(self._adapter, settings.optimiser, len(self._steps))
        self._key = _key(recipe, rows, settings)
        self._curve = target.folder / "curve.csv"
        self._started = 0.0

    def events(self, cancel: CancelToken) -> Iterator[TrainingEvent]:
        """Train to the end.

        Yields:
            ``StepFinished`` per step, ``DevelopmentMeasured``, ``CheckpointSaved``, at last
            ``TrainingFinished``; after a cancel that too, behind a checkpoint.

        Raises:
            TrainingDiverged: The loss is no number any more; the last checkpoint stays.
            CheckpointUnusable: The one in the folder is damaged or another run's.
            DiskFull: A checkpoint does not fit.
        """
        progress = self._resume()
        self._started = time.perf_counter() - progress.seconds
        session = time.perf_counter(), progress.n_tokens
        while progress.n_steps < len(self._steps):
            if cancel.cancelled:
                yield self._checkpoint(progress)
                yield TrainingFinished(None, self._target.folder, progress.n_steps, cancelled=True)
                return
            progress, finished = self._step(progress, session)
            yield finished
            measured = yield from self._measure(progress)
            self._log(finished, progress, measured)
            if self._due(progress, self._settings.checkpoint_steps):
                yield self._checkpoint(progress)
        self._finish(progress)
        yield TrainingFinished(self._target.adapter, self._target.folder, progress.n_steps)

    def _resume(self) -> Progress:
        self._target.folder.mkdir(parents=True, exist_ok=True)
        checkpoint = load_checkpoint(self._target.folder / FILE, self._key)
        if checkpoint is None:
            cut_curve(self._curve, 0)
            return Progress()
        adapter, optimiser, progress = checkpoint
        self._adapter.load(adapter)
        self._optimiser.restore(optimiser, progress.n_steps)
        cut_curve(self._curve, progress.n_steps)
        return progress

    def _due(self, progress: Progress, every: int) -> bool:
        done = progress.n_steps
        return bool(every) and (done % every == 0 or done == len(self._steps))

    # --- one step --------------------------------------------------------------------

    def _step(
        self, progress: Progress, session: tuple[float, int]
    ) -> tuple[Progress, StepFinished]:
        rows = self._steps[progress.n_steps]
        loss = self._accumulate(rows)
        norm = self._optimiser.step(progress.n_steps)
        if not (math.isfinite(loss) and math.isfinite(norm)):
            folder = str(self._target.folder)
            raise TrainingDiverged(step=progress.n_steps + 1, path=folder)
        n_tokens = progress.n_tokens + sum(len(row) for row in rows)
        now = time.perf_counter()
        after = Progress(progress.n_steps + 1, n_tokens, now - self._started)
        rate = (n_tokens - session[1]) / max(1e-9, now - session[0])
        left = sum(len(row) for step in self._steps[after.n_steps :] for row in step)
        return after, StepFinished(
            step=after.n_steps,
            n_steps=len(self._steps),
            n_tokens=n_tokens,
            loss=loss,
            gradient_norm=norm,
            tokens_per_second=rate,
            eta_s=left / rate,
            mean_lambda=self._mean_lambda(),
        )

    def _accumulate(self, rows: Sequence[Row]) -> float:
        """Add up the gradients of the mean loss over all answer tokens; return that mean."""
        n_targets = sum(len(row.targets) for row in rows)
        total = 0.0
        for group in batches(rows, self._settings.batch_tokens):
            loss = self._loss(group) / n_targets
            if not torch.isfinite(loss):
                return math.nan
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        return total

    def _measure(self, progress: Progress) -> Generator[DevelopmentMeasured, None, float]:
        """Yield the loss on development rows where it is due, and return it; else NaN."""
        if not self._development or not self._due(progress, self._settings.development_steps):
            return math.nan
        with torch.no_grad():
            groups = batches(self._development, self._settings.batch_tokens)
            losses = [float(self._loss(group)) for group in groups]
        loss = sum(losses) / sum(len(row.targets) for row in self._development)
        yield DevelopmentMeasured(progress.n_steps, loss)
        return loss

    def _loss(self, rows: Sequence[Row]) -> Tensor:
        return self._model.loss(collate(rows, self._settings.device))

    def _mean_lambda(self) -> float:
        values = [
            tensor.detach().abs().mean()
            for name, tensor in self._adapter.tensors.items()
            if name.endswith(".lambda")
        ]
        return float(torch.stack(values).mean()) if values else 0.0

    # --- what is written -------------------------------------------------------------

    def _log(self, finished: StepFinished, progress: Progress, measured: float) -> None:
        point = Point(
            finished.step,
            finished.n_tokens,
            finished.loss,
            finished.gradient_norm,
            finished.mean_lambda,
            progress.seconds,
            measured,
        )
        append_point(self._curve, point)

    def _checkpoint(self, progress: Progress) -> CheckpointSaved:
        path = self._target.folder / FILE
        save_checkpoint(path, self._adapter.tensors, self._optimiser.state(), progress, self._key)
        give_back_memory()
        return CheckpointSaved(progress.n_steps, path)

    def _finish(self, progress: Progress) -> None:
        points = read_curve(self._curve)
        record = {
            **self._target.record,
            "recipe": self._recipe.as_record(),
            "run": {**asdict(self._settings), "precision": self._model.precision},
            "n_steps": progress.n_steps,
            "n_tokens": progress.n_tokens,
            "n_parameters": sum(x.numel() for x in self._adapter.tensors.values()),
            "seconds": round(progress.seconds, 1),
            "losses": [round(point.loss, 4) for point in points[-SHOWN_LOSSES:]],
            "development_losses": [
                [point.step, round(point.development_loss, 4)]
                for point in points
                if math.isfinite(point.development_loss)
            ],
        }
        folder = self._target.folder
        with replacing(folder / "record.json") as partial:
            partial.write_text(json.dumps(record, indent=1, ensure_ascii=False), "utf-8")
        draw_curve(folder / "curve.png", points, str(self._target.fields.get("name", "")))
        self._target.adapter.parent.mkdir(parents=True, exist_ok=True)
        save_adapter(self._target.adapter, self._fields(record), self._adapter.exported())

    def _fields(self, record: Mapping[str, Any]) -> dict[str, Any]:
        recipe = self._recipe
        return {
            **self._target.fields,
            "variant": recipe.variant,
            "form": recipe.form,
            "rescale": recipe.rescale,
            "rank": recipe.rank,
            "alpha": recipe.alpha,
            "rank2": recipe.rank2,
            "alpha2": recipe.alpha2,
            "training": record,
        }


def _key(recipe: AdapterRecipe, rows: Sequence[Row], settings: RunSettings) -> str:
    """Return a hash of all that decides the numbers of a run."""
    digest = hashlib.sha256(json.dumps(recipe.as_record(), sort_keys=True).encode())
    decisive = {
        "rows_per_step": settings.rows_per_step,
        "batch_tokens": settings.batch_tokens,
        "seed": settings.seed,
        "precision": settings.precision,
        "optimiser": asdict(settings.optimiser),
    }
    digest.update(json.dumps(decisive, sort_keys=True).encode())
    for row in rows:
        digest.update(repr((row.tokens, row.sources)).encode())
    return digest.hexdigest()
