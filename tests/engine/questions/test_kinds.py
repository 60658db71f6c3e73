"""Kinds of questions: rules first, likeness where they see nothing, and what was asked before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import cast

import numpy as np
import pytest

from engine.embedding import Embedder
from engine.questions import recognise
from engine.questions.kinds import by_rules
from engine.questions.learnt import learnt_kinds
from engine.records import (
    Answer,
    AnswerStats,
    AttentionUse,
    Coverage,
    QuestionKind,
    Turn,
)

ANSWER = Answer(
    question="",
    search_query="",
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


def nobody() -> Embedder:
    """What must not be called: rules cost no vector."""
    raise AssertionError("the embedding model was asked for")


class Fixed:
    """An embedding model whose vectors all lie where questions of one kind do."""

    def __init__(self, kind: QuestionKind, name: str = "") -> None:
        learnt = learnt_kinds()
        self.name = name or learnt.embedder
        self.n_asked = 0
        weights = np.array(learnt.weights[kind], dtype=np.float32)
        self._vector = 5 * weights / np.linalg.norm(weights)

    def embed_query(self, _text: str) -> np.ndarray:
        self.n_asked += 1
        return self._vector


def given(fixed: Fixed) -> Embedder:
    """Return it as what it stands for."""
    return cast("Embedder", fixed)


def said(question: str, kind: QuestionKind) -> tuple[Turn, ...]:
    return (Turn(1, 1.0, replace(ANSWER, question=question, search_query=question, kind=kind)),)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many days of leave do I get?", "fact"),
        ("How many suppliers do we have?", "count"),
        ("How many units did we sell in March?", "table"),
        ("What is the average price of a pump?", "table"),
        ("Which document says how long records are kept?", "find"),
        ("Which spare parts fit the KF-200?", "list"),
        ("What changed between the policies of 2023 and 2025?", "compare"),
        ("Who must do what by when in the minutes?", "summary"),
        ("What is the difference in price between plan A and plan B?", "table"),
        ("Translate the notice into Japanese.", "translate"),
        ("Thank you!", "talk"),
        ("仕入先は何社ありますか。", "count"),
        ("有給休暇は何日ですか。", "fact"),
        ("3月に何台売れましたか。", "table"),
        ("申請書はどこにありますか。", "find"),
        ("仕入先を一覧にしてください。", "list"),
        ("旧版との違いを、規程ごとに教えてください。", "compare"),
        ("議事録をまとめてください。", "summary"),
        ("お知らせを英語に訳してください。", "translate"),
        ("ありがとうございます。", "talk"),
    ],
)
def test_rules_know_it_and_cost_nothing(question: str, kind: QuestionKind) -> None:
    assert recognise(question, nobody) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("List how many tenants are in arrears.", "count"),
        ("Summarise what changed in the lease.", "summary"),
        ("Translate the summary of the minutes.", "translate"),
        ("Compare the lists of suppliers of 2024 and 2025.", "compare"),
        ("取引先が何社あるか一覧で教えて", "count"),
        ("変更点を英語に訳して", "translate"),
    ],
)
def test_what_contradicts_itself_has_one_meaning(question: str, kind: QuestionKind) -> None:
    assert recognise(question, nobody) == kind


@pytest.mark.parametrize(
    "question",
    [
        "SELECT name FROM suppliers WHERE id = 1; DROP TABLE documents",
        "'; delete from turns; --",
        "¿Cuántos días de vacaciones tengo?",
        "Wie viele Lieferanten haben wir?",
        "Сколько дней отпуска?",
        "",
        "   ",
        "???",
        "\x00\ud800",
        "🙂",
        "((((",
    ],
)
def test_what_nothing_is_known_of_is_looked_up(question: str) -> None:
    other = cast("Embedder", Fixed("list", name="of-somebody-else"))
    assert recognise(question, lambda: other) == "fact"


@pytest.mark.parametrize("unit", ["what is ", "の文書", "which x ", "compare the ", "a"])
def test_a_text_of_any_length_has_a_kind(unit: str) -> None:
    other = cast("Embedder", Fixed("list", name="of-somebody-else"))
    assert recognise(unit * 5000, lambda: other)


def test_likeness_decides_where_rules_see_nothing() -> None:
    question = "supplier roster, north"
    assert by_rules(question) is None
    for kind in ("list", "fact"):
        fixed = Fixed(kind)
        assert recognise(question, partial(given, fixed)) == kind
        assert fixed.n_asked == 1


@pytest.mark.parametrize(
    "question", ["Only in 2025.", "in the price list", "2025年だけ", "And for Leeds?", ""]
)
@pytest.mark.parametrize("kind", ["list", "table", "count"])
def test_what_narrows_a_question_is_of_its_kind(question: str, kind: QuestionKind) -> None:
    assert recognise(question, nobody, said("Which suppliers are late?", kind)) == kind


def test_what_could_not_be_done_in_its_way_is_narrowed_in_its_way() -> None:
    before = said("List all suppliers.", "fact")
    assert recognise("only in 2025", nobody, before) == "list"
    talk = replace(before[0], answer=replace(ANSWER, question="Hello", kind="talk"))
    assert recognise("only in 2025", nobody, (*before, talk)) == "list"


@pytest.mark.parametrize(
    ("question", "kind"),
    [("How many are there?", "count"), ("When does it end?", "fact"), ("Summarise it.", "summary")],
)
def test_a_follow_up_with_a_wish_of_its_own_keeps_it(question: str, kind: QuestionKind) -> None:
    assert recognise(question, nobody, said("List all suppliers.", "list")) == kind


def test_a_verb_of_another_language_counts() -> None:
    assert recognise("Summarise 就業規則", nobody) == "summary"
