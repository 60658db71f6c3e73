from __future__ import annotations

import pytest

from engine.answering.facts import (
    clauses,
    comparable,
    contradicts,
    names,
    negated,
    numbers,
)


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{number.value.normalize():f}", number.unit) for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200 euros", [("1200", "euro")]),
        ("€1200.50", [("1200.5", "euro")]),
        ("twelve working days", [("12", "day")]),
        ("twenty-five days", [("25", "day")]),
        ("25 %", [("25", "percent")]),
        ("１２日間", [("12", "day")]),
        ("有効期間は二年", [("2", "year")]),
        ("百二十万円と三十五人", [("1200000", "yen"), ("35", "person")]),
        ("1億3,400万円、38万5,000円", [("134000000", "yen"), ("385000", "yen")]),
        ("EUR 4,350 a month", [("4350", "euro")]),
        ("予算（千円）: 13,100", [("13100000", "yen")]),
        ("Lead time (weeks): 8", [("8", "week")]),
        ("the fourth day", [("4", "day")]),
        ("order HX-25-T by 3 March, code 70-114", []),
        ("3か月前", [("3", "month")]),
        ("$1.2 million", [("1200000", "dollar")]),
        ("version 2.10", [("2.1", "")]),
        ("007", [("7", "")]),
        ("one of them", []),
        ("no figures here", []),
    ],
)
def test_numbers_are_read_as_meant(text, expected):
    assert found(text) == expected


def test_names_leave_out_the_first_word_of_a_sentence():
    assert names("The lease of the Osaka office was signed by Tanaka.") == ["osaka", "tanaka"]
    assert names("Suzuki Corporation pays. Employees wait for SSO.") == [
        "suzuki",
        "corporation",
        "sso",
    ]
    assert names("担当はコンプライアンス部です。") == ["コンプライアンス"]


def test_words_divided_at_a_line_end_are_joined():
    assert comparable("The agree-\nment ends") == "the agreement ends"
    assert comparable("ＡＢＣ　１２３") == "abc 123"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is not allowed", True),
        ("you cannot carry it over", True),
        ("it isn't paid", True),
        ("it is paid", False),
        ("not only paid but free", False),
        ("持ち帰りは禁止です", True),
        ("申請は不要です", True),
        ("申請しなければならない", False),
        ("申請する", False),
        ("返金できません", True),
    ],
)
def test_negation(text, expected):
    assert negated(comparable(text)) is expected


def test_clauses_keep_a_negation_to_its_own_part():
    parts = clauses("Days may be carried over, but not more than five; ask first.")
    assert [negated(part) for part in parts].count(True) == 1


def test_opposites_contradict_only_when_one_is_missing():
    assert contradicts("due before march", "due after march")
    assert contradicts("20日以上", "20日以下")
    assert not contradicts("before and after lunch", "after lunch and before dinner")
    assert not contradicts("due in march", "due after march")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("圧電素子KZ-14の新しい納期は2025年8月22日です。", ["kz-14"]),
        ("申請書はPDFで提出し、用紙はA4とする。", ["pdf", "a4"]),
        ("MG-200の価格は1,280,000円です。", ["mg-200"]),
        ("The lease ends.", []),
    ],
)
def test_a_latin_word_within_japanese_is_the_name_and_not_the_sentence(text, expected):
    assert names(text) == expected


def test_the_mark_of_a_note_parts_no_amount_from_its_unit():
    for marked, plain in (
        ("a deposit of 500 [note 1] euros", "a deposit of 500 euros"),
        ("保証金は250 [注2]円", "保証金は250円"),
        ("1,200 [note 3] crowns", "1,200 crowns"),
    ):
        found = [(one.value, one.unit) for one in numbers(marked)]
        assert found == [(one.value, one.unit) for one in numbers(plain)]
        assert len(found) == 1
