"""``sabun adapters train``: an adapter from question files or from one's own documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.outcome import INTERRUPTED
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.cli.workshop.own_questions import own_source
from engine.cli.workshop.training_options import TrainOptions
from engine.cli.workshop.training_plan import plan_of, run_folder, source_of
from engine.errors import RecipeUnusable, TrainingDataTooSmall

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from engine.workshop.training.events import StepFinished, TrainingEvent, TrainingFinished

LOGGED_STEPS = 10
"""Steps between two lines of a log that nobody watches live."""


def run_train(options: TrainOptions, terminal: Terminal) -> int:
    """Train, or go on training; Ctrl-C ends behind a checkpoint."""
    from engine.workshop.training.memory import keep_freed_memory

    keep_freed_memory()
    from engine.workshop.training.train import train

    if options.threads:
        import torch

        torch.set_num_threads(options.threads)
    _check_device(options.device)
    cancel = CancelToken()
    with interruptible(cancel, "step"), terminal.progress() as progress:
        folder = run_folder(options)
        sources = [source_of(text) for text in options.data]
        if options.from_collection:
            sources = [
                own_source(options, options.from_collection, folder, cancel, terminal, progress)
            ]
        plan = plan_of(options, sources, folder)
        try:
            finished = _follow(train(plan, cancel), terminal, progress)
        except TrainingDataTooSmall:
            if options.from_collection:
                plan.sources[0].path.unlink()  # more documents give other questions
            raise
    if terminal.as_json:
        terminal.result(_finished_shape(finished))
    elif finished.adapter:
        terminal.line(f"Wrote {finished.adapter}.")
        terminal.line(f"Curve and record are in {finished.folder}.")
    if finished.cancelled:
        terminal.note(
            f"sabun: Stopped after step {finished.n_steps}. The same command goes on from there."
        )
        return INTERRUPTED
    return 0


TRAIN = verb(
    "train",
    "train an adapter; the same command goes on where it was stopped",
    TrainOptions,
    run_train,
)


def _check_device(device: str) -> None:
    """Refuse a graphics card that cannot be used.

    Raises:
        RecipeUnusable: There is none, or PyTorch was installed without CUDA, as it is by default.
    """
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        built = f"PyTorch {torch.__version__} is installed"
        raise RecipeUnusable(
            detail=f"no graphics card can be used ({built}; cards need one built with CUDA, "
            "see locks/torch-cuda.lock); use --device cpu"
        )


def _finished_shape(finished: TrainingFinished) -> dict[str, Any]:
    return {
        "adapter": str(finished.adapter) if finished.adapter else None,
        "run": str(finished.folder),
        "n_steps": finished.n_steps,
        "cancelled": finished.cancelled,
    }


# --- while it runs --------------------------------------------------------------------


def _follow(
    events: Iterator[TrainingEvent], terminal: Terminal, progress: Progress
) -> TrainingFinished:
    from engine.workshop.training.events import (
        DevelopmentMeasured,
        RowsPrepared,
        StepFinished,
        TrainingFinished,
    )

    task = progress.add_task("load", total=None, eta="")
    n_tenths = 0
    for event in events:
        if isinstance(event, TrainingFinished):
            return event
        if isinstance(event, RowsPrepared):
            progress.update(
                task, description="make rows", completed=event.n_tokens, total=event.n_total
            )
            before, n_tenths = n_tenths, 10 * event.n_tokens // event.n_total
            if progress.disable and n_tenths != before:
                terminal.note(f"rows: {event.n_tokens:,} of {event.n_total:,} tokens made")
        elif isinstance(event, StepFinished):
            _show(event, terminal, progress, task)
        elif isinstance(event, DevelopmentMeasured):
            terminal.note(f"step {event.step}: loss {event.loss:.3f} on questions set aside")
    raise RuntimeError("training ended without its last event")


def _show(event: StepFinished, terminal: Terminal, progress: Progress, task: TaskID) -> None:
    eta = f"{event.tokens_per_second:.0f} tokens/s, about {event.eta_s / 60:.0f} min left"
    progress.update(
        task,
        description=f"train, loss {event.loss:.2f}",
        completed=event.step,
        total=event.n_steps,
        eta=eta,
    )
    if progress.disable and event.step % LOGGED_STEPS == 0:
        terminal.note(
            f"step {event.step}/{event.n_steps}: loss {event.loss:.3f}, "
            f"mean lambda {event.mean_lambda:.3f}, {eta}"
        )
