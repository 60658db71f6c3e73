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


FOLDER = Path(next(iter(engine.__path__)))
TABLES = (Path("records/notices.py"), Path("records/file_notices.py"))


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the engine but the tables of codes themselves."""
    for path in sorted(FOLDER.rglob("*.py")):
        place = path.relative_to(FOLDER)
        if place.parts[0] != "wording" and place not in TABLES:
            yield str(place), ast.parse(path.read_text("utf-8"))


def said() -> Iterator[tuple[str, str, ast.Call]]:
    """Place, code and call of every notice with a code that stands there."""
    for place, tree in trees():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in ("Notice", "Notice.caused")
                and isinstance(node.args[0], ast.Constant)
            ):
                yield f"{place}:{node.lineno}", node.args[0].value, node


def test_every_code_that_the_engine_says_is_declared() -> None:
    undeclared = {place: code for place, code, _ in said() if code not in NOTICES}
    assert not undeclared


def test_every_declared_code_is_said_somewhere() -> None:
    words = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert NOTICES.keys() - words <= {"stored-text"}


def test_the_fields_are_those_declared() -> None:
    calls = [(place, code, call) for place, code, call in said() if code in NOTICES]
    assert len(calls) > 10
    for place, code, call in calls:
        data = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
        if ast.unparse(call.func) == "Notice.caused":
            assert NOTICES[code] == (*(word.arg for word in call.keywords), "cause"), place
        elif isinstance(data, ast.Dict):
            assert [ast.literal_eval(key) for key in data.keys if key] == list(NOTICES[code]), place


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
