"""``sabun eval golden --questions`` as a person runs it, with the models of the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

QUESTIONS = (
    {"id": "hello", "kind": "talk", "lang": "en", "question": "Hello!"},
    {"id": "desk", "kind": "fact", "lang": "en", "question": "Which room is the help desk in?",
     "answers": ["C-117"], "sources": ["desk.txt"], "split": "held"},
)  # fmt: skip


@pytest.fixture
def given(tmp_path: Path) -> tuple[object, ...]:
    (tmp_path / "documents").mkdir()
    text = "The help desk is in room C-117. The help desk opens at 8:15 and closes at 17:30.\n"
    (tmp_path / "documents" / "desk.txt").write_text(text, "utf-8")
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in QUESTIONS), "utf-8")
    documents = ("--documents", tmp_path / "documents", "--data-dir", tmp_path / "own")
    return ("eval", "golden", "--answers", "--questions", path, *documents)


@pytest.mark.models
def test_questions_are_asked_and_reported_by_kind(
    sabun: Run, given: tuple[object, ...], tmp_path: Path
) -> None:
    work = ("--work", tmp_path / "work")
    done = sabun(*given, *work, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert {(row["kind"], row["lang"]) for row in result["rows"]} >= {
        ("talk", "en"),
        ("fact", "en"),
    }
    by_id = {each["id"]: each for each in result["questions"]}
    assert by_id["hello"]["exact"]
    assert by_id["hello"]["recognised"] == by_id["hello"]["answered_as"] == "talk"
    assert by_id["desk"]["recognised"] == by_id["desk"]["answered_as"] == "fact"
    assert by_id["desk"]["first_quotation"] is True

    again = sabun(*given, *work, "--kind", "talk", "--as-labelled")
    assert again.returncode == 0, again.stderr
    assert "talk" in again.stdout
    assert "desk" not in again.stdout


def test_questions_need_documents_and_a_folder(sabun: Run, given: tuple[object, ...]) -> None:
    done = sabun(*given)
    assert done.returncode == 2
    assert "--work" in done.stderr
