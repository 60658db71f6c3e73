"""Markdown beyond the simple: what is nested, fenced, tabular or HTML."""

from __future__ import annotations

import time

import pytest
from document_builders import texts
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents.chunking import chunk
from engine.documents.reading import read_source
from engine.documents.source import Source
from engine.errors import FileUnreadable
from engine.records import ParsedDocument


def read(text: str) -> ParsedDocument:
    return read_source(Source("guide.md", text.encode(), "/guide.md"))


def found(text: str) -> list[tuple[str, str, str]]:
    return [(b.text, b.heading, str(b.location)) for b in read(text).blocks]


def test_fences_in_lists_hide_their_number_signs() -> None:
    text = (
        "# Set-up\n\n1. Run\n\n    ```sh\n    # not a heading\n\n    ## nor this\n    ```\n\nEnd\n"
    )
    assert found(text) == [
        ("Set-up", "Set-up", "line 1"),
        ("1. Run", "Set-up", "line 3"),
        ("    ```sh\n    # not a heading", "Set-up", "lines 5-6"),
        ("    ## nor this\n    ```", "Set-up", "lines 8-9"),
        ("End", "Set-up", "line 11"),
    ]


def test_a_fence_within_a_longer_fence_is_code() -> None:
    text = "````md\n```\n# inner\n```\n\n| a | b |\n|---|---|\n````\n\n# Outer\n"
    assert found(text) == [
        ("````md\n```\n# inner\n```\n\n| a | b |\n|---|---|\n````", "", "lines 1-8"),
        ("Outer", "Outer", "line 10"),
    ]


def test_a_fence_that_is_never_closed_ends_with_the_file() -> None:
    assert found("```\ncode\n\nmore\n\n\n") == [("```\ncode\n\nmore", "", "lines 1-4")]


def test_tables_in_lists_and_quotations() -> None:
    text = (
        "- Prices\n\n  | Item | Yen |\n  |---|---|\n  | Pen | 120 |\n\n"
        "> | A | B |\n> |---|---|\n> | 1 | 2 |\n"
    )
    assert found(text) == [
        ("- Prices", "", "line 1"),
        ("Item: Pen | Yen: 120", "", "line 5"),
        ("A: 1 | B: 2", "", "line 9"),
    ]


def test_tables_end_where_they_end() -> None:
    text = "| A | B |\n|---|---|\n| `x\\|y` | |\n| | |\n| 3 |\n\nafter | this\n"
    assert found(text) == [
        ("A | B", "", "line 1"),  # no row says B
        ("A: `x|y`", "", "line 3"),
        ("A: 3", "", "line 5"),
        ("after | this", "", "line 7"),
    ]
    assert found("| One |\n|---|\n| 1 |\n") == [("One", "", "line 1"), ("1", "", "line 3")]
    assert found("| A | B |\n|---|---|\n") == [("A | B", "", "line 1")]


def test_html_gives_its_text_and_xml_stays() -> None:
    text = (
        "<!-- TODO: nobody reads this -->\n\n<details>\n<summary>More</summary>\n\nInside\n\n"
        "</details>\n\n<table>\n<tr><th>Item</th><th>Yen</th></tr>\n"
        "<tr><td>Pen</td><td>120</td></tr>\n</table>\n\n<server port='80'>\n</server>\n"
    )
    assert found(text) == [
        ("More", "", "lines 3-4"),
        ("Inside", "", "line 6"),
        ("Item: Pen | Yen: 120", "", "lines 10-13"),
        ("<server port='80'>\n</server>", "", "lines 15-16"),
    ]


def test_headings_in_quotations_are_quoted_text() -> None:
    text = "# Real\n\n> # Quoted\n> words\n\nTwo\nlines\n---\n\n#　全角の見出し\n"
    assert found(text) == [
        ("Real", "Real", "line 1"),
        ("> # Quoted\n> words", "Real", "lines 3-4"),
        ("Two lines", "Real > Two lines", "lines 6-8"),
        ("全角の見出し", "全角の見出し", "line 10"),
    ]


def test_lists_rules_and_links_stay_as_written() -> None:
    text = "* one\n* two\n   * three\n\n***\n\n[id]: http://example.org 'x'\n\n    indented\n"
    assert texts(read(text)) == [
        "* one\n* two\n   * three",
        "***",
        "[id]: http://example.org 'x'",
        "    indented",
    ]


PIECES = st.sampled_from(
    ["# A", "## 契約", "===", "---", "```", "~~~", "| a | b |", "|---|---|", "- x", "  - y", "> z",
     "<div>", "</div>", "<!--", "-->", "words", "", "", "    code", "1. one", "\\|", "[a]: b"]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=30))
@settings(max_examples=150, deadline=None)
def test_offsets_and_lines_are_exact(lines: list[str]) -> None:
    try:
        document = read("\n".join(lines))
    except FileUnreadable as error:
        assert error.reason in ("no-text", "empty")
        return
    text, chunks = chunk(document)
    assert all(text[each.start : each.end] == each.text for each in chunks)
    places = [(b.location.first, b.location.last) for b in document.blocks]
    assert places == sorted(places)
    assert all(1 <= first <= last <= len(lines) for first, last in places)


@pytest.mark.parametrize(
    "piece", ["> " * 5000, "- " * 5000, "[" * 20_000, "|" * 20_000, "<a" * 9999]
)
def test_no_file_takes_forever(piece: str) -> None:
    started = time.monotonic()
    read((piece + "x\n") * 20)
    assert time.monotonic() - started < 20


def test_front_matter_is_read_except_for_the_title():
    document = read(
        "---\ntitle: Travel policy\n# template 3\nauthor: Delwyn Emrys\n有効期限: 2027-03-31\n---\n"
        "# Travel\nText\n"
    )
    assert document.title == "Travel policy"
    assert texts(document) == ["author: Delwyn Emrys\n有効期限: 2027-03-31", "Travel", "Text"]
    assert str(document.blocks[0].location) == "lines 4-5"
