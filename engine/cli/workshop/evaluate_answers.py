"""``sabun eval answers``: attention modes side by side on frozen evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.numbers import counts, positive
from engine.cli.options import CommonOptions, option, required
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.cli.workshop.training_plan import source_of
from engine.paths import DataPaths

if TYPE_CHECKING:
    from engine.workshop.evaluation.answers.evaluation import EvaluationEvent, EvaluationPlan
    from engine.workshop.evaluation.answers.summary import Summary

LOGGED_CASES = 50
"""Cases between two lines of a log that nobody watches live."""


@dataclass(frozen=True, kw_only=True)
class AnswersOptions(CommonOptions):
    """What ``sabun eval answers`` is asked.

    Attributes:
        data: Files of questions, each ``FILE`` or ``FILE:SHARE``.
        arm: What is compared; none for the baseline and every adapter of the model.
        work: Folder that keeps cases and replies.
        report: HTML file to write, None for none.
        model: Name; empty for the embedded one.
        passages: Evidence passages to ask about.
        questions: About each, at most.
        distractors: Numbers of passages beside the evidence.
        plain: Send the program's own prompt.
        no_extracts: Do not repeat the best sentences.
        threads: Of the processor; None for all.
    """

    data: tuple[str, ...] = required(
        metavar="FILE[:SHARE]",
        help="question files; asked is what training sets aside of them",
    )
    arm: tuple[str, ...] = option(
        (),
        metavar="NAME[=ADAPTER,...]",
        help="a mode without training, or a name and its adapters, one per training seed "
        "(default: baseline and every adapter of the model)",
    )
    work: Path = required(metavar="DIR", help="cases and replies are kept")
    report: Path | None = option(None, metavar="FILE", help="HTML file to write")
    model: str = option("", metavar="NAME", help="default: the embedded one")
    passages: int = option(60, parse=positive, metavar="N", help="to ask about")
    questions: int = option(3, parse=positive, metavar="N", help="about a passage, at most")
    distractors: tuple[int, ...] = option(
        (0, 2, 4, 8),
        parse=counts,
        joined=True,
        metavar="N,...",
        help="passages beside the evidence (default: 0,2,4,8)",
    )
    plain: bool = option(False, help="send the program's own prompt, without a form")
    no_extracts: bool = option(
        False,
        help="do not repeat the best sentences before the question, as the program does",
    )
    threads: int | None = option(
        None, parse=positive, metavar="N", help="of the processor (default: all)"
    )


def run_answers(options: AnswersOptions, terminal: Terminal) -> int:
    """Answer, or go on answering, and print the results."""
    from engine.workshop.evaluation.answers.evaluation import evaluate_answers

    cancel = CancelToken()
    events = evaluate_answers(_plan(options), DataPaths.resolve(options.data_dir), cancel)
    with interruptible(cancel, "reply"):
        summary = _follow(events, terminal)
    if terminal.as_json:
        terminal.result(summary.as_shape())
    else:
        _print(summary, terminal)
    return 0


ANSWERS = verb(
    "answers", "attention modes side by side on the same evidence", AnswersOptions, run_answers
)


def _plan(options: AnswersOptions) -> EvaluationPlan:
    from engine.workshop.evaluation.answers.cases import CaseSettings
    from engine.workshop.evaluation.answers.evaluation import EvaluationPlan

    return EvaluationPlan(
        sources=tuple(source_of(text) for text in options.data),
        work=options.work.expanduser(),
        arms=options.arm,
        model=options.model,
        cases=CaseSettings(
            distractors=options.distractors,
            n_passages=options.passages,
            n_questions=options.questions,
            extracts=not options.no_extracts,
        ),
        cited=not options.plain,
        n_threads=options.threads or 0,
        report=options.report,
    )


def _follow(events: Iterator[EvaluationEvent], terminal: Terminal) -> Summary:
    from engine.workshop.evaluation.answers.evaluation import AnswersEvaluated, CasePrepared

    summary: Summary | None = None
    n_left_out = 0
    with terminal.progress() as progress:
        task = progress.add_task("find sentences", total=None, eta="")
        for event in events:
            if isinstance(event, AnswersEvaluated):
                summary = event.summary
                continue
            progress.update(task, completed=event.n_done, total=event.n_total)
            if isinstance(event, CasePrepared):
                continue
            progress.update(task, description=event.arm)
            n_left_out = event.n_left_out
            if progress.disable and event.n_done % LOGGED_CASES == 0:
                terminal.note(f"{event.arm}: {event.n_done}/{event.n_total} cases")
    if summary is None:
        raise RuntimeError("the evaluation ended without its last event")
    if n_left_out:
        terminal.note(f"sabun: Questions left out as longer than the model's context: {n_left_out}")
    return summary


def _print(summary: Summary, terminal: Terminal) -> None:
    terminal.line("mean [95 % bootstrap interval]")
    for cell in summary.cells:
        name = f"{cell.arm} - {cell.against}" if cell.against else cell.arm
        estimate = cell.estimate
        terminal.line(
            f"{cell.group:20} {cell.measure:25} {name:28} {estimate.mean:6.3f} "
            f"[{estimate.low:.3f}, {estimate.high:.3f}]  n={estimate.n_questions}"
        )
