"""The file of learnt numbers: checked when it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import BadData
from engine.retrieval.refusal import PATH, refusal_numbers


def changed(tmp_path: Path, **fields: object) -> Path:
    stored = json.loads(PATH.read_text("utf-8"))
    path = tmp_path / "refusal.json"
    path.write_text(json.dumps({**stored, **fields}), "utf-8")
    return path


def test_the_program_has_numbers_and_they_say_what_they_were_fitted_on() -> None:
    numbers = refusal_numbers()
    assert numbers.words.weights and numbers.vectors.weights
    assert int(numbers.fitted["cases"]) > 100 and numbers.fitted["when"]
    for regression in (numbers.words, numbers.vectors):
        assert regression.threshold < regression.sure


@pytest.mark.parametrize(
    "words",
    [
        {"bias": 0.0, "weights": {"invented": 1.0}, "threshold": 0.0, "sure": 1.0},
        {"bias": 0.0, "weights": {"similarity": 1.0}, "threshold": 0.0, "sure": 1.0},
        {"bias": float("nan"), "weights": {}, "threshold": 0.0, "sure": 1.0},
        {"bias": "0", "weights": {}, "threshold": 0.0, "sure": 1.0},
        {"bias": 0.0},
        None,
    ],
)
def test_broken_numbers_are_refused(tmp_path: Path, words: object) -> None:
    with pytest.raises(BadData):
        refusal_numbers(changed(tmp_path, words=words))


def test_a_file_that_is_missing_or_no_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData):
        refusal_numbers(tmp_path / "none.json")
    (tmp_path / "half.json").write_text('{"words": ', "utf-8")
    with pytest.raises(BadData):
        refusal_numbers(tmp_path / "half.json")
