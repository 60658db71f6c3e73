"""What likeness decides by is data, and bad data is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import BadData
from engine.questions.learnt import learnt_kinds

GOOD: dict[str, Any] = {
    "fitted": {"on": "two questions"},
    "embedder": "e",
    "bias": {"fact": 0.0, "list": 0.0},
    "weights": {"fact": [1.0, 0.0], "list": [0.0, 1.0]},
}


def written(tmp_path: Path, **changed: Any) -> Path:
    path = tmp_path / "kinds.json"
    path.write_text(json.dumps({**GOOD, **changed}), "utf-8")
    return path


def test_the_kind_with_the_best_odds_is_likeliest(tmp_path: Path) -> None:
    learnt = learnt_kinds(written(tmp_path))
    kind, chance = learnt.likeliest(np.array([0.0, 3.0], dtype=np.float32))
    assert kind == "list"
    assert chance == pytest.approx(1 / (1 + np.exp(-3)))


def test_those_of_the_program_know_every_kind_but_talk() -> None:
    learnt = learnt_kinds()
    assert "talk" not in learnt.bias
    assert len(learnt.bias) == 8


@pytest.mark.parametrize(
    "changed",
    [
        {"bias": {"fact": 0.0}},
        {"bias": {}, "weights": {}},
        {"weights": {"fact": [1.0], "list": [0.0, 1.0]}},
        {"bias": {"fact": 0.0, "list": float("inf")}},
        {"bias": {"riddle": 0.0}, "weights": {"riddle": [1.0]}},
    ],
)
def test_numbers_that_do_not_belong_together_are_refused(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    with pytest.raises(BadData):
        learnt_kinds(written(tmp_path, **changed))


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData):
        learnt_kinds(tmp_path / "none.json")
    (tmp_path / "text.json").write_text("no", "utf-8")
    with pytest.raises(BadData):
        learnt_kinds(tmp_path / "text.json")
