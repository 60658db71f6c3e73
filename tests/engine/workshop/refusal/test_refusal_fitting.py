"""Fitting: what separates cases gets the weight, and borders lie where they were asked for."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from engine.codec import from_json, to_json
from engine.retrieval.evidence_features import VECTORS
from engine.retrieval.refusal import RefusalNumbers
from engine.workshop.refusal.cases import RefusalCase
from engine.workshop.refusal.fitting import MOST_WRONG, fit_numbers, rates_of
from engine.workshop.refusal.regression import balanced, fit, rates, threshold
from engine.workshop.refusal.store import add_cases, read_cases

COMPANIES = Path(__file__).parents[3] / "quality" / "companies"
MODEL = "toy"


def case(number: int, *, answerable: bool, rng: random.Random) -> RefusalCase:
    """A case whose coverage says a little of the answer, and the model's margin more."""
    features = dict.fromkeys(VECTORS, 0.0) | {"coverage": answerable + rng.gauss(0, 1)}
    signals = {MODEL: {"margin": 3 * answerable + rng.gauss(0, 1), "entropy": 1, "likeliest": 0.5}}
    held = number % 2 == 1
    return RefusalCase(
        f"c-{number}", f"s{number % 4}", held, "en", "q", answerable, (), (), features, signals
    )


@pytest.fixture
def cases() -> list[RefusalCase]:
    rng = random.Random(1)
    return [case(n, answerable=n % 8 < 4, rng=rng) for n in range(400)]


def test_the_regression_finds_what_separates() -> None:
    rng = random.Random(0)
    rows = [{"x": rng.gauss(n % 2, 0.5), "noise": rng.gauss(0, 1)} for n in range(300)]
    truth = [n % 2 == 1 for n in range(300)]
    found = fit(("x", "noise"), rows, truth, [1.0] * 300)
    assert found.weights["x"] > 2 > 0.5 > abs(found.weights["noise"])
    middle = found.log_odds({"x": 0.5, "noise": 0.0})
    assert middle == pytest.approx(0, abs=0.5)


def test_each_source_counts_the_same() -> None:
    weights = balanced([("a", True)] * 9 + [("b", True)] * 3 + [("b", False)] * 3)
    assert sum(weights[:9]) == pytest.approx(sum(weights[9:12])) == pytest.approx(sum(weights[12:]))
    assert sum(weights) == pytest.approx(15)


def test_the_threshold_leaves_the_share_below_it() -> None:
    values = [float(n) for n in range(100)]
    border = threshold(values, [1.0] * 100, 0.05)
    assert sum(value < border for value in values) == 5


def test_rates_count_refusals_on_both_sides() -> None:
    found = rates([2.0, 1.0, -1.0, 0.5], [False, False, True, False], [True, True, False, False])
    assert (found.refused, found.wrongly_refused, found.auc) == (0.5, 0.0, 1.0)
    assert found.intervals[0][0] < 0.5 < found.intervals[0][1]


def test_numbers_are_fitted_on_what_is_not_held_and_a_model_helps(cases) -> None:
    numbers = fit_numbers(cases, {MODEL: ("toy*",)}, {"cases": "200"})
    ours = [c for c in cases if not c.held]
    alone, together = rates_of(ours, numbers), rates_of(ours, numbers, MODEL)
    assert alone.wrongly_refused <= MOST_WRONG and together.wrongly_refused <= 2 * MOST_WRONG
    assert together.refused > alone.refused + 0.2 and together.auc > alone.auc
    other = [replace(c, features={}) if c.held else c for c in cases]
    assert fit_numbers(other, {MODEL: ("toy*",)}, {"cases": "200"}) == numbers


def test_numbers_are_read_as_they_were_written(cases) -> None:
    numbers = fit_numbers(cases, {MODEL: ("toy*",)}, {"cases": "200"})
    assert from_json(RefusalNumbers, to_json(numbers)) == numbers


def test_cases_are_kept_line_by_line_and_the_last_counts(cases, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    add_cases(path, cases[:3])
    add_cases(path, [replace(cases[1], question="again")])
    found = read_cases(path)
    assert list(found) == ["c-0", "c-1", "c-2"] and found["c-1"].question == "again"


def test_the_companies_have_both_halves_and_languages() -> None:
    held = {}
    for folder in sorted(COMPANIES.iterdir()):
        lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        assert sum(row["answerable"] for row in rows) == len(rows) / 2 == 15
        assert {row["lang"] for row in rows} == {"en", "ja"}
        assert len({row["question"] for row in rows}) == len(rows)
        held[folder.name] = {row.get("held", False) for row in rows}
    assert list(held.values()).count({True}) == list(held.values()).count({False}) == 2
