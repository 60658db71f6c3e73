"""``sabun eval golden --questions``: questions of every kind, asked and graded by kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.terminal import Terminal
from engine.cli.verb import WrongUsage
from engine.cli.workshop.golden_options import GoldenOptions, changed, last_of
from engine.paths import DataPaths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.workshop.evaluation.golden_answers.summary import Share
    from engine.workshop.evaluation.kinds.outcomes import KindOutcome
    from engine.workshop.evaluation.kinds.run import KindsPlan
    from engine.workshop.evaluation.kinds.summary import KindRow


def run_kinds(options: GoldenOptions, terminal: Terminal) -> int:
    """Ask questions of every kind, and print what the answers are worth."""
    from engine.workshop.evaluation.kinds.run import ask_kinds
    from engine.workshop.evaluation.kinds.summary import kinds_shape

    cancel = CancelToken()
    events = ask_kinds(_plan(options), DataPaths.resolve(options.data_dir), cancel)
    with interruptible(cancel, "question"):
        graded = last_of(events, terminal)
    if terminal.as_json:
        terminal.result(kinds_shape(graded.model, graded.outcomes))
    else:
        _print(graded.outcomes, terminal)
    return 0


def _plan(options: GoldenOptions) -> KindsPlan:
    from engine.workshop.evaluation.golden_answers.questions import chosen
    from engine.workshop.evaluation.kinds.questions import read_kind_questions
    from engine.workshop.evaluation.kinds.run import KindsPlan

    if options.work is None or options.documents is None:
        raise WrongUsage("--questions needs --documents and --work")
    split = None if options.split == "all" else options.split
    read = read_kind_questions((*options.questions, *options.data))
    questions = chosen(read, split=split, kinds=options.kind, limit=options.limit)
    if options.as_labelled:
        questions = [replace(each, asked_as=each.kind) for each in questions]
    return KindsPlan(
        questions=questions,
        documents=options.documents,
        work=options.work,
        model=options.model,
        label=options.label,
        settings=changed(options),
    )


def _print(outcomes: Sequence[KindOutcome], terminal: Terminal) -> None:
    from engine.workshop.evaluation.kinds.summary import confusions, rows_of

    for row in rows_of(outcomes):
        terminal.line(_line(row))
    for pair, n in confusions(outcomes).items():
        terminal.line(f"taken for another kind: {pair} {n}")
    for each in outcomes:
        if not each.exact:
            missing = each.counts and f"right {each.counts.right}, missed {each.counts.missed}"
            more = f" ({missing}, extra {each.counts.extra})" if each.counts else ""
            said = "declined" if each.refused else f"{each.score:.2f}"
            terminal.line(f"  {each.question.id} {said}{more}: {each.question.text}")


def _line(row: KindRow) -> str:
    parts = [
        f"{row.kind:10} {row.language:4} n {row.exact.of:<4}",
        f"recognised {_percent(row.recognised)}, answered as {_percent(row.answered_as)}",
        f"score {row.score:.2f}, exact {_percent(row.exact)}",
        f"wrong {row.wrong.n}, declined {row.refused.n}",
    ]
    if row.f1 is not None and row.kind not in ("all", "follow-up"):
        precision = 0.0 if row.precision is None else row.precision
        recall = 0.0 if row.recall is None else row.recall
        parts.append(f"precision {precision:.2f}, recall {recall:.2f}, F1 {row.f1:.2f}")
    if row.quoted is not None:
        parts.append(f"first quotation {_percent(row.quoted)}")
    return "; ".join((*parts, f"cited lines {_percent(row.cited)}; {row.median_ms / 1e3:.2f} s"))


def _percent(share: Share) -> str:
    return f"{share.n}/{share.of}"
