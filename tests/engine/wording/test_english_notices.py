"""The English of notices, for the command line, errors and exports."""

from __future__ import annotations

import string

import pytest

from engine.errors import AdapterMissing, AttentionUnsupported
from engine.records import Notice
from engine.records.notices import NOTICES
from engine.wording.files import CONTENTS, FILES
from engine.wording.notices import REFUSED_ATTENTION, TEMPLATES, english

CLAUSES = {**REFUSED_ATTENTION, **FILES}
GPT2 = Notice("architecture-unsupported", {"architecture": "gpt2"})


def test_every_code_has_english() -> None:
    assert TEMPLATES.keys() == NOTICES.keys()


@pytest.mark.parametrize("code", NOTICES)
def test_the_english_names_every_field(code: str) -> None:
    named = [name for _, name, _, _ in string.Formatter().parse(TEMPLATES[code]) if name]
    assert sorted(named) == sorted(NOTICES[code])
    text = english(Notice(code, {name: f"<{name}>" for name in NOTICES[code]}))
    assert all(f"<{name}>" in text for name in NOTICES[code])


@pytest.mark.parametrize("code", sorted(NOTICES.keys() - CLAUSES.keys() - {"stored-text"}))
def test_what_stands_alone_is_a_sentence(code: str) -> None:
    assert TEMPLATES[code][0].isupper() and TEMPLATES[code].endswith(".")


@pytest.mark.parametrize("code", CLAUSES)
def test_what_ends_another_sentence_has_no_full_stop(code: str) -> None:
    assert not TEMPLATES[code][0].isupper() and not TEMPLATES[code].endswith(".")


def test_a_cause_is_worded_inside_its_effect() -> None:
    assert english(Notice.caused("own-attention", GPT2)) == (
        "Attention is llama.cpp's own: models of the architecture gpt2 are not supported by our "
        "kernels."
    )


def test_an_error_words_its_reason_and_keeps_it_as_data() -> None:
    error = AttentionUnsupported(GPT2)
    assert str(error) == (
        "This attention cannot run here: models of the architecture gpt2 are not supported by "
        "our kernels. Use --attention baseline; nothing was answered."
    )
    assert error.data == {"reason": GPT2}
    missing = AdapterMissing(mode="lora", model="m")
    assert missing.reason == Notice("no-adapter", {"mode": "lora", "model": "m"})


def test_a_sentence_of_an_earlier_program_is_shown_as_it_is() -> None:
    assert english(Notice("stored-text", {"text": "A {brace} stays."})) == "A {brace} stays."


def test_a_notice_of_a_later_program_is_shown_as_data() -> None:
    assert english(Notice("invented-later", {"n": 3})) == "invented-later n=3"
    assert english(Notice("read-densely", {"n_tokens": 400})) == "read-densely n_tokens=400"


def test_what_a_file_holds_is_named() -> None:
    notice = Notice("other-content", {"suffix": ".pdf", "content": "html"})
    assert english(notice) == "its name ends in .pdf, but the content is an HTML page"
    assert all(name.isascii() and not name.endswith(".") for name in CONTENTS.values())


def test_large_numbers_are_grouped() -> None:
    assert "20,000,000 characters" in english(Notice("over-characters", {"limit": 20_000_000}))
    assert "row 1024 only" in english(Notice("sheet-cut", {"sheet": "A", "row": 1024}))


def test_a_note_on_an_attachment_names_both() -> None:
    inner = Notice("page-blank", {"page": 2})
    outer = Notice.caused("attachment-note", inner)
    named = Notice(outer.code, {**outer.data, "attachment": "a.eml > b.pdf"})
    assert english(named) == "attachment a.eml > b.pdf: page 2: blank"
