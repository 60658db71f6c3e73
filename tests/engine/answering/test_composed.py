"""Answers that the program puts together: numbering, markers, exact quotes."""

from __future__ import annotations

import time

import pytest

from engine.answering.asked import Asked
from engine.answering.composed import Source, Statement, composed, numbered
from engine.answering.gathering import AnswerRequest
from engine.records import (
    AnswerRow,
    AnswerTable,
    AttentionChoice,
    Coverage,
    DocumentRef,
    Location,
    Notice,
    Passage,
    Scanned,
)

TEXT = "Suppliers\nNorrvik AB\nCastell Ltd\n株式会社髙橋"
FILTERS = ("file:list",)


def passage(row: int, start: int, end: int) -> Passage:
    document = DocumentRef(1, "list.txt", "/a/list.txt", "Suppliers", 0.0, "text/plain")
    return Passage(row, document, row, start, end, TEXT[start:end], "", Location("page", row))


FIRST, SECOND = passage(7, 0, 20), passage(3, 21, len(TEXT))


def source(words: str) -> Source:
    start = TEXT.index(words)
    return Source(FIRST if start < 21 else SECOND, start, start + len(words))


@pytest.fixture
def asked() -> Asked:
    request = AnswerRequest(
        "Which?", 1, coverage=Coverage(4, 1, n_passages=9, filters=FILTERS), seed=5
    )
    return Asked(
        request, "Which suppliers?", "en", "list", chosen=False, started=time.perf_counter()
    )


def test_passages_are_numbered_as_they_are_first_cited(asked: Asked) -> None:
    statements = (
        Statement("Found:"),
        Statement("株式会社髙橋", (source("株式会社髙橋"),), "\n- "),
        Statement("Norrvik AB", (source("Norrvik AB"), source("Castell Ltd")), "\n- "),
    )
    answer = composed(asked, AttentionChoice(), statements)
    assert numbered(statements) == {3: 1, 7: 2}
    assert answer.text == "Found:\n- 株式会社髙橋 [1]\n- Norrvik AB [2][1]"
    assert answer.generated == answer.text
    assert [(p.number, p.passage.id) for p in answer.passages] == [(1, 3), (2, 7)]
    assert [c.number for c in answer.citations] == [1, 2, 1]


def test_every_quote_is_the_stored_text(asked: Asked) -> None:
    statements = [Statement(words, (source(words),)) for words in TEXT.splitlines()[1:]]
    answer = composed(asked, AttentionChoice(), statements)
    assert len(answer.citations) == 3
    for citation, statement in zip(answer.citations, statements, strict=True):
        assert citation.verified
        assert citation.quote == TEXT[citation.start : citation.end] == statement.text
        assert citation.sentence == statement.text
        assert (citation.document, citation.path) == ("list.txt", "/a/list.txt")
        cited = next(p for p in answer.passages if p.number == citation.number).passage
        assert citation.passage_id == cited.id
        assert citation.location == cited.location


def test_a_marker_stands_once_however_many_spans_it_is_for(asked: Asked) -> None:
    spans = (source("Castell Ltd"), source("株式会社髙橋"))
    answer = composed(asked, AttentionChoice(), [Statement("Two", spans)])
    assert answer.text == "Two [1]"
    assert len(answer.citations) == 2


def test_the_first_line_begins_at_once(asked: Asked) -> None:
    answer = composed(asked, AttentionChoice(), [Statement("One", before="\n- "), Statement("Two")])
    assert answer.text == "- One\nTwo"
    assert composed(asked, AttentionChoice(), []).text == ""


def test_what_was_asked_and_looked_at_stands_in_the_answer(asked: Asked) -> None:
    table = AnswerTable(("Supplier",), (AnswerRow(("Norrvik AB",), 1),))
    answer = composed(
        asked,
        AttentionChoice(),
        [Statement("One")],
        scanned=Scanned(4, 9, exhaustive=True),
        table=table,
        notices=(Notice("stored-text", {"text": "x"}),),
        stopped=True,
    )
    assert (answer.question, answer.search_query, answer.kind) == (
        "Which?",
        "Which suppliers?",
        "list",
    )
    assert answer.scanned == Scanned(4, 9, exhaustive=True)
    assert answer.table == table
    assert answer.stopped
    assert answer.coverage.filters == FILTERS
    assert (answer.model, answer.refused, answer.extracts, answer.left_out) == ("", False, (), ())
    assert (answer.stats.seed, answer.stats.completion_tokens) == (5, 0)
    assert answer.attention.kernel == ""
