"""``sabun ask --kind``: what a question is to be taken for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from engine.records import QUESTION_KINDS

Run = Callable[..., CompletedProcess[str]]


def test_a_kind_that_there_is_not_is_wrong_usage(sabun: Run, data_dir: Path) -> None:
    done = sabun("ask", "Who?", "--kind", "riddle", "--data-dir", data_dir)
    assert done.returncode == 2
    for kind in QUESTION_KINDS:
        assert kind in done.stderr


def test_a_greeting_is_answered_at_once_and_says_its_kind(sabun: Run, data_dir: Path) -> None:
    done = sabun("ask", "What can you do?", "--json", "--data-dir", data_dir)
    assert done.returncode == 0, done.stderr
    shape = json.loads(done.stdout)
    assert shape["kind"] == "talk"
    assert (shape["passages"], shape["citations"], shape["scanned"]) == ([], [], None)
    for word in ("lists", "counts", "tables", "summaries", "comparisons", "which document"):
        assert word in shape["answer"]


@pytest.mark.parametrize("question", ["何ができますか", "どんな質問ができますか。"])
def test_so_it_is_in_japanese(sabun: Run, data_dir: Path, question: str) -> None:
    done = sabun("ask", question, "--data-dir", data_dir)
    assert done.returncode == 0, done.stderr
    for word in ("一覧", "件数", "計算", "要約", "比較", "どの文書"):
        assert word in done.stdout
    assert "Sources" not in done.stdout
