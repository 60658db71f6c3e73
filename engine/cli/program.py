"""Parse the command line, run one verb, turn every failure into one sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from engine.cli import adapters, ask, doctor, index, models, search, status
from engine.cli.outcome import DONE, USAGE, Outcome
from engine.cli.terminal import Terminal
from engine.cli.workshop import bench, evaluate
from engine.offline import forbid_network
from engine.paths import DataPaths
from engine.version import program_version

VERBS = (index, status, search, ask, models, adapters, evaluate, bench, doctor)
"""Modules with ``register(verbs, common)``, which sets ``run(arguments, terminal)``."""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data-dir",
        metavar="DIR",
        help="data folder (default: SABUN_DATA_DIR, then the user's own)",
    )
    common.add_argument(
        "--json", action="store_true", help="print exactly one JSON object on standard output"
    )
    parser = argparse.ArgumentParser(
        prog="sabun",
        description="Answers questions about your own documents, on your own machine.",
        epilog="Exit status: 0 done, 1 failed (one sentence on standard error), 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"sabun {program_version()}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb in VERBS:
        verb.register(verbs, common)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``sabun``; return 0 when done, 1 when failed, 2 on wrong usage, 130 on Ctrl-C."""
    _make_streams_safe()
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as usage:
        return usage.code if isinstance(usage.code, int) else USAGE
    paths = DataPaths.resolve(arguments.data_dir)
    forbid_network(paths.root / "network.log")
    terminal = Terminal(as_json=arguments.json)
    outcome = Outcome(terminal, paths)
    try:
        with outcome:
            outcome.status = arguments.run(arguments, terminal)
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
