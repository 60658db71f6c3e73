"""``sabun eval golden``: questions with known answers, searched for or answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.numbers import positive
from engine.cli.options import CommonOptions, Section, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import WrongUsage, verb
from engine.facade import Engine
from engine.paths import ASSETS_DIR, DataPaths
from engine.records import Retriever
from engine.settings import DEFAULT_COLLECTION, Settings, Value
from engine.workshop.evaluation.golden_answers.questions import Kind

if TYPE_CHECKING:
    from engine.workshop.evaluation.golden import GoldenScores, Tally
    from engine.workshop.evaluation.golden_answers.run import (
        AnswersGraded,
        BenchmarkEvent,
        BenchmarkPlan,
    )
    from engine.workshop.evaluation.golden_answers.summary import GoldenSummary, Share

SAMPLES = ASSETS_DIR / "samples"
SAMPLE_FILES = (SAMPLES / "golden.jsonl", SAMPLES / "unanswerable.jsonl")

ANSWERS = Section(
    "answers",
    "With --answers the questions are asked, in a folder of their own: the documents beside the "
    "question file are indexed there, and every answer is kept, so that a stopped run goes on.",
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


def run_golden(options: GoldenOptions, terminal: Terminal) -> int:
    """Print how often the expected source is first or among the first three, or the answers."""
    if options.answers or options.model or options.work:
        return _run_answers(options, terminal)
    from engine.workshop.evaluation.golden import evaluate_golden

    path = options.data[0] if options.data else SAMPLE_FILES[0]
    with Engine(options.data_dir, writable=False) as engine:
        scores = evaluate_golden(engine, options.collection, path, retriever=options.retriever)
    if terminal.as_json:
        terminal.result(golden_shape(scores))
        return 0
    for name, tally in (*scores.languages.items(), *scores.kinds.items()):
        terminal.line(f"{name}: top 1 {tally.n_top1}/{tally.n}, top 3 {tally.n_top3}/{tally.n}")
    terminal.line(f"all: top 1 {scores.n_top1}/{scores.n}, top 3 {scores.n_top3}/{scores.n}")
    for miss in scores.misses:
        terminal.line(f"  missed: {miss.question} (expected {', '.join(miss.expected)})")
    return 0


def golden_shape(scores: GoldenScores) -> dict[str, Any]:
    """Return the object of ``eval golden --json``."""
    return {
        "n": scores.n,
        "top1": scores.n_top1,
        "top3": scores.n_top3,
        "languages": {name: _tally(tally) for name, tally in scores.languages.items()},
        "kinds": {name: _tally(tally) for name, tally in scores.kinds.items()},
        "misses": [
            {"question": m.question, "expected": list(m.expected), "found": list(m.found)}
            for m in scores.misses
        ],
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {"n": tally.n, "top1": tally.n_top1, "top3": tally.n_top3}


GOLDEN = verb("golden", "golden questions, searched for or answered", GoldenOptions, run_golden)


def _run_answers(options: GoldenOptions, terminal: Terminal) -> int:
    from engine.workshop.evaluation.golden_answers.run import ask_golden
    from engine.workshop.evaluation.golden_answers.summary import summary_shape

    cancel = CancelToken()
    events = ask_golden(_plan(options), DataPaths.resolve(options.data_dir), cancel)
    with interruptible(cancel, "question"):
        graded = _follow(events, terminal)
    if terminal.as_json:
        shape = summary_shape(graded.summary, graded.outcomes)
        terminal.result({"model": graded.model, **shape})
    else:
        _print(graded.summary, terminal)
    return 0


def _plan(options: GoldenOptions) -> BenchmarkPlan:
    from engine.workshop.evaluation.golden_answers.questions import chosen, read_benchmark
    from engine.workshop.evaluation.golden_answers.run import BenchmarkPlan

    if options.work is None:
        raise WrongUsage("--answers needs --work")
    files = options.data or SAMPLE_FILES
    split = None if options.split == "all" else options.split
    questions = chosen(read_benchmark(files), split=split, kinds=options.only, limit=options.limit)
    return BenchmarkPlan(
        questions=questions,
        documents=options.documents or files[0].parent / "documents",
        work=options.work,
        model=options.model,
        label=options.label,
        settings=dict(map(_setting, options.change)),
        report=options.report,
    )


def _setting(text: str) -> tuple[str, Value]:
    name, _, value = text.partition("=")
    setting = Settings.find(name)
    return setting.name, setting.parse(value)


def _follow(events: Iterator[BenchmarkEvent], terminal: Terminal) -> AnswersGraded:
    from engine.workshop.evaluation.golden_answers.asking import QuestionAsked
    from engine.workshop.evaluation.golden_answers.run import AnswersGraded

    graded: AnswersGraded | None = None
    with terminal.progress() as progress:
        tasks: dict[str, Any] = {}
        for event in events:
            if isinstance(event, AnswersGraded):
                graded = event
                continue
            stage = "ask" if isinstance(event, QuestionAsked) else event.stage
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=event.n_total, eta="")
            progress.update(tasks[stage], completed=event.n_done, total=event.n_total)
            if progress.disable and isinstance(event, QuestionAsked) and not event.kept:
                terminal.note(f"{event.n_done}/{event.n_total} {event.reply.question}")
    if graded is None:
        raise RuntimeError("the benchmark ended without its last event")
    return graded


def _print(summary: GoldenSummary, terminal: Terminal) -> None:
    terminal.line("as wanted, of the written answers alone [95 % Wilson interval]")
    for row in summary.rows:
        verdicts = " ".join(f"{name} {n}" for name, n in row.verdicts.items())
        terminal.line(
            f"{row.kind:12} {row.language:4} {_share(row.as_wanted):26} {verdicts}"
            f"  before the check {row.written.n}, first quotation {row.quoted.n},"
            f" source top 1 {row.top1.n}, top 3 {row.top3.n}, found {row.found.n}"
            f"; unsupported {row.unsupported.n}/{row.unsupported.of} sentences,"
            f" verified {row.verified.n}/{row.verified.of} citations"
        )
    for each in summary.times:
        terminal.line(
            f"{each.what:16} median {each.median_ms / 1000:6.2f} s,"
            f" p90 {each.p90_ms / 1000:6.2f} s  (n={each.n})"
        )


def _share(share: Share) -> str:
    low, high = (round(100 * end) for end in (share.low, share.high))
    return f"{share.n}/{share.of} {100 * share.value:.0f} % [{low}, {high}]"
