"""Greetings are known, and a question behind a greeting is a question."""

from __future__ import annotations

import pytest

from engine.languages import ENGLISH, JAPANESE
from engine.questions.small_talk import small_talk

EN, JA = ENGLISH.small_talk, JAPANESE.small_talk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hello", EN.hello),
        ("hi there!", EN.hello),
        ("Good morning, Sabun.", EN.hello),
        ("Hello, who are you?", EN.introduction),
        ("What can you do?", EN.introduction),
        ("help", EN.introduction),
        ("Hi! How are you today?", EN.hello),
        ("Thank you very much!", EN.welcome),
        ("こんにちは", JA.hello),
        ("おはようございます。", JA.hello),
        ("こんにちは、あなたは誰ですか？", JA.introduction),
        ("何ができますか", JA.introduction),
        ("あなたは何ができるのですか？", JA.introduction),
        ("Thanks, that was helpful!", EN.welcome),
        ("ありがとうございます。", JA.welcome),
        ("ありがとう、助かりました。", JA.welcome),
        ("ＨＥＬＬＯ！", EN.hello),
    ],
)
def test_small_talk_is_answered_in_its_language(question: str, said: str) -> None:
    assert small_talk(question) == said


@pytest.mark.parametrize(
    "question",
    [
        "Hello, how many days of leave do I have?",
        "Hi, when does the lease end?",
        "こんにちは。有給休暇は何日ですか。",
        "Who is the director?",
        "Who are your suppliers?",
        "What can you do about late deliveries?",
        "What are the greetings in the handbook?",
        "これは何ですか。",
        "担当者は誰ですか？",
        "名前は何と書いてありますか",
        "Hiroshima office",
        "hidden costs",
        "Okayama",
        "help desk",
        "",
        "   ",
        "???",
        "!",
        "Hello " * 200,
    ],
)
def test_a_question_is_none(question: str) -> None:
    assert small_talk(question) is None
