"""Option records: what argparse makes of them is what their annotations promise."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from engine.cli.numbers import counts, positive
from engine.cli.options import (
    CommonOptions,
    Section,
    add_arguments,
    declared,
    option,
    positional,
    read,
    required,
)
from engine.cli.program import VERBS
from engine.cli.verb import Verb, VerbGroup

MORE = Section("more")


@dataclass(frozen=True, kw_only=True)
class ToyOptions(CommonOptions):
    what: Path = positional(metavar="WHAT")
    others: tuple[str, ...] = positional(())
    size: int = option(3, parse=positive, metavar="N")
    share: float = option(0.5)
    kind: Literal["round", "square"] = option("round")
    colour: tuple[Literal["red", "blue"], ...] = option(())
    levels: tuple[int, ...] = option((1, 2), parse=counts, joined=True)
    loud: bool = option(False)
    smooth: bool | None = option(None, negatable=True, section=MORE)
    here: str | None = option(None, section=MORE, one_of="place")
    there: Path | None = option(None, section=MORE, one_of="place")
    target: Path = required(metavar="FILE")


def parsed(*arguments: str) -> ToyOptions:
    parser = argparse.ArgumentParser()
    add_arguments(parser, ToyOptions)
    return read(ToyOptions, parser.parse_args(arguments))


NEEDED = ("w", "--target", "t", "--here", "h")


def test_what_is_not_given_takes_the_default_of_the_record() -> None:
    assert parsed(*NEEDED) == ToyOptions(what=Path("w"), target=Path("t"), here="h")


def test_values_have_the_types_of_the_annotations() -> None:
    given = parsed(
        "w", "a", "b", "--size", "7", "--share", "0.25", "--kind", "square", "--colour", "red",
        "--colour", "blue", "--levels", "4,2,4", "--loud", "--no-smooth", "--there", "x",
        "--target", "t", "--data-dir", "d", "--json",
    )  # fmt: skip
    assert given == ToyOptions(
        what=Path("w"),
        others=("a", "b"),
        size=7,
        share=0.25,
        kind="square",
        colour=("red", "blue"),
        levels=(2, 4),
        loud=True,
        smooth=False,
        there=Path("x"),
        target=Path("t"),
        data_dir="d",
        as_json=True,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ("w", "--here", "h"),
        ("w", "--target", "t"),
        (*NEEDED, "--there", "x"),
        (*NEEDED, "--size", "0"),
        (*NEEDED, "--kind", "flat"),
        (*NEEDED, "--colour", "green"),
        (*NEEDED, "--levels", "1,x"),
        (*NEEDED, "--share", "much"),
    ],
)
def test_what_no_annotation_allows_is_wrong_usage(
    wrong: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parsed(*wrong)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_record_is_declared_in_the_order_of_its_fields() -> None:
    found = {each.name: each for each in declared(ToyOptions)}
    assert list(found) == [each.name for each in fields(ToyOptions)]
    assert found["as_json"].argument.flag == "--json"
    assert found["kind"].choices == ("round", "square")
    assert (found["others"].several, found["levels"].several) == (True, False)


# --- the records of the verbs -----------------------------------------------------------


def every_verb() -> list[Verb]:
    found: list[Verb] = []
    for verb in VERBS:
        found += verb.actions if isinstance(verb, VerbGroup) else [verb]
    return found


@pytest.mark.parametrize("verb", every_verb(), ids=lambda verb: verb.options.__name__)
def test_defaults_of_a_verb_are_of_their_annotated_types(verb: Verb) -> None:
    hints = get_type_hints(verb.options)
    for each in declared(verb.options):
        if each.argument.required or not isinstance(each.default, bool | int | float | str | tuple):
            continue
        assert _fits(each.default, hints[each.name]), each.name


@pytest.mark.parametrize("verb", every_verb(), ids=lambda verb: verb.options.__name__)
def test_every_option_says_in_the_record_what_it_is(verb: Verb) -> None:
    for kind in verb.options.__mro__[:-1]:
        for name in getattr(kind, "__annotations__", {}):
            assert f"{name}: " in (kind.__doc__ or ""), (kind, name)


def _fits(value: object, hint: object) -> bool:
    if isinstance(hint, type):
        return isinstance(value, hint)
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(v, get_args(hint)[0]) for v in value)
    return any(_fits(value, each) for each in get_args(hint))
