"""``sabun eval golden``: questions with known answers, searched for or answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.terminal import Terminal
from engine.cli.verb import WrongUsage, verb
from engine.cli.workshop.golden_options import SAMPLE_FILES, GoldenOptions, changed, last_of
from engine.facade import Engine
from engine.paths import DataPaths

if TYPE_CHECKING:
    from engine.workshop.evaluation.golden import GoldenScores, Tally
    from engine.workshop.evaluation.golden_answers.run import BenchmarkPlan
    from engine.workshop.evaluation.golden_answers.summary import GoldenSummary, Share


def run_golden(options: GoldenOptions, terminal: Terminal) -> int:
    """Print how often the expected source is first or among the first three, or the answers."""
    if options.questions:
        from engine.cli.workshop.evaluate_kinds import run_kinds

        return run_kinds(options, terminal)
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
        graded = last_of(events, terminal)
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
        settings=changed(options),
        report=options.report,
    )


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
