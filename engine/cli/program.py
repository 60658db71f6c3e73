"""Parse the command line, run one verb, turn every failure into one sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from engine.cli import adapters, ask, doctor, index, models, search, settings, status
from engine.cli.outcome import DONE, USAGE, Outcome
from engine.cli.terminal import Terminal
from engine.cli.verb import Call, Verb, VerbGroup
from engine.cli.workshop import bench, evaluate
from engine.offline import forbid_network
from engine.paths import DataPaths
from engine.version import program_version

VERBS: tuple[Verb | VerbGroup, ...] = (
    index.VERB,
    status.VERB,
    search.VERB,
    ask.VERB,
    models.VERB,
    adapters.VERB,
    settings.VERB,
    evaluate.VERB,
    bench.VERB,
    doctor.VERB,
)
"""In the order of the help."""

DESCRIPTION = "Answers questions about your own documents, on your own machine."
EXIT_STATUS = "Exit status: 0 done, 1 failed (one sentence on standard error), 2 wrong usage."


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(prog="sabun", description=DESCRIPTION, epilog=EXIT_STATUS)
    parser.add_argument("--version", action="version", version=f"sabun {program_version()}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb in VERBS:
        verb.register(verbs)
    return parser


def parse(argv: Sequence[str] | None) -> Call:
    """Return the verb that was asked for, with its options.

    Raises:
        SystemExit: Wrong usage, or help was asked for; argparse has printed it.
    """
    given = build_parser().parse_args(argv)
    call: Call = given.call(given)
    return call


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``sabun``; return 0 when done, 1 when failed, 2 on wrong usage, 130 on Ctrl-C."""
    _make_streams_safe()
    try:
        call = parse(argv)
    except SystemExit as usage:
        return usage.code if isinstance(usage.code, int) else USAGE
    paths = DataPaths.resolve(call.options.data_dir)
    forbid_network(paths.root / "network.log")
    terminal = Terminal(as_json=call.options.as_json)
    outcome = Outcome(terminal, paths)
    try:
        with outcome:
            outcome.status = call.run(terminal)
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has enough. Point stdout elsewhere, or the interpreter
        # complains again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return outcome.status


def _make_streams_safe() -> None:
    """Let a terminal that cannot show a character print a substitute, never crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
