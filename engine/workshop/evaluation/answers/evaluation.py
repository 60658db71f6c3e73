"""``evaluate_answers``: attention modes side by side on frozen evidence, resumable."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.adapters.library import AdapterLibrary
from engine.cancel import CancelToken
from engine.formats.atomic_files import replacing
from engine.formats.run_folder import claim
from engine.inference.chat_model import ChatModel
from engine.models.library import ModelLibrary
from engine.paths import DataPaths
from engine.settings import Settings
from engine.workshop.evaluation.answers.arms import arms_of
from engine.workshop.evaluation.answers.asking import CaseAnswered, answer_cases
from engine.workshop.evaluation.answers.cases import (
    Case,
    CaseSettings,
    load_cases,
    make_cases,
    save_cases,
    with_extracts,
)
from engine.workshop.evaluation.answers.facts import facts_of
from engine.workshop.evaluation.answers.outcomes import Arm, Outcome, OutcomeFile
from engine.workshop.evaluation.answers.page import evaluation_page
from engine.workshop.evaluation.answers.samples import sample_replies
from engine.workshop.evaluation.answers.summary import Summary, summarise
from engine.workshop.questions.items import QuestionSource, divide, read_sources

DEVELOPMENT_SHARE = 0.05
"""Of the evidence; what ``sabun adapters train`` sets aside."""


@dataclass(frozen=True)
class EvaluationPlan:
    """What is evaluated, and how.

    Attributes:
        sources: Files of questions; asked is what training sets aside of them.
        work: Folder that keeps cases and replies; what is in it is gone on with.
        arms: Names, see :func:`engine.workshop.evaluation.answers.arms.arms_of`.
        model: Name of the base model; empty for the embedded one.
        cases: Which cases are made.
        cited: Ask for the form of the reply; False sends the program's own prompt.
        n_threads: Of the processor; 0 uses all cores.
        report: HTML file to write, with its numbers beside it; None for none.
    """

    sources: tuple[QuestionSource, ...]
    work: Path
    arms: tuple[str, ...] = ()
    model: str = ""
    cases: CaseSettings = field(default_factory=CaseSettings)
    cited: bool = True
    n_threads: int = 0
    report: Path | None = None


@dataclass(frozen=True)
class CasePrepared:
    """The best sentences of one case were found.

    Attributes:
        n_done: Cases so far.
        n_total: Cases to make.
    """

    n_done: int
    n_total: int


@dataclass(frozen=True)
class AnswersEvaluated:
    """Last event.

    Attributes:
        summary: The results.
    """

    summary: Summary


EvaluationEvent = CasePrepared | CaseAnswered | AnswersEvaluated


def evaluate_answers(
    plan: EvaluationPlan, paths: DataPaths, cancel: CancelToken | None = None
) -> Iterator[EvaluationEvent]:
    """Answer, or go on answering, and sum up.

    Args:
        plan: What is evaluated.
        paths: Data folder with the models and adapters.
        cancel: Stops between replies.

    Yields:
        ``CasePrepared`` while cases are made, ``CaseAnswered`` per case and seed, at last
        ``AnswersEvaluated``.

    Raises:
        PathMissing, BadData: The questions.
        ModelMissing, AdapterUnknown: There is no such thing.
        AdapterMismatch, AttentionUnsupported: An arm cannot run; nothing was answered.
        CheckpointUnusable: The folder holds cases of other data or settings.
        Cancelled: It was stopped; the cases, once made, and what was answered are kept.
    """
    token = cancel or CancelToken()
    library = AdapterLibrary(paths)
    file = ModelLibrary(paths).find(plan.model, kind="chat")
    cases = yield from _cases(plan, paths, token)
    model = ChatModel(file, n_threads=plan.n_threads, n_batch=256, adapters=library)
    outcomes = OutcomeFile(plan.work / ("replies.jsonl" if plan.cited else "replies-plain.jsonl"))
    samples: dict[str, list[tuple[str, str]]] = {}
    try:
        arms = arms_of(plan.arms, library, file)
        yield from answer_cases(model, arms, cases, outcomes, cited=plan.cited, cancel=token)
        if plan.report:
            samples = _samples(model, arms)
    finally:
        model.close()
    summary = summarise(_of(arms, outcomes), cases, against=[arm.name for arm in arms[:2]])
    if plan.report:
        facts = facts_of(
            cases,
            arms,
            library,
            file.name,
            cited=plan.cited,
            extracts=plan.cases.extracts,
            development_share=DEVELOPMENT_SHARE,
        )
        _write_report(plan.report, summary, facts, samples)
    yield AnswersEvaluated(summary)


def _cases(
    plan: EvaluationPlan, paths: DataPaths, cancel: CancelToken
) -> Generator[CasePrepared, None, list[Case]]:
    """Return the cases of an earlier run in this folder, else make them.

    Raises:
        CheckpointUnusable: The folder holds cases of other data or settings.
    """
    path = plan.work / "cases.jsonl"
    there = [source.as_record() for source in plan.sources if source.path.is_file()]
    claim(plan.work, {"sources": there, "cases": asdict(plan.cases)})
    if path.is_file():
        return load_cases(path)
    questions = divide(read_sources(plan.sources), DEVELOPMENT_SHARE).development
    cases = make_cases(questions, plan.cases)
    if plan.cases.extracts:
        cases = yield from _with_extracts(cases, paths, cancel)
    save_cases(path, cases)
    return cases


def _with_extracts(
    cases: Sequence[Case], paths: DataPaths, cancel: CancelToken
) -> Generator[CasePrepared, None, list[Case]]:
    from engine.embedding import Embedder  # imports torch

    embedder = Embedder(ModelLibrary(paths).find(Settings().embedding_model, kind="embedding"))
    made: list[Case] = []
    for case in cases:
        cancel.raise_if_cancelled()
        made.append(with_extracts(case, lambda: embedder))
        yield CasePrepared(len(made), len(cases))
    return made


def _samples(model: ChatModel, arms: Sequence[Arm]) -> dict[str, list[tuple[str, str]]]:
    """Return what each arm, with its first seed, replies to a few fixed prompts."""
    samples = {}
    for arm in arms:
        model.use_attention(arm.choices[0])
        samples[arm.name] = list(sample_replies(model))
    return samples


def _of(arms: Sequence[Arm], outcomes: OutcomeFile) -> list[Outcome]:
    """Return the outcomes of these arms; the file may hold those of others."""
    wanted = {(arm.name, label) for arm in arms for label in arm.labels}
    return [each for each in outcomes.read() if (each.arm, each.adapter) in wanted]


def _write_report(
    path: Path,
    summary: Summary,
    facts: Mapping[str, str],
    samples: Mapping[str, Sequence[tuple[str, str]]],
) -> None:
    page = evaluation_page("Answers by attention mode", summary, facts, samples)
    with replacing(path) as partial:
        partial.write_text(page, "utf-8")
    with replacing(path.with_suffix(".json")) as partial:
        partial.write_text(json.dumps({"facts": dict(facts), **summary.as_shape()}, indent=1))
