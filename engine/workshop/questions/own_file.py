"""The file of questions about one's own documents: made once, however often it is stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from engine.cancel import CancelToken
from engine.inference.chat_model import ChatModel
from engine.records import Passage
from engine.workshop.questions.file import append_question, read_questions
from engine.workshop.questions.own_questions import OwnSettings, QuestionMade, make_questions

FILE = "questions.jsonl"


def fill_questions(
    folder: Path,
    passages: Sequence[Passage],
    model: ChatModel,
    settings: OwnSettings,
    cancel: CancelToken,
) -> Iterator[QuestionMade]:
    """Write questions about passages to :data:`FILE`; go on with what an earlier call made.

    Until it is complete, the file has another name, which holds a hash of passages, model and
    settings: work on other documents is not gone on with.

    Args:
        folder: Of the file.
        passages: To ask about.
        model: May write the questions.
        settings: How.
        cancel: Stops between questions; those that were made stay.

    Yields:
        ``QuestionMade`` per new question.

    Raises:
        TrainingDataTooSmall: No passage can be asked for anything.
        Cancelled: It was stopped.
    """
    partial = folder / f"questions-{_key(passages, model, settings)}.partial"
    n_kept = _cut_to_whole_lines(partial)
    for made in make_questions(passages, model, settings, cancel, n_kept):
        append_question(partial, made.question)
        yield made
    read_questions(partial)  # what training will read
    partial.replace(folder / FILE)


def _cut_to_whole_lines(path: Path) -> int:
    """Drop a last line that was cut off; return how many there are."""
    if not path.is_file():
        return 0
    whole = path.read_bytes()
    whole = whole[: whole.rfind(b"\n") + 1]
    path.write_bytes(whole)
    return whole.count(b"\n")


def _key(passages: Sequence[Passage], model: ChatModel, settings: OwnSettings) -> str:
    digest = hashlib.sha256(json.dumps([model.model.name, asdict(settings)]).encode())
    for passage in passages:
        digest.update(passage.text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:12]
