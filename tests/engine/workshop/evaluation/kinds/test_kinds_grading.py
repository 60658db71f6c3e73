"""Answers to questions of every kind are worth what they show."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import BadData
from engine.records import (
    Answer,
    AnswerRow,
    AnswerStats,
    AnswerTable,
    AttentionUse,
    Citation,
    Coverage,
)
from engine.workshop.evaluation.golden_answers.asking import Reply
from engine.workshop.evaluation.golden_answers.questions import chosen
from engine.workshop.evaluation.kinds.outcomes import KindOutcome, outcome_of
from engine.workshop.evaluation.kinds.questions import KindQuestion, read_kind_questions
from engine.workshop.evaluation.kinds.summary import confusions, kinds_shape, rows_of

EMPTY = Answer(
    question="?",
    search_query="?",
    text="",
    generated="",
    refused=False,
    refusal_reason="",
    attention=AttentionUse("baseline", "dense", "", ""),
    passages=(),
    extracts=(),
    citations=(),
    coverage=Coverage(0, 0, 0),
    stats=AnswerStats(0, 0, 0.0, None, None, None, 0),
)


def asked(tmp_path: Path, **row: Any) -> KindQuestion:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"lang": "en", "question": "?", **row}), "utf-8")
    (question,) = read_kind_questions([path])
    return question


def graded(question: KindQuestion, text: str = "", **fields: Any) -> KindOutcome:
    answer = replace(EMPTY, text=text, generated=text, kind=question.kind, **fields)
    reply = Reply(question.id, "", answer, "", None, None, None, 10.0)
    return outcome_of(question, reply, question.kind)


def table(*names: str, possible: tuple[str, ...] = ()) -> AnswerTable:
    rows = [AnswerRow((str(at), name)) for at, name in enumerate(names)]
    rows += [AnswerRow(("?", name), possible=True) for name in possible]
    return AnswerTable(("No.", "Name"), tuple(rows))


def cited(path: str) -> Citation:
    return Citation(1, "", "", verified=True, passage_id=1, path=path)


def test_a_list_counts_by_its_items(tmp_path: Path) -> None:
    row = {
        "items": [["Norrvik AB", "Norrvik"], ["株式会社髙橋"], ["Castell"]],
        "optional": [["Aoba"]],
    }
    question = asked(tmp_path, kind="list", **row)
    names = ("NORRVIK", "株式会社高橋", "Aoba", "Other Ltd")
    made = graded(question, table=table(*names, possible=("Castell",)))
    assert made.counts is not None
    assert (made.counts.right, made.counts.missed, made.counts.extra) == (2, 1, 1)
    assert made.score == pytest.approx(2 / 3)
    assert not made.exact
    text = "Three were found:\n- Norrvik AB [1]\n- 株式会社高橋 [2]\n- Castell [1][3]\n"
    assert graded(question, text).exact
    assert graded(question, f"{text}- Castell again [2]").counts == replace(
        made.counts, right=3, missed=0
    )
    assert graded(question, text, refused=True).score == 0


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("12 suppliers in 4 documents.", True, False),
        ("仕入先は12社です。[1]\n4件の文書", True, False),
        ("There are twelve suppliers.", True, False),
        ("4 documents name 12 suppliers.", False, True),
        ("13", False, True),
    ],
)
def test_a_count_is_the_first_number(tmp_path: Path, text: str, right: bool, wrong: bool) -> None:
    made = graded(asked(tmp_path, kind="count", value={"number": 12}), text)
    assert (made.exact, made.wrong) == (right, wrong)


def test_a_value_of_tables_is_right_or_wrong(tmp_path: Path) -> None:
    question = asked(
        tmp_path,
        kind="table",
        question="Total for 60 pieces?",
        value={"number": 1200, "unit": "EUR"},
    )
    assert graded(question, "EUR 1,200 for 60 pieces, of 3 rows with EUR 400 each").exact
    assert graded(question, "EUR 1,300").wrong
    refusal = graded(question, refused=True)
    assert (refusal.exact, refusal.wrong) == (False, False)
    several = asked(tmp_path, kind="table", value=[{"number": 7}, {"number": 9}])
    assert graded(several, "By branch:", table=table("7", "9")).exact
    assert not graded(several, "By branch:", table=table("7")).exact


def test_documents_summaries_and_changes(tmp_path: Path) -> None:
    find = asked(tmp_path, kind="find", sources=["hr/leave.docx"], optional_sources=["old.pdf"])
    assert graded(find, citations=(cited("/a/hr/leave.docx"), cited("/a/old.pdf"))).exact
    assert graded(find, citations=(cited("/a/other.md"),)).score == 0
    summary = asked(tmp_path, kind="summary", points=[["15 May"], ["Sato", "佐藤"]])
    assert graded(summary, "佐藤 does it. [1]").score == 0.5
    compare = asked(
        tmp_path, kind="compare", changes=[{"topic": "leave", "old": "22 days", "new": ["25 days"]}]
    )
    both = AnswerTable(("2023", "2025"), (AnswerRow(("22 days", "25 days")),))
    assert graded(compare, table=both).exact
    assert graded(compare, "- 25 days now [1]").score == 0


def test_talk_cites_nothing_and_what_is_not_there_is_declined(tmp_path: Path) -> None:
    talk = asked(tmp_path, kind="talk")
    assert graded(talk, "Hello.").exact
    assert graded(talk, "Hello.", citations=(cited("a"),)).wrong
    nothing = asked(tmp_path, kind="fact")
    assert graded(nothing, "Not found.", refused=True).exact
    assert graded(nothing, "It is 7.").wrong


def test_results_stand_by_kind_and_language(tmp_path: Path) -> None:
    question = asked(tmp_path, kind="count", value={"number": 3})
    follow = asked(
        tmp_path,
        kind="list",
        lang="ja",
        items=[["Bolt"]],
        history=[{"question": "q", "answer": "a"}],
    )
    outcomes = (graded(question, "3"), replace(graded(follow, "- Bolt [1]"), recognised="fact"))
    rows = {(row.kind, row.language): row for row in rows_of(outcomes)}
    assert rows["count", "en"].exact.n == rows["follow-up", "ja"].exact.n == 1
    assert rows["all", "all"].recognised.n == 1
    assert confusions(outcomes) == {"list -> fact": 1}
    assert kinds_shape("m", outcomes)["n"] == 2


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "riddle"},
        {"kind": "list", "items": [[1]]},
        {"kind": "compare", "changes": [{}]},
        {"kind": "fact", "question": " "},
        {"kind": "fact", "split": "test"},
        {"kind": "fact", "history": ["a"]},
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(BadData):
        asked(tmp_path, **row)


def test_some_can_be_chosen(tmp_path: Path) -> None:
    held = replace(asked(tmp_path, kind="list", items=[["a"]]), id="b", split="held")
    both = [asked(tmp_path, kind="count", value={"number": 1}), held]
    assert chosen(both, split="held") == chosen(both, kinds=["list"]) == [held]
    assert len(chosen(both, limit=1)) == 1
    assert replace(held, asked_as="list").fingerprint != held.fingerprint
