"""``sabun ask`` with the embedded models: what scripts and people get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_contract import PASSAGE_KEYS, Run

from engine.errors import ModelMissing
from engine.facade import Engine
from engine.inference.availability import BEST_SHIPPED

pytestmark = [pytest.mark.slow, pytest.mark.models]

QUESTION = "How many days of paid leave do full-time employees receive?"
JUDGED = ["kind", "refused", "refusal_reason", "score"]
ANSWER_KEYS = ["question", "answer", *JUDGED, "attention", "passages", "citations"]


@pytest.fixture(scope="module")
def folder(sample_data_dir: Path) -> Path:
    with Engine(sample_data_dir, writable=False) as engine:
        try:
            engine.loaded.chat_model_file()
        except ModelMissing:
            pytest.skip("the embedded chat model is not installed")
    return sample_data_dir


def test_two_answers_over_the_same_passages(sabun: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "c.json"
    modes = ("--attention", "baseline", "--compare", "contrast", "--seed", "4")
    done = sabun("ask", QUESTION, *modes, "--json", "--export", target, "--data-dir", folder)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    first, second = result["answers"]
    assert first["passages"] == second["passages"] == result["passages"]
    assert [a["attention"]["mode"] for a in (first, second)] == ["baseline", "contrast"]
    for made in (first, second):
        assert list(made)[: len(ANSWER_KEYS)] == ANSWER_KEYS
        assert set(made) >= {"left_out", "coverage", "stats", "notices", "scanned", "rows"}
        assert list(made["passages"][0]) == PASSAGE_KEYS
        assert made["attention"]["kernel"] == "cpu" and made["attention"]["adapter"] == ""
        assert made["stats"]["seed"] == 4
    assert first["stats"]["prompt_tokens"] == second["stats"]["prompt_tokens"] > 0
    for looked in result["source_attention"]:
        assert list(looked) == ["numbers", "shares", "mass"]
        assert len(looked["mass"]) == 30 and len(looked["mass"][0]) == len(looked["numbers"])
    assert json.loads(target.read_text("utf-8")) == result


def test_people_read_both_answers_and_where_each_looked(sabun: Run, folder: Path) -> None:
    """Without --attention the first is what the embedded model begins with."""
    done = sabun("ask", QUESTION, "--compare", "contrast", "--data-dir", folder)
    assert done.returncode == 0, done.stderr
    first, second = (done.stdout.index(f"== {mode} ==") for mode in (BEST_SHIPPED, "contrast"))
    assert first < second
    for part in (done.stdout[first:second], done.stdout[second:]):
        assert "tokens/s" in part and "█" in part and "% " in part
    assert "The same passages, prompt, seed and sampling on both sides." in done.stdout


def test_what_was_asked_for_is_recorded_and_explained(sabun: Run, folder: Path) -> None:
    chosen = ("--attention", "contrast", "--prefill", "delta", "--kernel", "cpu")
    done = sabun("ask", QUESTION, *chosen, "--json", "--data-dir", folder)
    use = json.loads(done.stdout)["attention"]
    assert (use["mode"], use["prefill"], use["kernel"]) == ("contrast", "delta", "cpu")
    assert "read densely" in use["notes"][0]
    own = sabun("ask", QUESTION, "--kernel", "llama.cpp", "--json", "--data-dir", folder)
    assert json.loads(own.stdout)["attention"]["kernel"] == "llama.cpp"
