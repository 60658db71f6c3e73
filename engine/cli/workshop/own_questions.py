"""Prints how questions for training are made from a collection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.cli.terminal import Terminal
from engine.cli.workshop.training_options import TrainOptions

if TYPE_CHECKING:
    from rich.progress import Progress

    from engine.workshop.questions.collection import QuestionsReady
    from engine.workshop.questions.items import QuestionSource


def own_source(
    options: TrainOptions,
    collection: str,
    folder: Path,
    cancel: CancelToken,
    terminal: Terminal,
    progress: Progress,
) -> QuestionSource:
    """Make questions from a collection, unless an earlier call has; return their file."""
    from engine.workshop.questions.collection import QuestionsReady, questions_of_collection
    from engine.workshop.questions.items import QuestionSource

    task = progress.add_task("make questions", total=None, eta="")
    try:
        for event in questions_of_collection(
            options.data_dir,
            collection,
            folder,
            model=options.model,
            n_threads=options.threads or 0,
            seed=options.data_seed,
            cancel=cancel,
        ):
            if isinstance(event, QuestionsReady):
                _say(event, terminal)
                return QuestionSource(event.path)
            progress.update(task, completed=event.n_done, total=event.n_total)
    finally:
        progress.remove_task(task)
    raise RuntimeError("making questions ended without its last event")


def _say(ready: QuestionsReady, terminal: Terminal) -> None:
    if ready.n_made:
        terminal.note(
            f"Made {ready.n_made} questions: {ready.n_written} written by {ready.model}, "
            f"{ready.n_made - ready.n_written} sentences with a gap. They are in {ready.path}."
        )
