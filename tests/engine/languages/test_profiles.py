"""Language profiles are complete, and a language more is one profile more."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from engine.languages import ENGLISH, JAPANESE, PROFILES, LanguageProfile, any_of, profile_of
from engine.languages.profile import (
    FactRules,
    SalientRules,
    SentenceRules,
    TableRules,
    TokenRules,
)
from engine.retrieval.answer_type import AnswerType

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent


def patterns(profile: LanguageProfile) -> list[str]:
    """Every string of the rules that is a pattern."""
    found = [pattern for kind in profile.kinds.values() for pattern in (kind.asked, kind.held)]
    for rules in (
        profile.tokens,
        profile.sentences,
        profile.facts,
        profile.salient,
        profile.tables,
    ):
        assert isinstance(rules, TokenRules | SentenceRules | FactRules | SalientRules | TableRules)
        found += [v for f in fields(rules) if isinstance(v := getattr(rules, f.name), str)]
    return found + [side for pair in profile.facts.opposites for side in pair]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.code)
def test_every_pattern_compiles(profile: LanguageProfile) -> None:
    for pattern in patterns(profile):
        re.compile(pattern)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.code)
def test_every_kind_of_answer_can_be_asked_for(profile: LanguageProfile) -> None:
    assert set(profile.kinds) == set(get_args(AnswerType)) - {"any"}
    assert all(kind.asked for kind in profile.kinds.values())


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.code)
def test_the_wording_has_its_places(profile: LanguageProfile) -> None:
    wording = profile.wording
    assert re.findall(r"{(\w+)}", wording.refusal) == ["searched", "nearest"]
    assert re.findall(r"{(\w+)}", wording.searched) == ["files", "passages"]
    assert re.findall(r"{(\w+)}", wording.unreadable) == ["files"]
    assert "{gapped}" in wording.gap_question
    for prompt in (wording.brief, wording.full):
        for part in ("passages", "history", "extracts", "question"):
            text = getattr(prompt, part)
            assert re.findall(r"{(\w+)}", text) == ([part] if text else [])
        assert prompt.system and prompt.passages and prompt.extracts and prompt.question


def test_a_language_without_a_profile_falls_back_to_the_first() -> None:
    assert profile_of("ko") is PROFILES[0] is ENGLISH
    assert profile_of("ja") is JAPANESE


def test_nothing_matches_where_no_language_has_a_pattern() -> None:
    assert not re.search(any_of(["", ""]), "anything")


@pytest.mark.parametrize(
    ("text", "value"),
    [("二十五", 25), ("三百", 300), ("二〇二四", 2024), ("千二十", 1020), ("十", 10)],
)
def test_kanji_numbers(text: str, value: int) -> None:
    assert JAPANESE.facts.numeral_value is not None
    assert JAPANESE.facts.numeral_value(text) == value


def test_a_third_language_is_one_profile() -> None:
    """A process that knows German from one file finds, judges and refuses in German."""
    program = HERE / "german_program.py"
    result = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    seen = json.loads(result.stdout)
    assert seen == {
        "language": "de",
        "english": "en",
        "kind": "days",
        "holds": True,
        "tokens": ["urlaubstage", "mitarbeiter"],
        "numbers": [["25", "day"]],
        "negated": True,
        "sentences": ["Es gilt z.B. für alle.", "Ja."],
        "leans": True,
        "refusal": (
            "In den Dokumenten nicht gefunden. Durchsucht: 4 Dateien, 9 Stellen. Nicht lesbar: 1."
            " Am nächsten: nichts."
        ),
        "prompt": True,
    }


def test_japanese_stands_in_its_profile_only() -> None:
    """Rooms that judge questions and answers hold no Japanese words of their own."""
    kana = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
    held = [
        str(path.relative_to(ROOT))
        for room in ("text", "retrieval", "answering", "inference", "workshop/questions")
        for path in sorted((ROOT / "engine" / room).rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if kana.search(line) and not line.lstrip().startswith(("#", '"""', ">>>", "'"))
        if not _in_prose(path, line)
    ]
    assert held == []


def _in_prose(path: Path, line: str) -> bool:
    """Tell whether a line stands in a docstring or a comment of a file."""
    text = path.read_text("utf-8")
    before = text[: text.index(line)]
    return before.count('"""') % 2 == 1 or "  # " in line
