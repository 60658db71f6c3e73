from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.difference import Span, differences


def marked(text: str, spans: list[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_words_that_differ_are_marked_as_one_run():
    first, second = "The fee is 1,200 EUR a year.", "The fee is 12 USD a year."
    a, b = differences(first, second, "en")
    assert marked(first, a) == ["1,200 EUR"]
    assert marked(second, b) == ["12 USD"]


def test_what_one_text_has_in_addition_is_marked_there_only():
    a, b = differences("Pay within 30 days.", "Pay within 30 days. Then remind.", "en")
    assert a == []
    assert marked("Pay within 30 days. Then remind.", b) == ["Then remind."]


def test_case_and_white_space_do_not_count():
    assert differences("The  Fee\nis due", "the fee is due", "en") == ([], [])


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("年次有給休暇は10日です。", "年次有給休暇は20日です。", (["10"], ["20"])),
        ("契約期間は一年です", "契約期間は二年です", (["一"], ["二"])),
        ("メールで送る", "郵便で送る", (["メール"], ["郵便"])),
    ],
)
def test_japanese_is_compared_by_runs_of_script(first, second, wanted):
    a, b = differences(first, second, "ja")
    assert (marked(first, a), marked(second, b)) == wanted


def test_nothing_against_something():
    assert differences("", "", "en") == ([], [])
    assert differences("", "a b", "en") == ([], [(0, 3)])


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["en", "ja"]))
def test_spans_are_ascending_disjoint_and_inside(first, second, language):
    for text, spans in zip((first, second), differences(first, second, language), strict=True):
        ends = [0, *(place for span in spans for place in span), len(text)]
        assert ends == sorted(ends)
        assert all(start < end for start, end in spans)
    assert differences(first, first, language) == ([], [])
