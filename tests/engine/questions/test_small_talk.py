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
        ("Hey, how's it going?", EN.hello),
        ("nice, cheers", EN.welcome),
        ("That helped a lot!", EN.welcome),
        ("What kind of questions can I ask?", EN.introduction),
        ("Which languages do you speak?", EN.introduction),
        ("Do you send my documents to the internet?", EN.introduction),
        ("Tell me a joke", EN.introduction),
        ("どんな質問ができますか。", JA.introduction),
        ("何語がわかりますか", JA.introduction),
        ("文書がインターネットに送られることはありますか。", JA.introduction),
        ("なるほど、助かった！", JA.welcome),
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
        "What kind of questions can customers ask?",
        "Which languages do you need for the job?",
        "Do you send documents to the tax office?",
        "Nice office",
        "OK stamp on drawings",
        "資料はインターネットに公開していますか。",
        "どんな質問が監査で出ますか。",
        "お疲れ様会の予算",
        "",
        "   ",
        "???",
        "!",
        "Hello " * 200,
    ],
)
def test_a_question_is_none(question: str) -> None:
    assert small_talk(question) is None
