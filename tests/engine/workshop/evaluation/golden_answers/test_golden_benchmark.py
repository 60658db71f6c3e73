"""The benchmark's files, folder, numbers and page; its engine answers what is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.cancel import CancelToken
from engine.errors import BadData, Cancelled, PathMissing
from engine.events import AnswerEvent, AnswerFinished, ExtractsFound, TokensGenerated
from engine.records import (
    Answer,
    AnswerStats,
    AskRequest,
    AttentionUse,
    Citation,
    Coverage,
    DocumentRef,
    Extract,
    Location,
    Passage,
    RetrievedPassage,
)
from engine.workshop.evaluation.golden_answers.asking import ReplyFolder, ask_all, search_query
from engine.workshop.evaluation.golden_answers.outcomes import Outcome, outcome_of
from engine.workshop.evaluation.golden_answers.page import golden_page
from engine.workshop.evaluation.golden_answers.questions import (
    BenchmarkQuestion,
    EarlierTurn,
    chosen,
    read_benchmark,
)
from engine.workshop.evaluation.golden_answers.summary import summarise, summary_shape

ROWS: list[dict[str, Any]] = [
    {"id": "f1", "lang": "en", "question": "How many days?", "answers": ["25 days"],
     "value": {"number": 25, "unit": "day"}, "sources": ["leave.txt"], "split": "held"},
    {"id": "f2", "lang": "ja", "question": "部屋はどこですか。", "answers": ["B-204"],
     "sources": ["leave.txt"]},
    {"id": "u1", "lang": "en", "kind": "unanswerable", "question": "Who is the chef?"},
    {"id": "u2", "lang": "ja", "question": "昼食はいくらですか。"},
    {"id": "g1", "lang": "en", "kind": "greeting", "question": "Hello!"},
    {"id": "n1", "lang": "en", "kind": "follow-up", "question": "And for part-time staff?",
     "history": [{"question": "How many days do full-time staff get?", "answer": "25 days."}],
     "answers": ["12 days"], "value": {"number": 12, "unit": "day"}, "sources": ["leave.txt"]},
]  # fmt: skip

WRITTEN = {
    "How many days?": "You get 25 days. [1]",
    "部屋はどこですか。": "A-1です。[?]",
    "Who is the chef?": "",
    "昼食はいくらですか。": "650円です。[1]",
    "Hello!": "Hello!",
    "And for part-time staff?": "12 days [1]",
}


def passage(name: str) -> RetrievedPassage:
    document = DocumentRef(1, name, f"/docs/{name}", name, 0.0, "text/plain")
    return RetrievedPassage(1, Passage(1, document, 0, 0, 1, "x", "", Location("line", 1)), 1.0)


def answer(question: str, text: str, *, refused: bool = False) -> Answer:
    found = passage("leave.txt")
    extract = Extract(1, "25 days a year", 0, 14, 1.0)
    quiet = refused or question == "Hello!"
    return Answer(
        question=question,
        search_query=question,
        text=text,
        generated=text,
        refused=refused,
        refusal_reason="no-evidence" if refused else "",
        attention=AttentionUse("baseline", "dense", "", ""),
        passages=(found,),
        extracts=() if quiet else (extract,),
        citations=() if quiet else (Citation(1, "s", "q", verified=True),),
        coverage=Coverage(1, 0, 0),
        stats=AnswerStats(0, 0, 0.0, None, None, None, 0),
    )


class WrittenDown:
    """An engine that answers what stands in :data:`WRITTEN`, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[AskRequest] = []
        self.kept: dict[int, list[Answer]] = {}
        self.deleted: list[int] = []
        self.loaded = SimpleNamespace(warm_up=lambda: None)
        self.library = SimpleNamespace(collection=lambda _name: SimpleNamespace(id=7))
        self.conversations = SimpleNamespace(keep=self._keep, delete=self.deleted.append)

    def _keep(self, turn: Answer, collection: int, row: int | None) -> tuple[Any, int]:
        assert collection == 7
        row = row or len(self.kept) + 1
        self.kept.setdefault(row, []).append(turn)
        return SimpleNamespace(id=row), 1

    def ask(self, request: AskRequest) -> Iterator[AnswerEvent]:
        self.asked.append(request)
        text = WRITTEN[request.question]
        made = answer(request.question, text, refused=not text)
        if made.extracts:
            yield ExtractsFound(made.extracts)
        if text:
            yield TokensGenerated(text)
        yield AnswerFinished(made)


@pytest.fixture
def questions(tmp_path: Path) -> list[BenchmarkQuestion]:
    path = tmp_path / "golden.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
    return read_benchmark([path])


def run(questions: Sequence[BenchmarkQuestion], folder: Path) -> tuple[WrittenDown, list[Outcome]]:
    engine = WrittenDown()
    by_id = {each.id: each for each in questions}
    events = ask_all(engine, "Documents", questions, ReplyFolder(folder))  # type: ignore[arg-type]
    return engine, [outcome_of(by_id[event.reply.question], event.reply) for event in events]


def test_kind_and_half_are_read_or_follow_from_the_line(
    questions: list[BenchmarkQuestion],
) -> None:
    kinds = ["fact", "fact", "unanswerable", "unanswerable", "greeting", "follow-up"]
    assert [each.kind for each in questions] == kinds
    assert [each.split for each in questions] == ["held", *["dev"] * 5]
    assert [each.id for each in questions if each.answerable] == ["f1", "f2", "n1"]


def test_some_are_chosen_and_more_add_to_fewer(questions: list[BenchmarkQuestion]) -> None:
    assert [each.id for each in chosen(questions, split="held")] == ["f1"]
    assert {each.id for each in chosen(questions, kinds=("greeting", "follow-up"))} == {"g1", "n1"}
    three, five = (chosen(questions, limit=n) for n in (3, 5))
    assert len(three) == 3
    assert five[:3] == three


@pytest.mark.parametrize(
    "row",
    [
        {"lang": "en", "question": ""},
        {"lang": "en", "question": "a", "sources": ["x"]},
        {"lang": "en", "question": "a", "answers": ["x"]},
        {"lang": "en", "question": "a", "answers": ["x"], "sources": ["x"], "kind": "riddle"},
        {"lang": "en", "question": "a", "answers": ["x"], "sources": ["x"], "split": "both"},
        {"lang": "en", "question": "a", "answers": ["x"], "sources": ["x"], "kind": "follow-up"},
        {"lang": "en", "question": "a", "answers": ["x"], "sources": ["x"], "value": {"n": 1}},
    ],
)
def test_a_broken_line_of_the_benchmark_is_named(tmp_path: Path, row: dict[str, Any]) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text("\n" + json.dumps(row), "utf-8")
    with pytest.raises(BadData, match="line 2"):
        read_benchmark([path])


def test_missing_empty_and_doubled_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        read_benchmark([tmp_path / "none"])
    path = tmp_path / "one.jsonl"
    path.write_text("", "utf-8")
    with pytest.raises(BadData, match="no question"):
        read_benchmark([path])
    path.write_text(json.dumps(ROWS[0]), "utf-8")
    with pytest.raises(BadData, match="twice"):
        read_benchmark([path, path])


def test_every_reply_is_graded_by_its_text_alone(
    questions: list[BenchmarkQuestion], tmp_path: Path
) -> None:
    _, outcomes = run(questions, tmp_path)
    by_id = {each.question.id: each for each in outcomes}
    verdicts = {name: (each.verdict, each.as_wanted) for name, each in by_id.items()}
    assert verdicts == {
        "f1": ("right", True),
        "f2": ("wrong", False),
        "u1": ("refused", True),
        "u2": ("wrong", False),
        "g1": ("wrong", True),
        "n1": ("right", True),
    }
    assert by_id["f1"].quoted
    assert not by_id["f2"].quoted
    assert (by_id["f2"].n_supported, by_id["f2"].n_unsupported) == (0, 1)
    assert by_id["f1"].rank == 1
    assert by_id["f1"].reply.quotation_ms is not None
    assert by_id["u1"].reply.first_token_ms is None


def test_a_follow_up_is_asked_in_a_conversation_that_goes_again(
    questions: list[BenchmarkQuestion], tmp_path: Path
) -> None:
    engine, _ = run(questions, tmp_path)
    (request,) = [each for each in engine.asked if each.conversation_id is not None]
    assert request.question == "And for part-time staff?"
    assert not request.keep
    (turn,) = engine.kept[request.conversation_id]  # type: ignore[index]
    assert (turn.question, turn.generated) == ("How many days do full-time staff get?", "25 days.")
    assert engine.deleted == [request.conversation_id]


def test_what_is_searched_for_a_follow_up_stands_alone() -> None:
    history = (EarlierTurn("How many days do full-time staff get?", "25 days."),)
    query = search_query("And for part-time staff?", history)
    assert query == "How many days do part-time staff get?"


def test_a_stopped_run_goes_on_and_asks_nothing_twice(
    questions: list[BenchmarkQuestion], tmp_path: Path
) -> None:
    token, first = CancelToken(), WrittenDown()
    with pytest.raises(Cancelled):
        for event in ask_all(first, "Documents", questions, ReplyFolder(tmp_path), token):  # type: ignore[arg-type]
            if event.n_done == 2:
                token.cancel()
    assert len(first.asked) == 2
    second, outcomes = run(questions, tmp_path)
    assert len(second.asked) == len(questions) - 2
    assert len(outcomes) == len(questions)


def test_a_question_that_changed_or_a_damaged_reply_is_asked_again(
    questions: list[BenchmarkQuestion], tmp_path: Path
) -> None:
    run(questions, tmp_path)
    changed = replace(questions[0], text="Who is the chef?", split="dev")
    (tmp_path / "u2.json").write_text("{", "utf-8")
    engine, _ = run([changed, *questions[1:]], tmp_path)
    assert [each.question for each in engine.asked] == ["Who is the chef?", questions[3].text]


def test_shares_have_intervals_by_kind_and_language(
    questions: list[BenchmarkQuestion], tmp_path: Path
) -> None:
    _, outcomes = run(questions, tmp_path)
    lost = Citation(0, "And 3 more.", "", verified=False)
    reply = outcomes[0].reply
    cut = replace(reply, answer=replace(reply.answer, left_out=(lost,)))
    outcomes[0] = outcome_of(outcomes[0].question, cut)
    summary = summarise(outcomes)
    answerable = summary.row("answerable")
    assert answerable is not None
    assert (answerable.as_wanted.n, answerable.as_wanted.of) == (2, 3)
    assert 0 < answerable.as_wanted.low < 2 / 3 < answerable.as_wanted.high < 1
    assert answerable.verdicts == {"right": 2, "wrong": 1, "refused": 0, "silent": 0}
    assert (answerable.unsupported.n, answerable.unsupported.of) == (2, 4)
    assert (answerable.verified.n, answerable.verified.of) == (3, 3)
    assert answerable.top1.n == answerable.top3.n == answerable.found.n == 3
    japanese = summary.row("fact", "ja")
    assert japanese is not None
    assert japanese.as_wanted.n == 0
    assert summary.row("cross") is None
    assert [each.what for each in summary.times][:2] == ["first quotation", "first token"]
    shape = json.loads(json.dumps(summary_shape(summary, outcomes)))
    assert shape["n"] == len(questions)
    assert shape["rows"][0]["as_wanted"]["share"] == 0.6667
    assert {each["id"] for each in shape["questions"]} == {row["id"] for row in ROWS}


def test_the_page_shows_every_question_and_escapes_what_was_written(
    questions: list[BenchmarkQuestion], tmp_path: Path
) -> None:
    _, outcomes = run(questions, tmp_path)
    first = outcomes[0]
    evil = replace(first.reply.answer, generated="<script>alert(1)</script>")
    outcomes[0] = outcome_of(first.question, replace(first.reply, answer=evil))
    page = golden_page("tiny", summarise(outcomes), outcomes)
    for question in questions:
        assert question.text in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<b>wrong</b>: the value is not in it" in page
