"""Comparisons as files: complete, self-contained, and harmless whatever stands in them."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine.answering.comparison_export import export_comparison
from engine.answering.comparison_marks import marked_texts
from engine.answering.comparison_page import comparison_page
from engine.errors import ExportFailed, ExportFormatUnknown
from engine.records import (
    Answer,
    AnswerStats,
    AttentionMode,
    AttentionUse,
    Citation,
    Comparison,
    Coverage,
    DocumentRef,
    Extract,
    Location,
    Notice,
    Passage,
    RetrievedPassage,
    SourceAttention,
)
from engine.wording.notices import english

EVIL = '<script>alert("1")</script> & <img src=x onerror=y>'
NOTE = Notice("read-densely", {"n_tokens": 400, "prefill": "delta", "least": 2048})


def side(mode: AttentionMode, generated: str) -> Answer:
    document = DocumentRef(1, "<b>lease.txt", "/d/lease.txt", "", 0.0, "text/plain")
    place = Location("page", 3)
    passage = Passage(7, document, 0, 0, 5, f"It ends in May. {EVIL}", "", place)
    return Answer(
        question=f"When does it end? {EVIL}",
        search_query="When?",
        text=f"“It ends in May.” [1]\n\n{generated}",
        generated=generated,
        refused=False,
        refusal_reason="",
        attention=AttentionUse(mode, "delta", "cpu", "A CPU", "a1", (NOTE,)),
        passages=(RetrievedPassage(1, passage, 1.0), RetrievedPassage(2, passage, 0.5)),
        extracts=(Extract(1, "It ends in May.", 0, 15, 0.9),),
        citations=(
            Citation(1, "It ends.", "It ends in May.", True, 7, "lease.txt", "/d", place, 0, 15),
            Citation(0, f"Invented {EVIL}", "", False),
        ),
        coverage=Coverage(4, 1),
        stats=AnswerStats(400, 30, 12.0, 480.0, 510.0, 23.4, 5),
        model="SmolLM2",
    )


@pytest.fixture
def comparison() -> Comparison:
    looked = SourceAttention((1, 2), ((0.2, 0.1), (0.4, -0.05)))
    answers = (
        side("baseline", f"It ends in May. [1] Sure. [?] {EVIL}"),
        side("contrast", f"It ends in June. [1] {EVIL}"),
    )
    return Comparison(answers, (looked, None), "3f" * 32)


class Page(HTMLParser):
    """Collects tags, attributes and marked words, and checks that tags nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marked: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)


def test_the_page_is_whole_and_needs_nothing_else(comparison: Comparison) -> None:
    text = comparison_page(comparison)
    page = Page(text)
    assert page.open == []
    assert {"script", "img", "link", "iframe", "b"}.isdisjoint(page.tags)
    names = {name for name, _ in page.attributes}
    assert {"src", "href"}.isdisjoint(names) and not any(n.startswith("on") for n in names)
    assert "url(" not in text and "@import" not in text and "prefers-color-scheme" in text
    assert "&lt;script&gt;" in text
    for shown in (
        english(NOTE),
        "It ends in May.",
        "page 3",
        "3f" * 32,
        "Seed: 5",
        "SmolLM2",
        "a1",
    ):
        assert shown in text
    assert "Not measured." in text and "23.4 tokens/s" in text and "Files searched: 4" in text
    assert page.tags.count("td") == 4  # 2 layers x 2 sources, one side
    assert page.tags.count("article") == 2


def test_the_words_that_differ_are_marked(comparison: Comparison) -> None:
    assert Page(comparison_page(comparison)).marked == ["May.", " Sure", "June"]


def test_citation_markers_do_not_count_as_a_difference() -> None:
    pair = marked_texts(side("baseline", "It ends. [1]"), side("contrast", "It ends. [2]"))
    assert pair == ("It ends. [1]", "It ends. [2]")
    pair = marked_texts(side("baseline", "A < B"), side("contrast", ""))
    assert pair == ("A &lt; B", "")


def test_a_refusal_is_a_page_too(comparison: Comparison) -> None:
    refused = tuple(
        replace(a, refused=True, generated="", extracts=(), citations=(), text="Not in there.")
        for a in comparison.answers
    )
    text = comparison_page(Comparison((refused[0], refused[1]), (None, None), ""))
    assert "Not in there." in text and Page(text).open == []


def test_data_has_the_shape_of_the_command_line(comparison: Comparison, tmp_path: Path) -> None:
    target = tmp_path / "c.JSON"
    export_comparison(comparison, target)
    made = json.loads(target.read_text("utf-8"))
    assert list(made) == [
        "question",
        "passages",
        "answers",
        "source_attention",
        "seed",
        "prompt_sha256",
        "model",
    ]
    assert [a["attention"]["mode"] for a in made["answers"]] == ["baseline", "contrast"]
    assert made["answers"][0]["passages"] == made["answers"][1]["passages"] == made["passages"]
    assert made["source_attention"][0]["mass"] == [[0.2, 0.1], [0.4, -0.05]]
    assert made["source_attention"][1] is None


def test_a_file_that_is_there_is_replaced_and_nothing_else_is_left(
    comparison: Comparison, tmp_path: Path
) -> None:
    target = tmp_path / "比較.html"
    target.write_text("old")
    export_comparison(comparison, target)
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert list(tmp_path.iterdir()) == [target]


def test_what_cannot_be_written_is_said(comparison: Comparison, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed, match="none"):
        export_comparison(comparison, tmp_path / "none" / "c.html")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(ExportFailed, match="it is a folder"):
        export_comparison(comparison, tmp_path / "folder.html")
    with pytest.raises(ExportFormatUnknown):
        export_comparison(comparison, tmp_path / "c.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.html"]
