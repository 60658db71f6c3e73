from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EmptyQuestion
from engine.records import DocumentRef
from engine.retrieval.fusion import reciprocal_rank_fusion
from engine.retrieval.query import parse_query


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


def test_fusion_prefers_what_both_rankings_know() -> None:
    fused = reciprocal_rank_fusion([[1, 2, 3], [4, 2, 5]], (1.0, 1.0), 60)
    assert fused[0][0] == 2
    assert fused[0][1] == pytest.approx(2 / 62)


def test_fusion_follows_the_heavier_ranking_and_breaks_ties_by_first_sight() -> None:
    assert reciprocal_rank_fusion([[1], [2]], (1.0, 2.0), 60)[0][0] == 2
    assert [i for i, _ in reciprocal_rank_fusion([[7], [3]], (1.0, 1.0), 60)] == [7, 3]


@given(
    st.lists(st.lists(st.integers(0, 30), unique=True), min_size=1, max_size=4),
    st.floats(0.1, 100),
)
def test_fusion_ranks_every_id_once_with_falling_scores(
    rankings: list[list[int]], k: float
) -> None:
    fused = reciprocal_rank_fusion(rankings, [1.0] * len(rankings), k)
    assert sorted(i for i, _ in fused) == sorted({i for ranking in rankings for i in ranking})
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)
