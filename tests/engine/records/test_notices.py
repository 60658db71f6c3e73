"""Notices: what the engine says is what is declared."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine
from engine.records import Notice
from engine.records.notices import NOTICES

CAUSE = Notice("architecture-unsupported", {"architecture": "gpt2"})


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every ``Notice(...)`` and ``Notice.caused(...)`` in the engine, with its place."""
    folder = Path(next(iter(engine.__path__)))
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Notice", "Notice.caused"):
                yield f"{path.relative_to(folder)}:{node.lineno}", node


def test_every_code_that_the_engine_says_is_declared_and_said() -> None:
    said = {
        node.args[0].value: place
        for place, node in calls()
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    undeclared = {code: place for code, place in said.items() if code not in NOTICES}
    assert not undeclared
    assert NOTICES.keys() - said.keys() == {"stored-text"}, "declared, but nobody says it"


def test_a_cause_travels_with_its_own_fields() -> None:
    notice = Notice.caused("own-attention", CAUSE)
    assert notice.data == {"architecture": "gpt2", "cause": "architecture-unsupported"}
    assert notice.cause() == CAUSE
    assert CAUSE.cause() is None


def test_equal_notices_have_equal_hashes() -> None:
    again = Notice("architecture-unsupported", {"architecture": "gpt2"})
    assert {CAUSE, again} == {CAUSE}
    assert Notice("architecture-unsupported", {"architecture": "mamba"}) != CAUSE


@pytest.mark.parametrize("code", NOTICES)
def test_codes_are_words_joined_by_hyphens(code: str) -> None:
    assert all(part.isalpha() and part.islower() for part in code.split("-"))
    assert len(set(NOTICES[code])) == len(NOTICES[code])
