"""``sabun eval answers``: attention modes side by side on frozen evidence."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.adapters.adapter import AdapterInfo
from engine.adapters.library import AdapterLibrary
from engine.cancel import CancelToken
from engine.cli.adapter_shapes import layer_ranges
from engine.cli.interrupts import interruptible
from engine.cli.numbers import positive
from engine.cli.terminal import Terminal
from engine.cli.workshop.training import source_of
from engine.formats.atomic_files import sha256_of
from engine.models.library import ModelLibrary
from engine.paths import DataPaths
from engine.records import AttentionChoice
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.inference.chat_model import ChatModel
    from engine.workshop.evaluation.answers.asking import CaseAnswered
    from engine.workshop.evaluation.answers.cases import Case
    from engine.workshop.evaluation.answers.outcomes import Arm
    from engine.workshop.evaluation.answers.summary import Summary

DEVELOPMENT_SHARE = 0.05
"""Of the evidence; what ``sabun adapters train`` sets aside."""


def add_answers(actions: Any, common: argparse.ArgumentParser) -> None:
    """Add the sub-verb."""
    parser = actions.add_parser(
        "answers", parents=[common], help="attention modes side by side on the same evidence"
    )
    parser.add_argument(
        "--data",
        action="append",
        required=True,
        metavar="FILE[:SHARE]",
        help="question files; asked is what training sets aside of them",
    )
    parser.add_argument(
        "--arm",
        action="append",
        metavar="NAME[=ADAPTER,...]",
        help="a mode without training, or a name and its adapters, one per training seed "
        "(default: baseline and every adapter of the model)",
    )
    parser.add_argument("--work", required=True, metavar="DIR", help="cases and replies are kept")
    parser.add_argument("--report", metavar="FILE", help="HTML file to write")
    parser.add_argument("--model", default="", metavar="NAME", help="default: the embedded one")
    parser.add_argument("--passages", type=positive, default=60, metavar="N")
    parser.add_argument(
        "--questions", type=positive, default=3, metavar="N", help="about a passage, at most"
    )
    parser.add_argument(
        "--distractors", type=_levels, default=(0, 2, 4, 8), metavar="N,...", help="0,2,4,8"
    )
    parser.add_argument(
        "--plain", action="store_true", help="send the program's own prompt, without a form"
    )
    parser.add_argument(
        "--no-extracts",
        action="store_true",
        help="do not repeat the best sentences before the question, as the program does",
    )
    parser.add_argument("--threads", type=positive, default=None, metavar="N")
    parser.set_defaults(run=run_answers)


def _levels(text: str) -> tuple[int, ...]:
    """Parse numbers of distractors with commas between.

    Raises:
        argparse.ArgumentTypeError: They are none.
    """
    parts = text.split(",")
    if not all(part.isdecimal() for part in parts):
        raise argparse.ArgumentTypeError("must be whole numbers with commas between")
    return tuple(sorted({int(part) for part in parts}))


def run_answers(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Answer, or go on answering, and print the results."""
    from engine.inference.chat_model import ChatModel
    from engine.workshop.evaluation.answers.asking import answer_cases
    from engine.workshop.evaluation.answers.outcomes import OutcomeFile
    from engine.workshop.evaluation.answers.samples import sample_replies
    from engine.workshop.evaluation.answers.summary import summarise

    paths = DataPaths.resolve(arguments.data_dir)
    library = AdapterLibrary(paths)
    file = ModelLibrary(paths).find(arguments.model, kind="chat")
    work = Path(arguments.work).expanduser()
    cases = _cases(arguments, work, terminal)
    model = ChatModel(file, n_threads=arguments.threads or 0, n_batch=256, adapters=library)
    cancel = CancelToken()
    try:
        arms = _arms(arguments.arm, library, model)
        outcomes = OutcomeFile(
            work / ("replies-plain.jsonl" if arguments.plain else "replies.jsonl")
        )
        events = answer_cases(
            model, arms, cases, outcomes, cited=not arguments.plain, cancel=cancel
        )
        with interruptible(cancel, "reply"):
            _follow(events, terminal)
        samples: dict[str, list[tuple[str, str]]] = {}
        if arguments.report:
            for arm in arms:
                model.use_attention(arm.choices[0])
                samples[arm.name] = list(sample_replies(model))
    finally:
        model.close()
    names = [arm.name for arm in arms]
    wanted = {(arm.name, label) for arm in arms for label in arm.labels}
    found = [outcome for outcome in outcomes.read() if (outcome.arm, outcome.adapter) in wanted]
    summary = summarise(found, cases, against=names[:2])
    if arguments.report:
        facts = _facts(arguments, cases, arms, library, file.name)
        _write_report(Path(arguments.report), summary, facts, samples)
    if terminal.as_json:
        terminal.result(summary.as_shape())
    else:
        _print(summary, terminal)
    return 0


def _cases(arguments: argparse.Namespace, work: Path, terminal: Terminal) -> list[Case]:
    """Return the cases of an earlier run in this folder, else make them.

    Raises:
        CheckpointUnusable: The folder holds cases of other data or settings.
    """
    from engine.formats.run_folder import claim
    from engine.workshop.evaluation.answers.cases import (
        CaseSettings,
        load_cases,
        make_cases,
        save_cases,
    )
    from engine.workshop.questions.items import divide, read_sources

    path = work / "cases.jsonl"
    sources = [source_of(text) for text in arguments.data]
    settings = CaseSettings(
        distractors=arguments.distractors,
        n_passages=arguments.passages,
        n_questions=arguments.questions,
        extracts=not arguments.no_extracts,
    )
    plan = {"sources": [source.as_record() for source in sources if source.path.is_file()]}
    claim(work, {**plan, "cases": asdict(settings)})
    if path.is_file():
        return load_cases(path)
    questions = read_sources(sources)
    cases = make_cases(divide(questions, DEVELOPMENT_SHARE).development, settings)
    if settings.extracts:
        cases = list(_extracted(cases, DataPaths.resolve(arguments.data_dir), terminal))
    save_cases(path, cases)
    return cases


def _extracted(cases: Sequence[Case], paths: DataPaths, terminal: Terminal) -> Iterator[Case]:
    from engine.embedding import Embedder
    from engine.workshop.evaluation.answers.cases import with_extracts

    embedder = Embedder(ModelLibrary(paths).find(Settings().embedding_model, kind="embedding"))
    with terminal.progress() as progress:
        task = progress.add_task("find sentences", total=len(cases), eta="")
        for case in cases:
            yield with_extracts(case, lambda: embedder)
            progress.advance(task)


def _arms(
    wanted: Sequence[str] | None, library: AdapterLibrary, model: ChatModel
) -> tuple[Arm, ...]:
    from engine.adapters.fingerprint import model_fingerprint
    from engine.workshop.evaluation.answers.outcomes import Arm

    if not wanted:
        fingerprint = model_fingerprint(model.model.path)
        fitting = [i for i in library.list() if i.base_fingerprint == fingerprint]
        wanted = ["baseline", *(f"{info.name}={info.name}" for info in fitting)]
    arms = []
    for text in wanted:
        name, _, adapters = text.partition("=")
        used = [library.get(adapter) for adapter in adapters.split(",") if adapter]
        arms.append(
            Arm(
                name,
                tuple(_choice(info) for info in used) or (AttentionChoice(mode=name),),
                tuple(sha256_of(info.path)[:12] for info in used) or ("",),
            )
        )
    return tuple(arms)


def _choice(info: AdapterInfo) -> AttentionChoice:
    return AttentionChoice(mode=info.variant, adapter=info.name)


def _follow(events: Iterator[CaseAnswered], terminal: Terminal) -> None:
    with terminal.progress() as progress:
        task = progress.add_task("answer", total=None, eta="")
        n_left_out = 0
        for event in events:
            progress.update(
                task, description=event.arm, completed=event.n_done, total=event.n_total
            )
            n_left_out = event.n_left_out
            if progress.disable and event.n_done % 50 == 0:
                terminal.note(f"{event.arm}: {event.n_done}/{event.n_total} cases")
    if n_left_out:
        terminal.note(f"sabun: Questions left out as longer than the model's context: {n_left_out}")


# --- results --------------------------------------------------------------------------


def _facts(
    arguments: argparse.Namespace,
    cases: Sequence[Case],
    arms: Sequence[Arm],
    library: AdapterLibrary,
    model: str,
) -> dict[str, str]:
    """Return what was run, for the head of the report."""
    from engine.version import program_version

    n_questions = sum(len(case.questions) for case in cases)
    facts = {
        "model": model,
        "program": f"sabun {program_version()}",
        "questions": f"{n_questions} in {len(cases)} cases about "
        f"{len({case.cluster for case in cases})} passages",
        "prompt": ("the program's own" if arguments.plain else "asks for the form of the reply")
        + (", without its best sentences" if arguments.no_extracts else ""),
    }
    for arm in arms:
        for choice in arm.choices:
            if choice.adapter:
                info = library.get(choice.adapter)
                facts[f"{arm.name}: {info.name}"] = _described(info)
    return facts


def _described(info: AdapterInfo) -> str:
    record: Mapping[str, Any] = info.training
    run = _fields_in(record, "run")
    # What is set aside depends on the evidence alone, whatever file it stands in.
    apart = record.get("development_share", 0) >= DEVELOPMENT_SHARE
    trained_on = "no evidence asked about was trained on" if apart else "trained on unknown data"
    kind = f"{info.variant}, {info.form} form" if info.form else info.variant
    changed = f"layers {layer_ranges(info)}, " if info.layers else ""
    start = _fields_in(record, "start").get("name", "")
    after = f" after those of {start}" if start else ""
    return (
        f"{kind}, {info.n_parameters:,} parameters, {changed}"
        f"{record.get('n_tokens', 0):,} training tokens{after}, seed {run.get('seed', '?')}; "
        f"{trained_on}"
    )


def _fields_in(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return a part of a training record, which may be a stranger's and hold anything."""
    found = record.get(key)
    return found if isinstance(found, Mapping) else {}


def _write_report(
    path: Path,
    summary: Summary,
    facts: Mapping[str, str],
    samples: Mapping[str, Sequence[tuple[str, str]]],
) -> None:
    from engine.formats.atomic_files import replacing
    from engine.workshop.evaluation.answers.page import evaluation_page

    page = evaluation_page("Answers by attention mode", summary, facts, samples)
    with replacing(path) as partial:
        partial.write_text(page, "utf-8")
    with replacing(path.with_suffix(".json")) as partial:
        partial.write_text(json.dumps({"facts": dict(facts), **summary.as_shape()}, indent=1))


def _print(summary: Summary, terminal: Terminal) -> None:
    terminal.line("mean [95 % bootstrap interval]")
    for cell in summary.cells:
        name = f"{cell.arm} - {cell.against}" if cell.against else cell.arm
        estimate = cell.estimate
        terminal.line(
            f"{cell.group:20} {cell.measure:25} {name:28} {estimate.mean:6.3f} "
            f"[{estimate.low:.3f}, {estimate.high:.3f}]  n={estimate.n_questions}"
        )
