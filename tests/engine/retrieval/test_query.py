from __future__ import annotations

import pytest

from engine.errors import EmptyQuestion
from engine.records import DocumentRef
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


def test_coverage_is_the_share_of_rare_words_that_one_text_holds() -> None:
    texts = ["the leave policy of Derby", "the leave form", "another page"]
    assert best_coverage("leave policy in Derby", texts) == pytest.approx(1.0)
    half = best_coverage("leave policy in Osaka", texts)
    assert 0.3 < half < 0.8
    assert best_coverage("契約期間", ["契約期間は2年"]) == pytest.approx(1.0)
    assert best_coverage("契約期間", texts) == 0
    assert best_coverage("契約期間", []) == 0
