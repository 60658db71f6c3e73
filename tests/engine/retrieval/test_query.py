from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EmptyQuestion
from engine.records import DocumentRef
from engine.retrieval.fusion import (
    dense_confidence,
    lexical_confidence,
    reciprocal_rank_fusion,
)
from engine.retrieval.query import parse_query
from engine.retrieval.terms import best_coverage


def document(path: str) -> DocumentRef:
    return DocumentRef(1, path.rsplit("/", 1)[-1], path, "", 0.0, "text/plain")


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u3000", "file:policy", 'file:"a b"  '])
def test_nothing_to_search_for_is_refused(blank: str) -> None:
    with pytest.raises(EmptyQuestion):
        parse_query(blank)


def test_file_filters_are_taken_out_of_the_text() -> None:
    query = parse_query('paid leave file:policy file:"Price List*" days')
    assert query.text == "paid leave days"
    assert query.files == ("policy", "price list*")


@pytest.mark.parametrize(
    ("pattern", "path", "admitted"),
    [
        ("file:policy", "/a/Leave_Policy_v2.pdf", True),
        ("file:POLICY", "/a/leave_policy.pdf", True),
        ("file:contracts/", "/a/contracts/lease.pdf", True),
        ("file:*.pdf", "/a/lease.pdf", True),
        ("file:*.pdf", "/a/lease.pdf.txt", False),
        ("file:規程", "/a/就業規程.docx", True),
        ("file:policy", "/a/lease.pdf", False),
        ("file:policy file:lease", "/a/lease.pdf", True),
    ],
)
def test_file_filters_admit_by_path_or_glob(pattern: str, path: str, admitted: bool) -> None:
    assert parse_query(f"x {pattern}").admits(document(path)) is admitted


def test_a_word_that_only_contains_file_is_no_filter() -> None:
    assert parse_query("profile:x and a file: y").files == ()


def sure(*ids: int) -> list[tuple[int, float]]:
    return [(item, 1.0) for item in ids]


def test_fusion_prefers_what_both_rankings_know() -> None:
    fused = reciprocal_rank_fusion([sure(1, 2, 3), sure(4, 2, 5)], 60)
    assert fused[0][0] == 2
    assert fused[0][1] == pytest.approx(2 / 62)


def test_fusion_follows_the_surer_ranking_and_breaks_ties_by_first_sight() -> None:
    assert reciprocal_rank_fusion([[(1, 0.5)], [(2, 0.9)]], 60)[0][0] == 2
    assert [i for i, _ in reciprocal_rank_fusion([sure(7), sure(3)], 60)] == [7, 3]


@given(
    st.lists(st.lists(st.integers(0, 30), unique=True), min_size=1, max_size=4),
    st.floats(0.1, 100),
)
def test_fusion_ranks_every_id_once_with_falling_scores(
    rankings: list[list[int]], k: float
) -> None:
    fused = reciprocal_rank_fusion([sure(*ranking) for ranking in rankings], k)
    assert sorted(i for i, _ in fused) == sorted({i for ranking in rankings for i in ranking})
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)


def test_lexical_hits_count_less_when_they_cover_little_of_the_question() -> None:
    hits = [(1, 8.0), (2, 4.0)]
    assert lexical_confidence(hits, 0.9) == [(1, 1.0), (2, 0.5)]
    assert lexical_confidence(hits, 0.3) == [(1, pytest.approx(0.5)), (2, pytest.approx(0.25))]
    assert lexical_confidence(hits, 0.0) == [(1, 0.0), (2, 0.0)]
    assert lexical_confidence([], 1.0) == []


def test_vectors_count_by_their_distance_from_the_nearest() -> None:
    found = dict(dense_confidence([(1, 0.9), (2, 0.84), (3, 0.5)]))
    assert found == {1: 1.0, 2: pytest.approx(0.5), 3: 0.0}
    assert dense_confidence([]) == []


def test_coverage_is_the_share_of_rare_words_that_one_text_holds() -> None:
    texts = ["the leave policy of Derby", "the leave form", "another page"]
    assert best_coverage("leave policy in Derby", texts) == pytest.approx(1.0)
    half = best_coverage("leave policy in Osaka", texts)
    assert 0.3 < half < 0.8
    assert best_coverage("契約期間", ["契約期間は2年"]) == pytest.approx(1.0)
    assert best_coverage("契約期間", texts) == 0
    assert best_coverage("契約期間", []) == 0
