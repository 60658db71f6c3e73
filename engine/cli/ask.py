"""``sabun ask``: a cited answer, or two of them to compare."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, get_args

from engine.attention import ATTENTION_MODES, PREFILL_MODES, needs_adapter
from engine.cli.comparing import print_comparison, stream_comparison
from engine.cli.search import print_passages
from engine.cli.terminal import Terminal
from engine.errors import ModelDamaged, ModelMissing
from engine.events import AnswerFinished, ExtractsFound, TokensGenerated
from engine.facade import Engine
from engine.json_shapes import answer_shape, comparison_shape
from engine.records import (
    Answer,
    AttentionChoice,
    AttentionMode,
    Citation,
    KernelChoice,
)
from engine.settings import DEFAULT_COLLECTION


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("ask", parents=[common], help="answer a question, with citations")
    parser.add_argument("question")
    parser.add_argument("--collection", default=DEFAULT_COLLECTION, metavar="NAME")
    parser.add_argument(
        "--attention", choices=ATTENTION_MODES, help="default: the shipped adapter's, else baseline"
    )
    parser.add_argument("--prefill", choices=PREFILL_MODES, default="dense")
    parser.add_argument(
        "--kernel", choices=get_args(KernelChoice), help="who computes attention (default: setting)"
    )
    parser.add_argument(
        "--adapter", default="", metavar="NAME", help="adapter of --attention, or of --compare"
    )
    parser.add_argument("--compare", choices=ATTENTION_MODES, help="answer with this attention too")
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="write the comparison to a .html or .json file"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument(
        "--strict",
        action="store_true",
        default=None,
        help="leave out sentences that no passage supports",
    )
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Ask and print the answer, streaming it where a person watches."""
    if arguments.export is not None and arguments.compare is None:
        arguments.parser.error("--export needs --compare")
    with Engine(arguments.data_dir, writable=False) as engine:
        if arguments.attention is None:
            arguments.attention = _default(engine, arguments)
        modes = {arguments.attention, arguments.compare} - {None}
        if arguments.adapter and not any(needs_adapter(mode) for mode in modes):
            arguments.parser.error(f"--adapter does nothing with {' and '.join(sorted(modes))}")
        if arguments.compare is not None:
            return _compare(engine, arguments, terminal)
        answer = _stream(engine, arguments, terminal)
    if terminal.as_json:
        terminal.result(answer_shape(answer))
    else:
        _print_answer(answer, terminal)
    return 0


def _default(engine: Engine, arguments: argparse.Namespace) -> AttentionMode:
    """Return the mode to begin with; without a usable model asking says what is wrong."""
    try:
        return engine.default_attention(arguments.kernel)
    except (ModelMissing, ModelDamaged):
        return "baseline"


def _compare(engine: Engine, arguments: argparse.Namespace, terminal: Terminal) -> int:
    if arguments.export is not None:
        from engine.answering.comparison_export import check_format

        check_format(arguments.export)
    kernel = arguments.kernel or engine.settings.kernel
    comparison = stream_comparison(
        engine.compare(
            arguments.question,
            arguments.collection,
            modes=(
                _choice(arguments.attention, kernel, arguments),
                _choice(arguments.compare, kernel, arguments),
            ),
            seed=arguments.seed,
            strict=arguments.strict,
        ),
        terminal,
    )
    if arguments.export is not None:
        engine.export_comparison(comparison, arguments.export)
        terminal.note(f"Written to {arguments.export}")
    if terminal.as_json:
        terminal.result(comparison_shape(comparison))
    else:
        print_comparison(comparison, terminal)
    return 0


def _choice(
    mode: AttentionMode, kernel: KernelChoice, arguments: argparse.Namespace
) -> AttentionChoice:
    """Return one side; an adapter belongs to the side or sides that need one."""
    choice = AttentionChoice(mode, arguments.prefill, kernel)
    if not needs_adapter(mode):
        return choice
    return AttentionChoice(mode, arguments.prefill, kernel, arguments.adapter)


def _stream(engine: Engine, arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    events = engine.ask(
        arguments.question,
        arguments.collection,
        attention=arguments.attention,
        prefill=arguments.prefill,
        kernel=arguments.kernel,
        adapter=arguments.adapter,
        seed=arguments.seed,
        strict=arguments.strict,
    )
    finished: Answer | None = None
    for event in events:
        if isinstance(event, AnswerFinished):
            finished = event.answer
        elif terminal.interactive and isinstance(event, ExtractsFound):
            for extract in event.extracts:
                terminal.line(f"  “{extract.quote}” [{extract.number}]")
            terminal.line()
        elif terminal.interactive and isinstance(event, TokensGenerated):
            terminal.write(event.text)
    if finished is None:
        raise RuntimeError("the answer ended without its last event")
    return finished


def _print_answer(answer: Answer, terminal: Terminal) -> None:
    """Print the verified answer; where its text was streamed, a rule comes first."""
    if terminal.interactive:
        terminal.line("\n" + "─" * 20)
    terminal.line(answer.text)
    if answer.refused:
        terminal.line("\nThe nearest passages:")
        print_passages(answer.passages[:3], terminal)
    else:
        terminal.line("\nSources:")
        for label in dict.fromkeys(_source(c) for c in answer.citations if c.number):
            terminal.line(label)
    _print_footer(answer, terminal)


def _source(citation: Citation) -> str:
    mark = "verified" if citation.verified else "not verified"
    place = f", {citation.location}" if citation.location else ""
    return f"  [{citation.number}] {citation.document}{place} ({mark})"


def _print_footer(answer: Answer, terminal: Terminal) -> None:
    coverage, stats, use = answer.coverage, answer.stats, answer.attention
    terminal.line(
        f"\nSearched {coverage.n_files_searched} files; "
        f"{coverage.n_files_unreadable} could not be read."
    )
    if stats.time_to_first_token_ms is not None:
        terminal.line(
            f"{answer.model}, attention {use.mode} ({use.kernel} on {use.device}), first token "
            f"after {stats.time_to_first_token_ms / 1000:.1f} s"
        )
    for notice in (*use.notes, *answer.notices):
        terminal.line(f"Note: {notice}")
