"""Questions for training, made from the documents of a collection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.cancel import CancelToken
from engine.errors import CollectionEmpty
from engine.facade import Engine
from engine.inference.chat_model import ChatModel
from engine.workshop.questions.own_file import FILE, fill_questions
from engine.workshop.questions.own_questions import OwnSettings, QuestionMade


@dataclass(frozen=True)
class QuestionsReady:
    """The file of questions is complete. Last event.

    Attributes:
        path: The file.
        n_made: Questions made now; 0 if an earlier call had made them.
        n_written: Those of them that the model wrote; the others are sentences with a gap.
        model: Name of the model that wrote them; empty if nothing was made.
    """

    path: Path
    n_made: int = 0
    n_written: int = 0
    model: str = ""


def questions_of_collection(
    data_dir: Path | str | None,
    collection: str,
    folder: Path,
    *,
    model: str = "",
    n_threads: int = 0,
    seed: int = 0,
    cancel: CancelToken | None = None,
) -> Iterator[QuestionMade | QuestionsReady]:
    """Make questions from a collection, unless an earlier call has.

    Args:
        data_dir: Data folder that holds the collection.
        collection: Its name.
        folder: Of the file.
        model: Name of the chat model that may write them; empty for the one in use.
        n_threads: Of the processor; 0 uses all cores.
        seed: Of everything that is drawn.
        cancel: Stops between questions; those that were made stay.

    Yields:
        ``QuestionMade`` per new question, at last ``QuestionsReady``.

    Raises:
        CollectionMissing, CollectionEmpty: There is nothing to ask about.
        TrainingDataTooSmall: Nothing in it can be asked for.
        Cancelled: It was stopped.
    """
    path = folder / FILE
    if path.is_file():
        yield QuestionsReady(path)
        return
    with Engine(data_dir, writable=False) as engine:
        passages = list(engine.library.passages(engine.library.collection(collection).id))
        file = engine.models.find(model, kind="chat")
    if not passages:
        raise CollectionEmpty(name=collection)
    writer = ChatModel(file, n_threads=n_threads)
    n_made = n_written = 0
    try:
        token = cancel or CancelToken()
        for made in fill_questions(folder, passages, writer, OwnSettings(seed=seed), token):
            n_made, n_written = n_made + 1, n_written + made.written
            yield made
    finally:
        writer.close()
    yield QuestionsReady(path, n_made, n_written, file.name)
