"""``sabun ask``: a cited answer."""

from __future__ import annotations

import argparse
from typing import Any, get_args

from engine.cli.search import print_passages
from engine.cli.shapes import answer_shape
from engine.cli.terminal import Terminal
from engine.errors import ComparisonUnavailable
from engine.events import AnswerFinished, ExtractsFound, TokensGenerated
from engine.facade import Engine
from engine.records import Answer, AttentionMode, Citation, PrefillMode
from engine.settings import DEFAULT_COLLECTION


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb to the command line."""
    modes, prefills = get_args(AttentionMode), get_args(PrefillMode)
    parser = verbs.add_parser("ask", parents=[common], help="answer a question, with citations")
    parser.add_argument("question")
    parser.add_argument("--collection", default=DEFAULT_COLLECTION, metavar="NAME")
    parser.add_argument("--attention", choices=modes, default="baseline")
    parser.add_argument("--prefill", choices=prefills, default="dense")
    parser.add_argument("--compare", choices=modes, metavar="MODE", help="answer with both modes")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument(
        "--strict",
        action="store_true",
        default=None,
        help="leave out sentences that no passage supports",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Ask and print the answer, streaming it where a person watches."""
    if arguments.compare is not None:
        raise ComparisonUnavailable(mode=arguments.compare)
    with Engine(arguments.data_dir, writable=False) as engine:
        answer = _stream(engine, arguments, terminal)
    if terminal.as_json:
        terminal.result(answer_shape(answer))
    else:
        _print_answer(answer, terminal)
    return 0


def _stream(engine: Engine, arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    events = engine.ask(
        arguments.question,
        arguments.collection,
        attention=arguments.attention,
        prefill=arguments.prefill,
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
    coverage, stats = answer.coverage, answer.stats
    terminal.line(
        f"\nSearched {coverage.n_files_searched} files; "
        f"{coverage.n_files_unreadable} could not be read."
    )
    if stats.time_to_first_token_ms is not None:
        terminal.line(
            f"{answer.model}, attention {answer.attention.mode}, first token after "
            f"{stats.time_to_first_token_ms / 1000:.1f} s"
        )
    for notice in answer.notices:
        terminal.line(f"Note: {notice}")
