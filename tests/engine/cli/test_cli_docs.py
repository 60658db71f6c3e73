"""The page on the command line says what the parsers say."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_options import every_verb

from engine.cli.docs import page
from engine.cli.options import declared
from engine.cli.program import VERBS, build_parser
from engine.cli.verb import Verb, VerbGroup

PAGE = Path(__file__).resolve().parents[3] / "docs" / "cli.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m engine.cli.docs docs/cli.md"


def test_every_verb_and_action_has_its_heading() -> None:
    text = page()
    for verb in VERBS:
        assert f"\n## {verb.name}\n" in text
        for action in verb.actions if isinstance(verb, VerbGroup) else ():
            assert f"\n### {verb.name} {action.name}\n" in text


@pytest.mark.parametrize("verb", every_verb(), ids=lambda verb: verb.options.__name__)
def test_every_option_is_explained(verb: Verb) -> None:
    for each in declared(verb.options):
        assert each.argument.help, f"{verb.name}: {each.name}"


def test_the_parser_has_exactly_the_verbs_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    parser = build_parser()
    for verb in VERBS:
        for words in [[verb.name], *([verb.name, a.name] for a in getattr(verb, "actions", ()))]:
            with pytest.raises(SystemExit) as ended:
                parser.parse_args([*words, "--help"])
            assert ended.value.code == 0
            assert f"usage: sabun {' '.join(words)}" in capsys.readouterr().out
