"""``ask_kinds``: questions of every kind asked of the documents that they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.cancel import CancelToken
from engine.embedding import Embedder
from engine.events import IndexProgressed
from engine.facade import Engine
from engine.paths import DataPaths
from engine.questions import recognise
from engine.records import QuestionKind
from engine.workshop.evaluation.golden_answers.asking import QuestionAsked, said
from engine.workshop.evaluation.golden_answers.run import AllAsked, AskingPlan, ask_plan
from engine.workshop.evaluation.kinds.outcomes import KindOutcome, outcome_of
from engine.workshop.evaluation.kinds.questions import KindQuestion


@dataclass(frozen=True)
class KindsPlan(AskingPlan):
    """What is asked, of what, with which model."""

    questions: Sequence[KindQuestion]


@dataclass(frozen=True)
class KindsGraded:
    """Last event.

    Attributes:
        model: Name of the model; empty if there is none.
        outcomes: In the order of the questions.
    """

    model: str
    outcomes: tuple[KindOutcome, ...]


def ask_kinds(
    plan: KindsPlan, paths: DataPaths, cancel: CancelToken | None = None
) -> Iterator[IndexProgressed | QuestionAsked | KindsGraded]:
    """Ask what was not asked yet, tell the kind of every question, and grade all replies anew.

    Yields:
        ``IndexProgressed`` while documents are read, ``QuestionAsked`` per question, at last
        ``KindsGraded``.

    Raises:
        SabunError: As :func:`.golden_answers.run.ask_plan`.
    """
    for event in ask_plan(plan, paths, cancel):
        if not isinstance(event, AllAsked):
            yield event
            continue
        with Engine(DataPaths(plan.work.expanduser().resolve() / "data").root) as engine:
            kinds = [kind_of(question, engine.loaded.embedder) for question in plan.questions]
        outcomes = tuple(map(outcome_of, plan.questions, event.replies, kinds))
        yield KindsGraded(event.model, outcomes)


def kind_of(question: KindQuestion, embedder: Callable[[], Embedder]) -> QuestionKind:
    """Return what the words of a question are taken for, behind what was said before."""
    return recognise(question.text, embedder, said(question.history))
