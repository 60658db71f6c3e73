"""Questions against a full-text table as the catalogue has it."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.retrieval.terms import lexical_match
from engine.text import index_tokens


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
            (lexical_match(question),),
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
    if lexical_match(question):
        hits(["some text", "契約"], question)
