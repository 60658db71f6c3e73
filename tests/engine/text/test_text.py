"""Search tokens, sentences and the normal form, on Japanese and English."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text import (
    content_tokens,
    index_tokens,
    language_of,
    normalise,
    sentence_spans,
)


@given(st.text())
def test_tokens_survive_a_second_cut(text: str) -> None:
    tokens = index_tokens(text)
    assert "  " not in tokens
    assert all(not token.isspace() for token in tokens.split())


def test_questions_of_stop_words_still_search_for_something() -> None:
    assert content_tokens("what is it") == ["what", "is", "it"]


@given(st.text(alphabet=st.sampled_from("aB1. 。!？\n「」(),契約はe.g")))
def test_sentences_are_exact_slices_that_cover_the_text(text: str) -> None:
    spans = sentence_spans(text)
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = "".join(text[a:b] for a, b in spans)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Pay 3.5 percent, e.g. monthly. Done.", ["Pay 3.5 percent, e.g. monthly.", "Done."]),
        ("Signed by J. Smith. Valid.", ["Signed by J. Smith.", "Valid."]),
        ("契約は三年。延長できる！", ["契約は三年。", "延長できる！"]),
        ("彼は「はい。承知した。」と言った。", ["彼は「はい。承知した。」と言った。"]),
        ("Title\n- first\n- second", ["Title", "- first", "- second"]),
    ],
)
def test_sentence_boundaries(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == expected


def test_the_normal_form_folds_width_case_dashes_and_soft_hyphens() -> None:
    assert normalise("ＡＢＣ\u00ad１２３ – “x”\n ｶﾀｶﾅ") == 'abc123 - "x" カタカナ'


@given(st.text())
def test_the_normal_form_is_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How long is the notice period?", "en"),
        ("契約の有効期間は？", "ja"),
        ("SSO の設定方法を教えてください", "ja"),
        ("有効期間", "ja"),
        ("The word 契約 means contract in this long English sentence", "en"),
        ("", "en"),
        ("휴가는 며칠입니까", "ko"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_bracket_that_is_never_closed_ends_no_later_than_a_long_quotation() -> None:
    text = "「" + "これは文である。" * 2_000
    spans = sentence_spans(text)
    assert len(spans) > 1_900
    assert max(b - a for a, b in spans) < 500
