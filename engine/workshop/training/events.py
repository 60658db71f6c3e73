"""What training yields while it works. Frozen; safe to send to another thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RowsPrepared:
    """How far the training data is.

    Attributes:
        n_tokens: Made so far.
        n_total: Wanted.
    """

    n_tokens: int
    n_total: int


@dataclass(frozen=True)
class StepFinished:
    """One step of the optimiser.

    Attributes:
        step: From 1.
        n_steps: Of the whole run.
        n_tokens: Trained so far, earlier sessions of the run included.
        loss: Mean cross-entropy of the step's answer tokens, in nats.
        gradient_norm: Before clipping.
        tokens_per_second: Of this session.
        eta_s: Estimated seconds to the end.
        mean_lambda: Mean magnitude of lambda; 0 without one.
    """

    step: int
    n_steps: int
    n_tokens: int
    loss: float
    gradient_norm: float
    tokens_per_second: float
    eta_s: float
    mean_lambda: float


@dataclass(frozen=True)
class DevelopmentMeasured:
    """Loss on questions that are not trained on.

    Attributes:
        step: After which step.
        loss: Mean cross-entropy of the answer tokens, in nats.
    """

    step: int
    loss: float


@dataclass(frozen=True)
class CheckpointSaved:
    """The run can go on from here.

    Attributes:
        step: Steps done.
        path: The file.
    """

    step: int
    path: Path


@dataclass(frozen=True)
class TrainingFinished:
    """Last event of a run, also after a cancel.

    Attributes:
        adapter: The adapter file; None if the run was stopped before its end.
        folder: Of the run: checkpoint, curve, record.
        n_steps: Steps done.
        cancelled: True if the user stopped it; the same command goes on.
    """

    adapter: Path | None
    folder: Path
    n_steps: int
    cancelled: bool = False


TrainingEvent = (
    RowsPrepared | StepFinished | DevelopmentMeasured | CheckpointSaved | TrainingFinished
)
