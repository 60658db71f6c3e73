"""Notices of the engine in the window's words."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest

from app.i18n import LanguageManager, Words
from app.i18n.notices import NoticeWords
from engine.codec import from_json
from engine.errors import AttentionUnsupported
from engine.records import Answer, Notice
from engine.records.notices import NOTICES
from engine.wording.notices import english

GPT2 = Notice("architecture-unsupported", {"architecture": "gpt2"})
LATER = Notice("invented-later", {"n": 3})


@pytest.fixture
def language(qapp):
    manager = LanguageManager(qapp, "en")
    yield manager
    manager.close()


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("chosen", ["en", "ja"])
def test_every_code_has_words_that_use_only_its_data(language, chosen):
    words = Words()
    language.choose(chosen)
    templates = NoticeWords(words.attention).templates()
    assert templates.keys() == NOTICES.keys()
    for code, template in templates.items():
        assert fields(template) <= set(NOTICES[code]), code


@pytest.mark.parametrize("code", sorted(NOTICES.keys() - {"stored-text"}))
def test_every_notice_is_translated(language, code):
    words, notice = Words(), Notice(code, {name: f"<{name}>" for name in NOTICES[code]})
    in_english = words.notice(notice)
    assert in_english[0].isupper() or in_english[0] in "<l", in_english
    assert "--" not in in_english, "the command line's advice is not the window's"
    language.choose("ja")
    assert not words.notice(notice).isascii()


def test_codes_in_data_become_names(language):
    dense = Notice("read-densely", {"n_tokens": 400, "prefill": "delta", "least": 3072})
    assert Words().notice(dense) == (
        "The prompt was read densely: it has 400 tokens, and “Delta prefill” helps from 3072 on."
    )
    refused = Notice("not-in-llama-cpp", {"mode": "contrast", "prefill": "dense"})
    language.choose("ja")
    assert "contrast" not in Words().notice(refused)


def test_a_cause_is_worded_in_the_language_in_force(language):
    notice, words = Notice.caused("own-attention", GPT2), Words()
    assert words.notice(notice) == (
        "llama.cpp's own attention was used: Models of the architecture gpt2 do not run with "
        "Sabun's kernels."
    )
    language.choose("ja")
    assert words.notice(GPT2) in words.notice(notice)


def test_an_error_gives_its_reason_in_the_language_in_force(language):
    words = Words()
    assert words.error(AttentionUnsupported(GPT2)) == (
        "This attention cannot run here. Models of the architecture gpt2 do not run with Sabun's "
        "kernels. Nothing was answered; choose Baseline to get an answer."
    )
    language.choose("ja")
    assert words.notice(GPT2) in words.error(AttentionUnsupported(GPT2))


@pytest.mark.parametrize("chosen", ["en", "ja"])
def test_a_sentence_of_an_earlier_program_is_shown_as_it_is(language, chosen):
    language.choose(chosen)
    stored = Notice("stored-text", {"text": "A {brace} stays."})
    assert Words().notice(stored) == "A {brace} stays."


@pytest.mark.parametrize("chosen", ["en", "ja"])
def test_an_answer_that_an_earlier_program_stored_is_shown_with_its_sentences(language, chosen):
    language.choose(chosen)
    folder = Path(__file__).parents[2] / "engine" / "catalogue"
    stored = (folder / "answer_with_sentences.json").read_text("utf-8")
    answer, words = from_json(Answer, stored), Words()
    assert words.notices(answer) == json.loads(stored)["notices"]
    assert words.measurements(answer).splitlines()[2:] == json.loads(stored)["attention"]["notes"]


def test_a_notice_of_a_later_program_stays_english(language):
    assert Words().notice(LATER) == english(LATER)
    incomplete = Notice("read-densely", {"n_tokens": 400})
    assert Words().notice(incomplete) == english(incomplete)
