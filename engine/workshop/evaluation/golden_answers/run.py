"""``ask_golden``: the golden questions asked of the documents that they are about.

It works in a folder of its own: a data folder with these documents indexed, and the replies,
by label. The user's data folder lends its models and is not written to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.cancel import CancelToken
from engine.errors import BadModelFile, ModelMissing, PathMissing
from engine.events import IndexProgressed
from engine.facade import Engine
from engine.formats.atomic_files import replacing
from engine.formats.gguf import read_gguf
from engine.formats.run_folder import claim
from engine.models.library import ModelLibrary
from engine.models.sidecar import sidecar_path
from engine.paths import DataPaths
from engine.settings import DEFAULT_COLLECTION, Value
from engine.workshop.evaluation.golden_answers.asking import (
    Askable,
    QuestionAsked,
    Reply,
    ReplyFolder,
    ask_all,
)
from engine.workshop.evaluation.golden_answers.outcomes import Outcome, outcome_of
from engine.workshop.evaluation.golden_answers.page import golden_page
from engine.workshop.evaluation.golden_answers.questions import BenchmarkQuestion
from engine.workshop.evaluation.golden_answers.summary import GoldenSummary, summarise

_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class AskingPlan:
    """What is asked, of what, with which model.

    Attributes:
        questions: Those to ask, in order.
        documents: Folder that is indexed.
        work: Keeps the index and the replies.
        model: Name of an installed model or path of a GGUF file; empty for the embedded one.
        label: Whose replies these are, so that several versions share an index; empty for the
            model's name.
        settings: Settings that differ from the defaults.
    """

    questions: Sequence[Askable]
    documents: Path
    work: Path
    model: str = ""
    label: str = ""
    settings: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class BenchmarkPlan(AskingPlan):
    """The same for golden questions.

    Attributes:
        report: HTML file to write, None for none.
    """

    questions: Sequence[BenchmarkQuestion]
    report: Path | None = None


@dataclass(frozen=True)
class AllAsked:
    """Last event of :func:`ask_plan`.

    Attributes:
        model: Name of the model; empty if there is none.
        replies: In the order of the questions.
    """

    model: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class AnswersGraded:
    """Last event of :func:`ask_golden`.

    Attributes:
        model: Name of the model.
        outcomes: In the order of the questions.
        summary: Of all of them.
    """

    model: str
    outcomes: tuple[Outcome, ...]
    summary: GoldenSummary


BenchmarkEvent = IndexProgressed | QuestionAsked | AnswersGraded


def ask_golden(
    plan: BenchmarkPlan, paths: DataPaths, cancel: CancelToken | None = None
) -> Iterator[BenchmarkEvent]:
    """Ask as :func:`ask_plan` does, and grade all replies anew.

    Yields:
        ``IndexProgressed`` while documents are read, ``QuestionAsked`` per question, at last
        ``AnswersGraded``.

    Raises:
        SabunError: As :func:`ask_plan`.
    """
    for event in ask_plan(plan, paths, cancel):
        if not isinstance(event, AllAsked):
            yield event
            continue
        outcomes = tuple(map(outcome_of, plan.questions, event.replies))
        summary = summarise(outcomes)
        if plan.report is not None:
            with replacing(plan.report) as partial:
                partial.write_text(golden_page(event.model, summary, outcomes), "utf-8")
        yield AnswersGraded(event.model, outcomes, summary)


def ask_plan(
    plan: AskingPlan, paths: DataPaths, cancel: CancelToken | None = None
) -> Iterator[IndexProgressed | QuestionAsked | AllAsked]:
    """Index what changed, and ask what was not asked yet.

    Args:
        plan: What is asked.
        paths: The user's data folder, for models added to it.
        cancel: Stops between two questions.

    Yields:
        ``IndexProgressed`` while documents are read, ``QuestionAsked`` per question, at last
        ``AllAsked``.

    Raises:
        PathMissing: There is no folder of documents.
        ModelMissing, BadModelFile: There is no such model.
        SettingUnknown, SettingUnusable: A setting.
        CheckpointUnusable: The work folder holds the index of other documents.
        DataFolderInUse: Another run works in this folder.
        Cancelled: It was stopped; what was answered is kept.
    """
    token = cancel or CancelToken()
    if not plan.documents.is_dir():
        raise PathMissing(path=str(plan.documents))
    data = DataPaths(plan.work.expanduser().resolve() / "data")
    claim(plan.work.expanduser(), {"documents": str(plan.documents.resolve())})
    name = lend(plan.model, ModelLibrary(paths), data)
    replies: list[Reply] = []
    with Engine(data.root) as engine:
        engine.settings.reset(*engine.settings.rows())
        engine.settings.change(**{**plan.settings, "chat_model": name})
        for event in engine.index([plan.documents], cancel=token):
            if isinstance(event, IndexProgressed):
                yield event
        token.raise_if_cancelled()
        model = _answering(engine)
        label = _UNSAFE.sub("_", plan.label or model)
        folder = ReplyFolder(plan.work.expanduser() / "replies" / label)
        for asked in ask_all(engine, DEFAULT_COLLECTION, plan.questions, folder, token):
            replies.append(asked.reply)
            yield asked
    yield AllAsked(model, tuple(replies))


def _answering(engine: Engine) -> str:
    """Return the name of the model that answers; empty if there is none."""
    try:
        return engine.loaded.chat_model_file().name
    except ModelMissing:
        return ""


def lend(model: str, library: ModelLibrary, data: DataPaths) -> str:
    """Make a model known to a data folder and return its name there; nothing is copied.

    Args:
        model: Name in the library or path of a GGUF file; empty for the embedded one.
        library: The user's.
        data: Data folder that borrows it.

    Raises:
        ModelMissing: The library has none of that name.
        BadModelFile: It is no model, or another one of its name comes with the program.
    """
    if not model:
        return ""
    path = Path(model).expanduser()
    if not path.is_file():
        path = library.find(model, kind="chat").path
    read_gguf(path)
    path, name = path.resolve(), path.name.removesuffix(".gguf")
    embedded = {each.name: each.path.resolve() for each in library.list() if each.embedded}
    if embedded.get(name) == path:
        return name
    if name in embedded:
        raise BadModelFile(path=model, detail="it is called like a model of the program")
    data.models.mkdir(parents=True, exist_ok=True)
    target = data.models / f"{name}.gguf"
    for link, source in ((target, path), (sidecar_path(target), sidecar_path(path))):
        link.unlink(missing_ok=True)
        if source.is_file():
            link.symlink_to(source)
    return name
