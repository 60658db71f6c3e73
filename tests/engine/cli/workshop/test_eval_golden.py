"""``sabun eval golden --answers`` as a person runs it, with the models of the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

QUESTIONS = (
    {"id": "desk", "lang": "en", "question": "Which room is the help desk in?",
     "answers": ["C-117"], "sources": ["desk.txt"]},
    {"id": "open", "lang": "en", "kind": "follow-up", "question": "And when does it open?",
     "history": [{"question": "Which room is the help desk in?", "answer": "C-117."}],
     "answers": ["8:15"], "value": {"time": "08:15"}, "sources": ["desk.txt"], "split": "held"},
    {"id": "moon", "lang": "en", "question": "How far away is the moon?", "kind": "unanswerable"},
)  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "company"
    (folder / "documents").mkdir(parents=True)
    text = "The help desk is in room C-117. The help desk opens at 8:15 and closes at 17:30.\n"
    (folder / "documents" / "desk.txt").write_text(text, "utf-8")
    path = folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in QUESTIONS), "utf-8")
    return path


@pytest.mark.models
def test_questions_are_asked_graded_and_not_asked_again(
    sabun: Run, data: Path, tmp_path: Path
) -> None:
    report, work = tmp_path / "report.html", tmp_path / "work"
    asked = ("eval", "golden", data, "--answers", "--work", work, "--report", report)
    own = ("--data-dir", tmp_path / "own")
    done = sabun(*asked, *own, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["n"] == 3
    assert result["model"]
    by_id = {each["id"]: each for each in result["questions"]}
    assert by_id["desk"]["source_rank"] == by_id["open"]["source_rank"] == 1
    assert by_id["desk"]["verdict"] in ("right", "wrong", "refused", "silent")
    assert {row["kind"] for row in result["rows"]} == {
        "answerable",
        "fact",
        "follow-up",
        "unanswerable",
    }
    page = report.read_text("utf-8")
    assert all(str(row["question"]) in page for row in QUESTIONS)
    assert len(list(work.glob("replies/*/*.json"))) == 3
    assert not (tmp_path / "own" / "catalogue.sqlite3").exists()

    again = sabun(*asked, *own, "--split", "held")
    assert again.returncode == 0, again.stderr
    assert "/1 " in again.stdout
    assert "first token" in again.stdout or "finished" in again.stdout
    assert "open" not in again.stderr  # it was kept


def test_answers_need_a_folder_and_documents(sabun: Run, data: Path, tmp_path: Path) -> None:
    done = sabun("eval", "golden", data, "--answers")
    assert done.returncode == 2
    assert "--work" in done.stderr
    work = ("--work", tmp_path / "work")
    done = sabun("eval", "golden", data, "--answers", *work, "--documents", tmp_path / "none")
    assert done.returncode == 1
    assert str(tmp_path / "none") in done.stderr
    done = sabun("eval", "golden", data, "--model", "none", *work)
    assert done.returncode == 1
    assert "none" in done.stderr
    done = sabun("eval", "golden", data, "--answers", *work, "--set", "colour=red")
    assert done.returncode == 1
    assert "colour" in done.stderr
