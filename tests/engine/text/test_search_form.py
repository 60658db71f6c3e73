from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.languages.ja_variants import VARIANTS
from engine.text import index_tokens, search_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"),
        ("山﨑と渡邊", "山崎と渡辺"),
        ("齋藤", "斉藤"),
        ("廣澤", "広沢"),
        ("サーバー", "サーバ"),
        ("ウィルス", "ウイルス"),
        ("三ヶ月", "三か月"),
        ("1,520,000円", "1520000円"),
        ("ＫＦ－２００", "KF-200"),
        ("FY2025", "FY 2025"),
    ],
)
def test_spellings_of_the_same_are_one(one: str, other: str) -> None:
    assert search_form(one) == search_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ビル", "ビール"), ("コピー", "コピ"), ("1,200,45", "120045"), ("大坂", "大阪")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert search_form(one) != search_form(other)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("令和6年度", "2024年度"),
        ("令和元年", "2019年"),
        ("平成三十一年", "2019年"),
        ("昭和 45 年", "1970年"),
        ("R6.4.1", "2024"),
        ("Reiwa 6", "2024"),
        ("第三条", "第3条"),
        ("三十日前", "30日前"),
    ],
)
def test_numbers_and_years_are_found_both_ways(written: str, asked: str) -> None:
    def tokens(text: str, *, as_question: bool) -> set[str]:
        return set(index_tokens(search_form(text, asked=as_question)).split())

    digits = {token for token in index_tokens(asked).split() if token.isdigit()}
    assert digits <= tokens(written, as_question=False)
    assert digits <= tokens(written, as_question=True)


def test_what_is_written_stays_beside_its_digits() -> None:
    assert {"令和", "2024"} <= set(index_tokens("令和六年").split())
    assert "十日" in index_tokens("後に十日付与").split()


def test_a_letter_of_a_code_is_no_era() -> None:
    assert search_form("KR6年") == "kr6年"
    assert search_form("R6 tyres") == "r6 tyres"


def test_variants_lead_to_a_usual_form_in_one_step() -> None:
    assert not set(VARIANTS.values()) & set(VARIANTS)
    assert all(len(a) == len(b) == 1 for a, b in VARIANTS.items())


@given(st.text())
def test_any_text_has_a_form(text: str) -> None:
    search_form(text)
    search_form(text, asked=True)
