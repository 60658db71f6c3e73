from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.models.snippet import context_of, snippet_of


def test_a_short_passage_is_shown_whole():
    snippet = snippet_of("Twenty days of leave.", [(0, 11)])
    assert snippet.text == "Twenty days of leave."
    assert [snippet.text[s:e] for s, e in snippet.quotes] == ["Twenty days"]


def test_a_quote_far_down_is_brought_into_sight():
    text = "filler words here. " * 60 + "The deadline is 31 March." + " more words" * 40
    at = text.index("The deadline")
    snippet = snippet_of(text, [(at, at + 25)])
    assert snippet.text.startswith("… ")
    assert [snippet.text[s:e] for s, e in snippet.quotes] == ["The deadline is 31 March."]
    assert len(snippet.text) < 400


def test_context_marks_passage_and_quote_in_a_long_document():
    document = "あ" * 20_000 + "契約期間は1年とする。" + "い" * 20_000
    start, end = 20_000, 20_000 + 11
    context = context_of(document, start, end, [(start, start + 4)])
    assert context.text[slice(*context.body)] == "契約期間は1年とする。"
    assert [context.text[s:e] for s, e in context.quotes] == ["契約期間"]
    assert len(context.text) < 17_000


def test_white_space_is_collapsed_and_the_quote_still_marked():
    text = "2. WHAT WE DO\n   We repair\n   or replace."
    at = text.index("We repair")
    snippet = snippet_of(text, [(at, len(text))])
    assert snippet.text == "2. WHAT WE DO We repair or replace."
    assert [snippet.text[s:e] for s, e in snippet.quotes] == ["We repair or replace."]


@given(st.text(max_size=700), st.integers(0, 700), st.integers(0, 60))
def test_quotes_always_lie_inside_the_snippet_and_say_the_same(text, start, length):
    start = min(start, len(text))
    end = min(len(text), start + length)
    snippet = snippet_of(text, [(start, end)])
    for s, e in snippet.quotes:
        assert 0 <= s <= e <= len(snippet.text)
        marked = "".join(snippet.text[s:e].split())
        assert "".join(text[start:end].split()).startswith(marked)
