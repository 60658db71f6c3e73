from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.retrieval.fusion import (
    UNKNOWN_WORDS,
    WORDS_WEIGHT,
    Evidence,
    fuse,
    spread_of,
    words_confidence,
)

SPREAD = 0.08


def order(evidence: Evidence) -> list[int]:
    return [item for item, _ in fuse(evidence)]


def test_what_is_near_and_has_the_words_is_first() -> None:
    similarity = {1: 0.88, 2: 0.87, 3: 0.86}
    assert order(Evidence([(2, 9.0), (4, 8.0)], similarity, 0.9, spread=SPREAD))[0] == 2


def test_words_that_cover_little_of_the_question_do_not_beat_a_nearer_passage() -> None:
    similarity = {1: 0.88, 2: 0.86}
    lexical = [(2, 9.0)]
    assert order(Evidence(lexical, similarity, 0.9, spread=SPREAD)) == [2, 1]
    assert order(Evidence(lexical, similarity, 0.2, spread=SPREAD)) == [1, 2]


def test_a_passage_in_another_language_is_not_blamed_for_lacking_the_words() -> None:
    similarity = {1: 0.87, 2: 0.865}
    lexical = [(2, 2.0)]
    assert order(Evidence(lexical, similarity, 0.15, spread=SPREAD)) == [2, 1]
    assert order(Evidence(lexical, similarity, 0.15, {1}, spread=SPREAD)) == [1, 2]
    assert order(Evidence(lexical, similarity, 0.9, {1}, spread=SPREAD)) == [2, 1]


def test_a_passage_without_a_vector_counts_as_the_farthest() -> None:
    found = dict(fuse(Evidence([(7, 3.0)], {1: 0.9, 2: 0.8}, 0.8, spread=SPREAD)))
    assert found[7] == pytest.approx(0.8 + WORDS_WEIGHT * SPREAD)
    assert order(Evidence([(7, 3.0), (8, 2.0)], {}, 0.8)) == [7, 8]
    assert fuse(Evidence([], {}, 0.0)) == []


def test_ties_keep_the_order_in_which_they_came() -> None:
    assert order(Evidence([], {5: 0.8, 3: 0.8, 9: 0.8}, 0.0, spread=SPREAD)) == [5, 3, 9]


def test_lexical_hits_count_less_when_they_cover_little_of_the_question() -> None:
    hits = [(1, 8.0), (2, 4.0)]
    full = words_confidence(hits, 0.9)
    assert full == {1: 1.0, 2: pytest.approx(0.625)}
    half = words_confidence(hits, 0.4)
    assert half == {1: pytest.approx(0.5), 2: pytest.approx(0.3125)}
    assert words_confidence(hits, 0.0) == {1: 0.0, 2: 0.0}
    assert words_confidence([(1, 0.0)], 1.0) == {1: 0.0}
    assert words_confidence([], 1.0) == {}


def test_the_yardstick_of_an_unknown_model_is_the_distance_of_its_candidates() -> None:
    assert spread_of([0.9, 0.5, 0.1]) == pytest.approx(0.64)
    assert spread_of([0.9]) > 0
    assert spread_of([]) > 0


@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(0, 20)), unique_by=lambda hit: hit[0]),
    st.dictionaries(st.integers(0, 30), st.floats(-1, 1)),
    st.frozensets(st.integers(0, 30)),
    st.floats(0, 1),
)
def test_every_passage_is_ranked_once_with_falling_scores(
    hits: list[tuple[int, float]],
    similarity: dict[int, float],
    other: frozenset[int],
    coverage: float,
) -> None:
    lexical = sorted(hits, key=lambda hit: -hit[1])
    fused = fuse(Evidence(lexical, similarity, coverage, other))
    assert sorted(i for i, _ in fused) == sorted({i for i, _ in hits} | set(similarity))
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)
    assert 0 < UNKNOWN_WORDS < 1
