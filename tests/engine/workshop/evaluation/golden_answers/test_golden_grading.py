"""Answers that say the same are right; other values, denials and refusals are told apart."""

from __future__ import annotations

from typing import Any

import pytest

from engine.workshop.evaluation.golden_answers.expected import NotAValue, expected_of
from engine.workshop.evaluation.golden_answers.grading import (
    contains,
    declines,
    grade,
    holds,
    polarity,
)

LEAVE = {"answers": ["25 days"], "value": {"number": 25, "unit": "day"}}
PRICE = {"answers": ["13,000円"], "value": {"number": 13000, "unit": "JPY"}}
DAY = {"answers": ["10 October 2025"], "value": {"date": "2025-10-10"}}
ROOM = {"answers": ["B-204"]}
PERSON = {"answers": ["水無瀬 遥"], "also": ["Haruka Minase"], "wrong": ["Owen Tarrick"]}
ALLOWED = {"answers": ["許可を得て"], "value": {"yes": True}}
CLOSING = {"answers": ["8月7日15時"], "value": [{"date": "2025-08-07"}, {"time": "15:00"}]}


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (LEAVE, "25 days"),
        (LEAVE, "Full-time employees get twenty-five (25) days [1]."),
        (LEAVE, "25"),
        (LEAVE, "正社員は２５日です。[2]"),
        (LEAVE, "Not 22 days but 25 days."),
        (PRICE, "一般社員は1泊13,000円までです。[1]"),
        (PRICE, "¥13,000 per night"),
        (PRICE, "1.3万円"),
        (PRICE, "13,000"),
        (DAY, "By 10 October [1]"),
        (DAY, "2025年10月10日"),
        (DAY, "October 10th, 2025, instead of 12 September 2025"),
        (ROOM, "In room B‑204."),
        (ROOM, "room b204"),
        (PERSON, "担当は水無瀬遥です。"),
        (PERSON, "It is Ms Haruka Minase. [3]"),
        (ALLOWED, "Yes, with the manager's consent."),
        (ALLOWED, "はい、できます。"),
        (ALLOWED, "在宅勤務を行うことができます。"),
        (ALLOWED, "申請しなければなりませんが、可能です。"),
        (CLOSING, "8月7日（木）の午後3時までです。"),
        (CLOSING, "7 August 2025, 3 pm"),
    ],
)
def test_equivalent_answers_are_right(row: dict[str, Any], text: str) -> None:
    assert grade(text, expected_of(row)).verdict == "right"


@pytest.mark.parametrize(
    ("row", "text", "reason"),
    [
        (LEAVE, "22 days", "the value is not in it"),
        (LEAVE, "25 weeks", "the value is not in it"),
        (LEAVE, "Not 25 days.", "the value is not in it"),
        (LEAVE, "25日ではありません。", "the value is not in it"),
        (LEAVE, "25 days, or 22 days under the old rules", "also says 22 days"),
        (LEAVE, "London 25, Edinburgh 140", "also says 140"),
        (PRICE, "13,000円または10,500円", "also says 10500円"),
        (PRICE, "13円", "the value is not in it"),
        (DAY, "12 September 2025", "the value is not in it"),
        (DAY, "between 12 September and 10 October 2025", "also says 12 september"),
        (DAY, "October 2025", "the value is not in it"),
        (ROOM, "B-2040", "the answer is not in it"),
        (ROOM, "not B-204 but C-1", "the answer is not in it"),
        (PERSON, "Owen Tarrick and Haruka Minase", "says Owen Tarrick"),
        (ALLOWED, "No.", "says no"),
        (ALLOWED, "在宅勤務は認められません。", "says no"),
        (CLOSING, "8月7日まで", "the value is not in it"),
    ],
)
def test_other_answers_are_wrong_and_say_why(row: dict[str, Any], text: str, reason: str) -> None:
    found = grade(text, expected_of(row))
    assert (found.verdict, found.reason.replace(",", "")) == ("wrong", reason.replace(",", ""))


def test_values_of_the_question_and_those_allowed_may_stand_beside() -> None:
    text = "After 5 years you get 25 days; 28 days is the most."
    expected = expected_of({**LEAVE, "beside": ["28 days"]})
    assert grade(text, expected, asked="How many days after five years?").verdict == "right"
    assert grade(text, expected_of(LEAVE)).reason == "also says 28 days"


def test_a_value_of_another_unit_is_no_rival() -> None:
    assert (
        grade("25 days in 2 offices within 6 months (40 EUR)", expected_of(LEAVE)).verdict
        == "right"
    )
    assert grade("25, and 2 in Leeds", expected_of(LEAVE)).reason == "also says 2"
    assert (
        grade("13,000円 (東京), 10,500 (その他)", expected_of(PRICE)).reason == "also says 10,500"
    )


def test_refusals_and_silence_are_told_apart_from_wrong_answers() -> None:
    expected = expected_of(LEAVE)
    assert grade("", expected, refused=True).verdict == "refused"
    assert grade("The documents do not mention it.", expected).verdict == "refused"
    assert grade("文書には記載がありません。", expected).verdict == "refused"
    assert grade(" [1] ", expected).verdict == "silent"
    assert grade("25 days; sick pay is not mentioned.", expected).verdict == "right"


@pytest.mark.parametrize(
    "text",
    [
        "I cannot find that in the documents.",
        "There is no information about parking.",
        "The passages don't say.",
        "No mobile number is given for Rhys Tallack.",
        "携帯電話の番号は載っていません。",
        "見つかりませんでした。",
        "その情報はありません。",
        "該当する記載はありません。",
        "分かりません。",
    ],
)
def test_ways_to_decline(text: str) -> None:
    assert declines(text)


@pytest.mark.parametrize(
    "text", ["The lunch costs 650 yen.", "昼食は650円です。", "No, it may not."]
)
def test_an_answer_does_not_decline(text: str) -> None:
    assert not declines(text)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Yes, but not on Fridays.", True),
        ("No, unless the manager agrees.", False),
        ("いいえ、できません。", False),
        ("It must not be used.", False),
        ("Not only staff may use it.", True),
        ("提出しなければならない。", True),
        ("私物の端末は禁止です。", False),
    ],
)
def test_the_polarity_of_an_answer(text: str, yes: bool) -> None:
    assert polarity(text) is yes


def test_forms_ignore_width_case_articles_and_punctuation() -> None:
    assert contains("Please see the Blue  Book.", "blue book")
    assert contains("ＫＺ－１４を600個", "kz-14")
    assert contains("a single arbitrator in the London", "Arbitrator in London")
    assert contains("It costs EUR 1,566.50.", "1566.5")
    assert not contains("It costs EUR 566.55.", "566.5")
    assert not contains("KZ-145", "KZ-14")
    assert not contains("anything", "")


def test_a_quotation_may_hold_other_values_too() -> None:
    table = "London 165, Edinburgh 140"
    expected = expected_of({"answers": ["165"], "value": {"number": 165, "unit": "GBP"}})
    assert holds(table, expected)
    assert grade(table, expected).verdict == "wrong"
    assert not holds("", expected)


@pytest.mark.parametrize(
    "row",
    [
        {"answers": ["x"], "value": {"number": "many"}},
        {"answers": ["x"], "value": {"number": 1, "unit": "furlong"}},
        {"answers": ["x"], "value": {"date": "soon"}},
        {"answers": ["x"], "value": {"colour": "red"}},
        {"answers": "x"},
    ],
)
def test_a_typed_form_that_is_none_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(NotAValue):
        expected_of(row)
