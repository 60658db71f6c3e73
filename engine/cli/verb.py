"""A verb of the command line: its name, its options record, and what runs it."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from engine.cli.options import CommonOptions, add_arguments, read
from engine.cli.terminal import Terminal
from engine.version import program_version

_LOG = logging.getLogger(__name__)

Options = TypeVar("Options", bound=CommonOptions)


class Subparsers(Protocol):
    """What ``add_subparsers`` returns."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:  # noqa: A002
        """Return the parser of a new verb."""


class WrongUsage(Exception):
    """Options that contradict each other; ends as a line of usage and exit status 2."""


@dataclass(frozen=True)
class Call:
    """A verb with what it was asked, ready to run.

    Attributes:
        options: What every verb understands; its other options are bound in ``run``.
        run: Prints to a terminal and returns the exit status.
    """

    options: CommonOptions
    run: Callable[[Terminal], int]


@dataclass(frozen=True)
class Verb:
    """One verb, or one action of a group.

    Attributes:
        name: As typed.
        help: One line.
        options: Record of what it can be asked.
        call: Binds what was given to the function that runs the verb.
    """

    name: str
    help: str
    options: type[CommonOptions]
    call: Callable[[argparse.Namespace, argparse.ArgumentParser], Call]

    def register(self, verbs: Subparsers) -> None:
        """Add it to the command line."""
        parser = verbs.add_parser(self.name, help=self.help)
        add_arguments(parser, self.options)
        parser.set_defaults(call=lambda given: self.call(given, parser))


@dataclass(frozen=True)
class VerbGroup:
    """A verb of several actions: ``sabun models list``.

    Attributes:
        name: As typed.
        help: One line.
        actions: In the order of the help.
        metavar: What stands for an action in the help.
    """

    name: str
    help: str
    actions: tuple[Verb, ...]
    metavar: str = "ACTION"

    def register(self, verbs: Subparsers) -> None:
        """Add it and its actions to the command line."""
        parser = verbs.add_parser(self.name, help=self.help)
        actions = parser.add_subparsers(dest="action", metavar=self.metavar, required=True)
        for action in self.actions:
            action.register(actions)


def verb(
    name: str,
    help: str,  # noqa: A002 (argparse's own word)
    options: type[Options],
    run: Callable[[Options, Terminal], int],
) -> Verb:
    """Declare a verb.

    Args:
        name: As typed.
        help: One line.
        options: Record of what it can be asked.
        run: Does it and returns the exit status; it may raise :class:`WrongUsage`.
    """

    def call(given: argparse.Namespace, parser: argparse.ArgumentParser) -> Call:
        asked = read(options, given)

        def start(terminal: Terminal) -> int:
            _LOG.info("sabun %s: %s", program_version(), name)
            try:
                return run(asked, terminal)
            except WrongUsage as usage:
                parser.error(str(usage))

        return Call(asked, start)

    return Verb(name, help, options, call)
