from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.workshop.evaluation.metrics import RANKING_METRICS, bootstrap_interval, ranking_metrics


def test_a_gold_passage_on_rank_three() -> None:
    found = ranking_metrics(["x", "y", "gold", "z"], {"gold"})
    assert found["recall@1"] == 0
    assert found["recall@5"] == found["recall@10"] == 1
    assert found["mrr@10"] == pytest.approx(1 / 3)
    assert found["ndcg@10"] == pytest.approx(1 / math.log2(4))


def test_two_gold_passages_are_counted_by_share() -> None:
    found = ranking_metrics(["a", "x", "b"], {"a", "b"})
    assert found["recall@1"] == 0.5
    assert found["recall@5"] == 1
    assert found["ndcg@10"] == pytest.approx((1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3)))


def test_beyond_rank_ten_nothing_counts() -> None:
    found = ranking_metrics([*range(10), "gold"], {"gold"})
    assert all(value == 0 for value in found.values())


@given(st.permutations(list(range(12))), st.sets(st.integers(0, 11), min_size=1))
def test_metrics_stay_within_bounds_and_recall_grows(ranked: list[int], gold: set[int]) -> None:
    found = ranking_metrics(ranked, gold)
    assert set(found) == set(RANKING_METRICS)
    assert all(0 <= value <= 1 + 1e-12 for value in found.values())
    assert found["recall@1"] <= found["recall@5"] <= found["recall@10"]


def test_the_interval_holds_the_mean_and_is_reproducible() -> None:
    values = [0.0, 1.0] * 50
    low, high = bootstrap_interval(values)
    assert 0.35 < low < 0.5 < high < 0.65
    assert bootstrap_interval(values) == (low, high)
    # About 1.96 standard errors each side.
    assert high - low == pytest.approx(2 * 1.96 * 0.5 / 10, rel=0.15)


def test_a_constant_has_no_width() -> None:
    assert bootstrap_interval([1.0] * 20) == (1.0, 1.0)
