"""A part of the questions about tables, asked of real files without any model."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from table_desk import Desk

from engine.paths import DataPaths
from engine.text import normalise
from engine.workshop.evaluation.golden_answers.expected import expected_of
from engine.workshop.evaluation.golden_answers.grading import grade

KINDS = Path(__file__).parent / "kinds"


def _module(name: str, path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


companies = _module("table_companies", KINDS / "table_companies.py")


def _questions(name: str) -> Iterator[dict[str, Any]]:
    for line in (KINDS / f"tables_{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _verdict(answer: Any, row: dict[str, Any]) -> str:
    if answer is None:
        return "none"
    if "items" in row:
        shown = [normalise(" ".join(each.cells)) for each in answer.table.rows]
        hits = [any(normalise(form) in text for text in shown for form in i) for i in row["items"]]
        return "right" if all(hits) and len(shown) == len(hits) else "wrong"
    first = answer.text.split("\n")[0]
    return grade(first, expected_of(row), asked=row["question"]).verdict


@pytest.mark.parametrize("name", ["larkfield", "hokuto", "seabright", "wakaba"])
def test_tables_of_other_companies_are_answered(tmp_path: Path, name: str) -> None:
    getattr(companies, name)(tmp_path / name)
    desk = Desk(DataPaths(tmp_path / "data"))
    desk.open(tmp_path / name)
    counts: Counter[str] = Counter()
    for row in _questions(name):
        try:
            found = desk.ask(row["question"])
        except AssertionError:  # looked up: a model would be needed
            found = None
        counts[_verdict(found, row)] += 1
    desk.catalogue.close()
    n = sum(counts.values())
    assert counts["right"] >= 0.86 * n and counts["wrong"] <= 0.02 * n, counts
