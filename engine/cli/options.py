"""What a verb is asked, as a frozen record; the argparse arguments are made from its fields.

A field of such a record is declared once::

    @dataclass(frozen=True, kw_only=True)
    class SearchOptions(CommonOptions):
        query: str = positional(help="words or a question")
        top_k: int = option(10, parse=positive, metavar="N")
        retriever: Retriever = option("hybrid")

Its annotation says how the text is read (``int``, ``float``, ``Path``, ``str``), what may be
chosen (``Literal``), whether it may be given several times (``tuple[X, ...]``); so the verb
reads values of known types and never an untyped ``argparse.Namespace``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from pathlib import Path
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

_KEY = "argument"


@dataclass(frozen=True)
class Section:
    """A heading in the help under which some options stand.

    Attributes:
        title: Heading.
        description: Line under it, or empty.
    """

    title: str
    description: str = ""


@dataclass(frozen=True)
class Argument:
    """How one field of a record is written on the command line.

    Attributes:
        flag: ``--like-this``; empty for a positional argument.
        help: What it means, empty if its name says it.
        metavar: What stands for its value in the help.
        parse: Reads one value; None follows the annotation.
        choices: Called for what may be chosen; None follows the annotation.
        joined: Whether ``parse`` makes all values of a tuple from one text.
        required: Whether it must be given.
        negatable: Whether ``--no-like-this`` exists too.
        section: Heading it stands under, None for the verb's own.
        one_of: Name of a group of options of which exactly one must be given, or empty.
    """

    flag: str = ""
    help: str = ""
    metavar: str | None = None
    parse: Callable[[str], object] | None = None
    choices: Callable[[], Sequence[str]] | None = None
    joined: bool = False
    required: bool = False
    negatable: bool = False
    section: Section | None = None
    one_of: str = ""


def option(
    default: T,
    *,
    flag: str = "",
    help: str = "",  # noqa: A002 (argparse's own word)
    metavar: str | None = None,
    parse: Callable[[str], object] | None = None,
    choices: Callable[[], Sequence[str]] | None = None,
    joined: bool = False,
    negatable: bool = False,
    section: Section | None = None,
    one_of: str = "",
) -> T:
    """Declare an option: ``--its-name``, or the flag given. The rest is as in :class:`Argument`."""
    argument = Argument(
        flag=flag or "--",
        help=help,
        metavar=metavar,
        parse=parse,
        choices=choices,
        joined=joined,
        negatable=negatable,
        section=section,
        one_of=one_of,
    )
    made: T = field(default=default, metadata={_KEY: argument})
    return made


def required(
    *,
    help: str = "",  # noqa: A002
    metavar: str | None = None,
    parse: Callable[[str], object] | None = None,
) -> Any:
    """Declare an option that must be given; a tuple of values may be given one by one."""
    return field(metadata={_KEY: Argument("--", help, metavar, parse, required=True)})


def positional(
    default: Any = MISSING,
    *,
    help: str = "",  # noqa: A002
    metavar: str | None = None,
) -> Any:
    """Declare an argument without a flag; with a default it may be left out."""
    return field(default=default, metadata={_KEY: Argument("", help, metavar)})


@dataclass(frozen=True, kw_only=True)
class CommonOptions:
    """What every verb understands.

    Attributes:
        data_dir: The data folder; None for ``SABUN_DATA_DIR``, then the user's own.
        as_json: Print exactly one JSON object on standard output.
    """

    data_dir: str | None = option(
        None, metavar="DIR", help="data folder (default: SABUN_DATA_DIR, then the user's own)"
    )
    as_json: bool = option(
        False, flag="--json", help="print exactly one JSON object on standard output"
    )


@dataclass(frozen=True)
class Declared:
    """One argument of a record, complete: declaration, annotation and default.

    Attributes:
        name: Of the field.
        argument: Its declaration, with the flag written out.
        kind: Type of one value: ``bool``, ``int``, ``str``, ``Path``...
        several: Whether it takes several values.
        choices: What may be chosen; None if it is free.
        default: Value when it is not given; ``MISSING`` where it must be.
    """

    name: str
    argument: Argument
    kind: type
    several: bool
    choices: tuple[str, ...] | None
    default: object


def declared(record: type[CommonOptions]) -> tuple[Declared, ...]:
    """Return the arguments of a record in the order of the help."""
    hints = get_type_hints(record)
    return tuple(_declared(each, hints[each.name]) for each in fields(record))


def _declared(of: Field[Any], hint: object) -> Declared:
    argument: Argument = of.metadata[_KEY]
    if argument.flag == "--":
        argument = replace(argument, flag=f"--{of.name.replace('_', '-')}")
    kind, several = _one_value(hint)
    choices: tuple[str, ...] | None = None
    if argument.choices is not None:
        choices = tuple(argument.choices())
    elif get_origin(kind) is Literal:
        choices = get_args(kind)
    plain = kind if isinstance(kind, type) else str
    return Declared(of.name, argument, plain, several and not argument.joined, choices, of.default)


def _one_value(hint: object) -> tuple[object, bool]:
    """Return the type of one value and whether there may be several."""
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True
    if isinstance(hint, type) or get_origin(hint) is Literal:
        return hint, False
    (inner,) = (each for each in get_args(hint) if each is not NoneType)
    return _one_value(inner)


def add_arguments(parser: argparse.ArgumentParser, record: type[CommonOptions]) -> None:
    """Give a parser the arguments of a record."""
    places: dict[object, argparse._ActionsContainer] = {None: parser}
    for each in declared(record):
        section, one_of = each.argument.section, each.argument.one_of
        if section not in places and section is not None:
            places[section] = parser.add_argument_group(section.title, section.description or None)
        place = places[section]
        if one_of:
            if one_of not in places:
                places[one_of] = place.add_mutually_exclusive_group(required=True)
            place = places[one_of]
        place.add_argument(each.argument.flag or each.name, **_keywords(each))


def _keywords(each: Declared) -> Mapping[str, Any]:
    """Return what argparse is told of an argument."""
    argument = each.argument
    words: dict[str, Any] = {"help": argument.help or None}
    if argument.flag:
        words["dest"] = each.name
    if each.kind is bool:
        words["action"] = argparse.BooleanOptionalAction if argument.negatable else "store_true"
        return words | {"default": each.default}
    if argument.metavar:
        words["metavar"] = argument.metavar
    if each.choices is not None:
        words["choices"] = each.choices
    parse = argument.parse or (each.kind if each.kind in (int, float, Path) else None)
    if parse is not None:
        words["type"] = parse
    if argument.flag:
        if each.several:
            words["action"] = "append"
        return words | {"required": argument.required}
    if each.several:
        words["nargs"] = "*"
    elif each.default is not MISSING:
        words["nargs"] = "?"
    return words


def read(record: type[T], given: argparse.Namespace) -> T:
    """Return what was given as a record: the one place where untyped values are read.

    What argparse leaves out is None and takes the record's default; its lists become tuples.
    """
    values: dict[str, Any] = {}
    for each in fields(record):  # type: ignore[arg-type]
        value = getattr(given, each.name)
        if isinstance(value, list):
            value = tuple(value)
        if value is not None or each.default is MISSING:
            values[each.name] = value
    return record(**values)
