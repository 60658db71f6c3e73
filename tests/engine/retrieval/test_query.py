from __future__ import annotations

from datetime import datetime

import pytest

from engine.errors import EmptyQuestion, FilterUnreadable
from engine.records import DocumentRef
from engine.retrieval.query import filters_of, parse_query
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


def dated(path: str, *date: int) -> DocumentRef:
    modified = datetime(*date).astimezone().timestamp()  # type: ignore[arg-type]
    return DocumentRef(1, path.rsplit("/", 1)[-1], path, "", modified, "text/plain")


@pytest.mark.parametrize(
    ("filters", "path", "admitted"),
    [
        ("folder:contracts", "/a/Contracts/2024/lease.pdf", True),
        ("folder:contracts", "/a/other/contracts.pdf", False),
        ("folder:総務", "/a/総務/就業規則.docx", True),
        ("フォルダ：総務 種類：word", "/a/総務/就業規則.docx", True),
        ("ファイル:規則", "/a/総務/就業規則.docx", True),
        ("type:pdf", "/a/lease.PDF", True),
        ("type:.pdf", "/a/lease.pdf.txt", False),
        ("type:excel type:csv", "/a/prices.xlsx", True),
        ("type:word", "/a/prices.xlsx", False),
        ('folder:"my papers" type:pdf', "/a/My Papers/x.pdf", True),
        ("file:lease type:pdf", "/a/lease.txt", False),
    ],
)
def test_filters_admit_by_folder_and_type(filters: str, path: str, admitted: bool) -> None:
    assert parse_query(f"rent {filters}").admits(document(path)) is admitted


@pytest.mark.parametrize(
    ("filters", "date", "admitted"),
    [
        ("after:2024", (2024, 1, 1, 0, 0), True),
        ("after:2024", (2023, 12, 31, 23, 59), False),
        ("before:2024-04", (2024, 3, 31), True),
        ("before:2024-04", (2024, 4, 1), False),
        ("after:2024/04/30", (2024, 4, 30), True),
        ("after:令和6年4月", (2024, 4, 2), True),
        ("以降:2024年4月 以前:2025", (2024, 12, 31), True),
        ("以降:2024年4月 以前:2025", (2025, 2, 1), False),
        ("after:2023 before:2024 after:2022", (2022, 6, 1), False),
    ],
)
def test_filters_admit_by_date(filters: str, date: tuple[int, ...], admitted: bool) -> None:
    assert parse_query(f"rent {filters}").admits(dated("/a/x.txt", *date)) is admitted


@pytest.mark.parametrize("bad", ["after:yesterday", "before:2024-13", "after:2024-02-31"])
def test_a_date_that_cannot_be_read_is_said(bad: str) -> None:
    with pytest.raises(FilterUnreadable):
        parse_query(f"rent {bad}")


def test_filters_are_taken_out_and_shown_as_they_were_typed() -> None:
    query = parse_query('paid "half day" leave file:"Leave Policy" after:2024')
    assert query.text == 'paid "half day" leave'
    assert query.filters == ('file:"Leave Policy"', "after:2024", '"half day"')
    assert filters_of("a plain question: nothing more") == ()


@pytest.mark.parametrize("text", ["profile:x", "time: after:", "3:30 file", 'it is 5" wide'])
def test_other_colons_and_marks_are_no_filters(text: str) -> None:
    assert parse_query(text).filters == ()
