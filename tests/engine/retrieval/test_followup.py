from __future__ import annotations

from dataclasses import replace

import pytest

from engine.records import Answer, AnswerStats, AttentionUse, Coverage, Turn
from engine.retrieval import understand_query


def turn(question: str, search_query: str | None = None) -> Turn:
    answer = Answer(
        question=question,
        search_query=search_query or question,
        text="",
        generated="",
        refused=False,
        refusal_reason="",
        attention=AttentionUse("baseline", "dense", "llama.cpp", "CPU"),
        passages=(),
        extracts=(),
        citations=(),
        coverage=Coverage(1, 0),
        stats=AnswerStats(0, 0, 0.0, None, None, None, 0),
    )
    return Turn(id=1, asked=0.0, answer=answer)


LEAVE_EN = "How many days of paid leave do full-time employees get?"
LEAVE_JA = "正社員の年次有給休暇は何日ですか？"


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (LEAVE_EN, "How long is it valid?"),
        (LEAVE_EN, "Why?"),
        (LEAVE_EN, "Can they carry those over to the next year?"),
        (LEAVE_EN, "Who approves it?"),
        (LEAVE_EN, "When?"),
        (LEAVE_JA, "なぜ？"),
        (LEAVE_JA, "いつですか？"),
    ],
)
def test_a_follow_up_is_searched_with_its_topic(before: str, question: str) -> None:
    completed = understand_query(question, (turn(before),))
    assert before in completed
    assert question in completed


@pytest.mark.parametrize(
    "question",
    [
        LEAVE_EN,
        "Who is the managing director of Aozora Trading?",
        "When does the lease with Kanda Estate end?",
        "What is the price of the A-200 valve?",
        "Is there a parking space for visitors?",
        "What does Ms Sato say about her visit?",
        "List all contracts that end this year.",
        "How many people work in the Osaka office?",
        "Who signed?  The lease, I mean, of the Osaka office",
        LEAVE_JA,
        "契約の有効期間はどのくらいですか？",
        "A-200バルブの単価はいくらですか？",
        "議事録に出席した人は誰ですか？",
        "各部署はそれぞれ何人ですか？",
        "この会社の住所はどこですか？",
    ],
)
def test_a_question_that_stands_alone_is_searched_as_typed(question: str) -> None:
    history = (turn("Where is the head office?"), turn("本社はどこですか？"))
    assert understand_query(question, history) == question


@pytest.mark.parametrize("question", ["And for part-time staff?", "では契約社員は？", "Why?", ""])
def test_without_history_nothing_is_added(question: str) -> None:
    assert understand_query(question, ()) == question


COMPLETED = [
    (LEAVE_EN, "And for part-time staff?", "How many days of paid leave do part-time staff get?"),
    (LEAVE_EN, "What about contractors?", "How many days of paid leave do contractors get?"),
    (LEAVE_EN, "Part-time staff?", "How many days of paid leave do Part-time staff get?"),
    ("What was revenue in March?", "And in April?", "What was revenue in April?"),
    ("What was revenue in 2024?", "Only in 2025", "What was revenue in 2025?"),
    (
        "What does the KC-10 cost?",
        "in the price list",
        "What does the KC-10 cost in the price list?",
    ),
    ("What does the KC-10 cost?", "And the KC-20?", "What does the KC-20 cost?"),
    ("Where is the office in London?", "And in Edinburgh?", "Where is the office in Edinburgh?"),
    (
        "When does Dr Helga Marsden arrive?",
        "When does she leave?",
        "When does Dr Helga Marsden leave?",
    ),
    (
        "What does the NV-32 Fjord cost?",
        "How long is its delivery time?",
        "How long is NV-32 Fjord's delivery time?",
    ),
    (LEAVE_JA, "では契約社員は？", "契約社員の年次有給休暇は何日ですか？"),
    (LEAVE_JA, "契約社員の場合は？", "契約社員の年次有給休暇は何日ですか？"),
    (LEAVE_JA, "パートタイムについては？", "パートタイムの年次有給休暇は何日ですか？"),
    (LEAVE_JA, "それはいつから使えますか？", "正社員の年次有給休暇はいつから使えますか？"),
    (LEAVE_JA, "その期限は何年ですか？", "正社員の年次有給休暇の期限は何年ですか？"),
    (
        "東京支店の営業時間は何時までですか。",
        "大阪支店は？",
        "大阪支店の営業時間は何時までですか。",
    ),
    ("泉オフィスの基本設計料はいくらですか。", "監理は？", "泉オフィスの監理はいくらですか。"),
    (
        "9月に圧力伝送器KP-50は何台できましたか。",
        "では、KF-200は？",
        "9月にKF-200は何台できましたか。",
    ),
    ("4月の売上はいくらですか。", "では5月は？", "5月の売上はいくらですか。"),
    ("北斗計器の代表者は誰ですか。", "同社の住所はどこですか。", "北斗計器の住所はどこですか。"),
]


@pytest.mark.parametrize(("before", "question", "whole"), COMPLETED)
def test_a_follow_up_becomes_a_question_that_stands_alone(
    before: str, question: str, whole: str
) -> None:
    assert understand_query(question, (turn(before),)) == whole


def test_a_second_replacement_goes_back_to_the_question_that_stood_alone() -> None:
    history = (
        turn(LEAVE_EN),
        turn("And for part-time staff?", "How many days of paid leave do part-time staff get?"),
    )
    completed = understand_query("And for contractors?", history)
    assert completed == "How many days of paid leave do contractors get?"


def test_a_pronoun_takes_everything_said_since() -> None:
    chained = "How many days of paid leave do part-time staff get?"
    history = (turn(LEAVE_EN), turn("And for part-time staff?", chained))
    assert understand_query("Who approves it?", history) == f"{chained} Who approves it?"


def test_more_than_a_name_may_be_meant() -> None:
    before = "How much did the repair of the NV-28 deck mould cost?"
    completed = understand_query("How long did it take?", (turn(before),))
    assert completed == f"{before} How long did it take?"


def test_the_question_before_in_another_language_stays_in_front() -> None:
    completed = understand_query("And for part-time staff?", (turn(LEAVE_JA),))
    assert completed == f"{LEAVE_JA} And for part-time staff?"
    third = understand_query("Und für Teilzeitkräfte?", (turn(LEAVE_EN),))
    assert "Teilzeitkräfte" in third


def test_a_follow_up_to_a_greeting_or_a_refusal() -> None:
    said = turn("Hello")
    greeting = replace(said, answer=replace(said.answer, kind="talk"))
    assert understand_query("And in March?", (greeting,)) == "And in March?"
    asked = turn("What was revenue in April?")
    refused = replace(asked, answer=replace(asked.answer, refused=True))
    assert understand_query("And in March?", (refused,)) == "What was revenue in March?"


def test_ten_turns_back_and_five_thousand_characters() -> None:
    history = (turn(LEAVE_EN), *(turn("And for contractors?", LEAVE_EN) for _ in range(10)))
    completed = understand_query("And for nurses?", history)
    assert completed == "How many days of paid leave do nurses get?"
    long = "And " + "for part-time staff " * 250 + "?"
    assert understand_query(long, history).endswith(long.strip())


def test_very_long_history_is_shortened() -> None:
    completed = understand_query("And now?", (turn("word " * 1000),))
    assert len(completed) < 500
