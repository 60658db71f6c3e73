"""Questions for training, made from the documents of a collection."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.progress import Progress


def questions_of_collection(
    arguments: argparse.Namespace,
    folder: Path,
    cancel: CancelToken,
    terminal: Terminal,
    progress: Progress,
) -> Path:
    """Make questions from a collection, unless an earlier call has; return their file.

    Raises:
        CollectionMissing, CollectionEmpty: There is nothing to ask about.
        TrainingDataTooSmall: Nothing in it can be asked for.
    """
    from engine.errors import CollectionEmpty
    from engine.facade import Engine
    from engine.inference.chat_model import ChatModel
    from engine.workshop.questions.own_file import FILE, fill_questions
    from engine.workshop.questions.own_questions import OwnSettings

    path = folder / FILE
    if path.is_file():
        return path
    name = arguments.from_collection
    with Engine(arguments.data_dir, writable=False) as engine:
        passages = list(engine.passages(engine.collection(name).id))
        file = engine.models.find(arguments.model, kind="chat")
    if not passages:
        raise CollectionEmpty(name=name)
    model = ChatModel(file, n_threads=arguments.threads or 0)
    task = progress.add_task("make questions", total=len(passages), eta="")
    n_made = n_written = 0
    settings = OwnSettings(seed=arguments.data_seed)
    try:
        for event in fill_questions(folder, passages, model, settings, cancel):
            n_made, n_written = n_made + 1, n_written + event.written
            progress.update(task, completed=event.n_done, total=event.n_total)
    finally:
        model.close()
        progress.remove_task(task)
    terminal.note(
        f"Made {n_made} questions: {n_written} written by {file.name}, "
        f"{n_made - n_written} sentences with a gap. They are in {path}."
    )
    return path
