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


def case(number: int, *, answerable: bool, rng: random.Random) -> RefusalCase:
    """A case whose coverage says something of the answer, and its agreement nothing."""
    features = dict.fromkeys(VECTORS, 0.0) | {"coverage": 2 * answerable + rng.gauss(0, 1)}
    features["agreement"] = rng.random()
    held = number % 2 == 1
    return RefusalCase(
        f"c-{number}",
        f"s{number % 4}",
        held,
        "en",
        "q",
        answerable,
        (),
        (),
        features,
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
    assert sum(value < threshold(values, 0.05) for value in values) == 5
    assert threshold([3.0], 0.95) == 3.0


def test_rates_count_refusals_on_both_sides() -> None:
    found = rates([2.0, 1.0, -1.0, 0.5], [False, False, True, False], [True, True, False, False])
    assert (found.refused, found.wrongly_refused, found.auc) == (0.5, 0.0, 1.0)
    assert found.intervals[0][0] < 0.5 < found.intervals[0][1]


def test_numbers_are_fitted_on_what_is_not_held(cases) -> None:
    numbers = fit_numbers(cases, {"cases": "200"})
    ours = rates_of([c for c in cases if not c.held], numbers)
    theirs = rates_of([c for c in cases if c.held], numbers)
    assert ours.wrongly_refused <= MOST_WRONG and theirs.wrongly_refused <= 3 * MOST_WRONG
    assert ours.auc > 0.85 and theirs.auc > 0.85 and theirs.refused > 0.4
    assert abs(numbers.vectors.weights["agreement"]) < numbers.vectors.weights["coverage"] / 2
    assert numbers.vectors.threshold < numbers.vectors.sure
    other = [replace(c, features={}) if c.held else c for c in cases]
    assert fit_numbers(other, {"cases": "200"}) == numbers


def test_the_borders_are_those_of_companies_documents(cases) -> None:
    easy = [replace(c, company=c.source == "s0") for c in cases]
    plain = fit_numbers(cases, {}).vectors
    assert fit_numbers(easy, {}).vectors.weights == plain.weights


def test_numbers_are_read_as_they_were_written(cases) -> None:
    numbers = fit_numbers(cases, {"cases": "200"})
    assert from_json(RefusalNumbers, to_json(numbers)) == numbers


def test_cases_are_kept_line_by_line_and_the_last_counts(cases, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    add_cases(path, cases[:3])
    add_cases(path, [replace(cases[1], question="again")])
    found = read_cases(path)
    assert list(found) == ["c-0", "c-1", "c-2"] and found["c-1"].question == "again"


def test_the_companies_have_both_halves_and_languages() -> None:
    held = {}
    for folder in sorted(path.parent for path in COMPANIES.glob("*/questions.jsonl")):
        lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        assert sum(row["answerable"] for row in rows) == len(rows) / 2 == 15
        assert {row["lang"] for row in rows} == {"en", "ja"}
        assert len({row["question"] for row in rows}) == len(rows)
        held[folder.name] = {row.get("held", False) for row in rows}
    assert list(held.values()).count({True}) == list(held.values()).count({False}) == 2
