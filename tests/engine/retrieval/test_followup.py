from __future__ import annotations

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
        (LEAVE_EN, "And for part-time staff?"),
        (LEAVE_EN, "What about contractors?"),
        (LEAVE_EN, "Part-time staff?"),
        (LEAVE_EN, "How long is it valid?"),
        (LEAVE_EN, "Why?"),
        (LEAVE_EN, "Can they carry those over to the next year?"),
        (LEAVE_EN, "Who approves it?"),
        (LEAVE_EN, "When?"),
        (LEAVE_JA, "では契約社員は？"),
        (LEAVE_JA, "契約社員の場合は？"),
        (LEAVE_JA, "パートタイムについては？"),
        (LEAVE_JA, "それはいつから使えますか？"),
        (LEAVE_JA, "その期限は何年ですか？"),
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


def test_a_second_replacement_goes_back_to_the_question_that_stood_alone() -> None:
    history = (
        turn(LEAVE_EN),
        turn("And for part-time staff?", f"{LEAVE_EN} And for part-time staff?"),
    )
    completed = understand_query("And for contractors?", history)
    assert completed == f"{LEAVE_EN} And for contractors?"


def test_a_pronoun_takes_everything_said_since() -> None:
    chained = f"{LEAVE_EN} And for part-time staff?"
    history = (turn(LEAVE_EN), turn("And for part-time staff?", chained))
    assert understand_query("Who approves it?", history) == f"{chained} Who approves it?"


def test_very_long_history_is_shortened() -> None:
    completed = understand_query("And now?", (turn("word " * 1000),))
    assert len(completed) < 500
