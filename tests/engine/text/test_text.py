"""Search tokens, sentences and the normal form, on Japanese and English."""

from __future__ import annotations

import sqlite3
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text import (
    content_tokens,
    index_tokens,
    language_of,
    match_query,
    normalise,
    sentence_spans,
)


def full_text(documents: list[str]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(tokens, tokenize='porter unicode61')")
    for text in documents:
        database.execute("INSERT INTO texts(tokens) VALUES (?)", (index_tokens(text),))
    return database


def hits(documents: list[str], question: str) -> list[int]:
    database = full_text(documents)
    try:
        rows = database.execute(
            "SELECT rowid - 1 FROM texts WHERE texts MATCH ? ORDER BY bm25(texts)",
            (match_query(question),),
        ).fetchall()
    finally:
        database.close()
    return [row[0] for row in rows]


JAPANESE = [
    "本契約の有効期間は、締結日から三年間とする。",
    "有給休暇は入社六か月後に十日付与する。",
    "ＡＢＣ株式会社との取引はｶﾀｶﾅで記録する。",
]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("契約", 0),
        ("有効期間", 0),
        ("有効期間はいつまでですか？", 0),
        ("休暇", 1),
        ("abc", 2),
        ("カタカナ", 2),
        ("十", 1),
    ],
)
def test_japanese_words_are_found(question: str, expected: int) -> None:
    assert hits(JAPANESE, question)[0] == expected


def test_english_words_are_found_in_other_forms() -> None:
    documents = ["Each delivery is inspected.", "Employees accrue leave."]
    assert hits(documents, "When are deliveries made?") == [0]
    assert hits(documents, "leave of an employee") == [1]


@given(st.text())
def test_any_question_is_a_valid_match_expression(question: str) -> None:
    if match_query(question):
        hits(["some text", "契約"], question)


@given(st.text())
def test_tokens_survive_a_second_cut(text: str) -> None:
    tokens = index_tokens(text)
    assert "  " not in tokens
    assert all(not token.isspace() for token in tokens.split())


def test_questions_of_stop_words_still_search_for_something() -> None:
    assert content_tokens("what is it") == ["what", "is", "it"]
    assert match_query("?!") == ""


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
