"""What ``sabun eval golden`` is asked, and how it shows that it asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from engine.cli.numbers import positive
from engine.cli.options import CommonOptions, Section, option, positional
from engine.cli.terminal import Terminal
from engine.paths import ASSETS_DIR
from engine.records import QuestionKind, Retriever
from engine.settings import DEFAULT_COLLECTION, Settings, Value
from engine.workshop.evaluation.golden_answers.questions import Kind

if TYPE_CHECKING:
    from engine.events import IndexProgressed
    from engine.workshop.evaluation.golden_answers.asking import QuestionAsked

Last = TypeVar("Last")

SAMPLES = ASSETS_DIR / "samples"
SAMPLE_FILES = (SAMPLES / "golden.jsonl", SAMPLES / "unanswerable.jsonl")

ANSWERS = Section(
    "answers",
    "With --answers the questions are asked, in a folder of their own: the documents beside the "
    "question file are indexed there, and every answer is kept, so that a stopped run goes on.",
)
KINDS = Section(
    "kinds",
    "With --questions the files hold lists, counts, tables, summaries and so on; they are asked "
    "and graded by kind.",
)


@dataclass(frozen=True, kw_only=True)
class GoldenOptions(CommonOptions):
    """What ``sabun eval golden`` is asked.

    Attributes:
        data: Files of golden questions; none for those of the sample company.
        collection: Name of an indexed one, to search in.
        retriever: Way to find passages.
        answers: Ask the questions and grade the answers.
        work: Folder that keeps index and answers.
        model: Name or path of a GGUF file; empty for the embedded one.
        documents: Folder that is asked about; None for ``documents`` beside the first file.
        split: Half of the questions, or all.
        only: Kinds of questions; none for all.
        limit: Questions, at most; None for all.
        label: What the answers are kept under.
        change: Settings that differ from the defaults, ``NAME=VALUE``.
        report: HTML file to write, None for none.
        questions: Files of questions of every kind, which are asked in place of golden ones.
        kind: Those of these kinds; none for all.
        as_labelled: Ask each as the kind that its file says.
    """

    data: tuple[Path, ...] = positional(
        (), metavar="DATA", help="JSON Lines, plain or gzip (default: those of the sample company)"
    )
    collection: str = option(DEFAULT_COLLECTION, metavar="NAME", help="which collection")
    retriever: Retriever = option("hybrid", help="by words, by meaning (dense), or both")
    answers: bool = option(False, help="ask the questions, grade the answers", section=ANSWERS)
    work: Path | None = option(None, metavar="DIR", help="keeps index and answers", section=ANSWERS)
    model: str = option(
        "", metavar="NAME", help="or a GGUF file (default: the embedded one)", section=ANSWERS
    )
    documents: Path | None = option(
        None, metavar="DIR", help="default: documents beside DATA", section=ANSWERS
    )
    split: Literal["dev", "held", "all"] = option(
        "all", help="which half of the questions", section=ANSWERS
    )
    only: tuple[Kind, ...] = option((), help="may be given several times", section=ANSWERS)
    limit: int | None = option(
        None, parse=positive, metavar="N", help="so many, kinds mixed", section=ANSWERS
    )
    label: str = option(
        "", metavar="TEXT", help="keep the answers apart (default: model)", section=ANSWERS
    )
    change: tuple[str, ...] = option(
        (), flag="--set", metavar="NAME=VALUE", help="a setting to ask with", section=ANSWERS
    )
    report: Path | None = option(None, metavar="FILE", help="HTML file to write", section=ANSWERS)
    questions: tuple[Path, ...] = option(
        (), metavar="FILE", help="of every kind; may be given several times", section=KINDS
    )
    kind: tuple[QuestionKind, ...] = option((), help="may be given several times", section=KINDS)
    as_labelled: bool = option(False, help="ask each as the kind that its file says", section=KINDS)


def changed(options: GoldenOptions) -> dict[str, Value]:
    """Return the settings to ask with."""
    return dict(map(_setting, options.change))


def _setting(text: str) -> tuple[str, Value]:
    name, _, value = text.partition("=")
    setting = Settings.find(name)
    return setting.name, setting.parse(value)


def last_of(events: Iterator[Last | IndexProgressed | QuestionAsked], terminal: Terminal) -> Last:
    """Show how far indexing and asking are, and return the event that ends them."""
    from engine.events import IndexProgressed
    from engine.workshop.evaluation.golden_answers.asking import QuestionAsked

    last: Last | None = None
    with terminal.progress() as progress:
        tasks: dict[str, Any] = {}
        for event in events:
            if not isinstance(event, IndexProgressed | QuestionAsked):
                last = event
                continue
            stage = "ask" if isinstance(event, QuestionAsked) else event.stage
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=event.n_total, eta="")
            progress.update(tasks[stage], completed=event.n_done, total=event.n_total)
            if progress.disable and isinstance(event, QuestionAsked) and not event.kept:
                terminal.note(f"{event.n_done}/{event.n_total} {event.reply.question}")
    if last is None:
        raise RuntimeError("the benchmark ended without its last event")
    return last
