"""``sabun eval``: how well evidence is found and answered from, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from engine.cli.numbers import positive
from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import VerbGroup, verb
from engine.cli.workshop import (
    evaluate_across,
    evaluate_answers,
    evaluate_golden,
    evaluate_needles,
    evaluate_recognition,
    evaluate_refusal,
)
from engine.facade import Engine
from engine.records import Retriever

if TYPE_CHECKING:
    from engine.workshop.evaluation.retrieval import RetrievalEvaluated, RetrieverScores, Scores


@dataclass(frozen=True, kw_only=True)
class RetrievalOptions(CommonOptions):
    """What ``sabun eval retrieval`` is asked.

    Attributes:
        data: File of questions with their passages.
        retriever: Ways to find them; none for all.
        limit: Questions from the beginning of the file, None for all.
    """

    data: Path = positional(metavar="DATA", help="JSON Lines, plain or gzip")
    retriever: tuple[Retriever, ...] = option((), help="may be given several times (default: all)")
    limit: int | None = option(None, parse=positive, metavar="N", help="first N questions only")


def run_retrieval(options: RetrievalOptions, terminal: Terminal) -> int:
    """Index the passages of a question set aside and print each retriever's metrics."""
    from engine.workshop.evaluation.retrieval import RetrievalEvaluated, evaluate_retrieval
    from engine.workshop.questions.file import read_questions

    questions = read_questions(options.data, limit=options.limit)
    retrievers = list(dict.fromkeys(options.retriever or get_args(Retriever)))
    finished: RetrievalEvaluated | None = None
    with (
        Engine(options.data_dir, writable=False) as engine,
        terminal.progress() as progress,
    ):
        tasks: dict[str, Any] = {}
        for event in evaluate_retrieval(questions, retrievers, engine.loaded.embedder):
            if isinstance(event, RetrievalEvaluated):
                finished = event
                continue
            if event.stage not in tasks:
                tasks[event.stage] = progress.add_task(event.stage, total=event.n_total, eta="")
            progress.update(tasks[event.stage], completed=event.n_done)
    if finished is None:
        raise RuntimeError("the evaluation ended without its last event")
    if terminal.as_json:
        terminal.result({s.retriever: retriever_shape(s) for s in finished.scores})
    else:
        _print_retrieval(finished, terminal)
    return 0


def scores_shape(scores: Scores) -> dict[str, Any]:
    """Return ``{recall@1, ..., mrr@10, n, intervals{...}}``."""
    return {
        **{name: round(value, 4) for name, value in scores.means.items()},
        "n": scores.n,
        "intervals": {
            name: [round(low, 4), round(high, 4)] for name, (low, high) in scores.intervals.items()
        },
    }


def retriever_shape(scores: RetrieverScores) -> dict[str, Any]:
    """Return one retriever of ``eval retrieval --json``."""
    languages = {name: scores_shape(found) for name, found in scores.languages.items()}
    return {**scores_shape(scores.overall), "languages": languages}


def _print_retrieval(finished: RetrievalEvaluated, terminal: Terminal) -> None:
    terminal.line(f"{finished.n_passages} passages; mean [95 % bootstrap interval]")
    for found in finished.scores:
        rows = {"all": found.overall, **found.languages}
        for name, scores in rows.items():
            cells = "  ".join(
                f"{metric} {value:.3f} [{scores.intervals[metric][0]:.3f}, "
                f"{scores.intervals[metric][1]:.3f}]"
                for metric, value in scores.means.items()
            )
            terminal.line(f"{found.retriever:8} {name:4} n={scores.n:<6} {cells}")


VERB = VerbGroup(
    "eval",
    "measure retrieval and answers on questions with known answers",
    (
        verb(
            "retrieval", "on a question set with its own passages", RetrievalOptions, run_retrieval
        ),
        evaluate_across.ACROSS,
        evaluate_golden.GOLDEN,
        evaluate_answers.ANSWERS,
        evaluate_needles.NEEDLES,
        evaluate_refusal.REFUSAL,
        evaluate_recognition.RECOGNITION,
    ),
    metavar="WHAT",
)
