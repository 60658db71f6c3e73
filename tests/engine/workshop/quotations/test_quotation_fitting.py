from __future__ import annotations

from engine.workshop.quotations.ranking import PRIOR, RankedCase, fitted_weights

NAMES = ("inside", "row")


def case(*rows: tuple[float, float], right: int) -> RankedCase:
    features = tuple(dict(zip(NAMES, row, strict=True)) for row in rows)
    return RankedCase(features, tuple(n == right for n in range(len(rows))))


def test_what_answers_gets_weight() -> None:
    cases = [case((0.1, 1.0), (0.1, 0.0), right=0) for _ in range(30)]
    assert fitted_weights(cases, NAMES)["row"] > 1.5


def test_without_a_difference_what_is_expected_stays() -> None:
    cases = [case((0.5, 1.0), (0.5, 1.0), right=0)]
    weights = fitted_weights(cases, NAMES)
    assert abs(weights["inside"] - PRIOR["inside"]) < 0.01
    assert abs(weights["row"]) < 0.01
