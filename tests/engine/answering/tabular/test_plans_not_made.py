"""What no plan is made of: a word that nothing explains, a column that is not there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from engine.answering.asked import Asked
from engine.answering.gathering import AnswerRequest
from engine.answering.tabular import plan_for
from engine.answering.tabular.planning import SURE
from engine.answering.tabular.wanted import wanted
from engine.records import Coverage
from engine.text import language_of


@pytest.fixture
def confidence(desk, tmp_path: Path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "prices.csv").write_text(
        "Article,Colour,Price (EUR),Stock\nChair,red,120,4\nDesk,blue,300,9\n", encoding="utf-8"
    )
    desk.open(folder)

    def of(question: str) -> float:
        request = AnswerRequest(question, desk.collection, Coverage(1, 0, 1))
        asked = Asked(request, question, language_of(question), "table", False, time.perf_counter())
        found = plan_for(asked, desk.resources)
        return found.confidence if found else 0.0

    return of


def test_what_a_table_explains_is_planned(confidence) -> None:
    assert confidence("What is the price of the chair?") >= SURE
    assert confidence("How much is the cheapest article?") >= SURE


@pytest.mark.parametrize(
    "question",
    [
        "What is the weight of the chair?",
        "What is the price of the sofa?",
        "What was the old price of the chair?",
        "What is the price of the chair in Norway?",
        "When was the chair delivered?",
        "How many chairs were sold?",
        "Why is the desk blue?",
        "ソファの価格はいくらですか",
    ],
)
def test_what_it_does_not_explain_is_not(confidence, question: str) -> None:
    assert confidence(question) < SURE


def test_filters_of_the_question_choose_documents(confidence) -> None:
    assert confidence("What is the price of the chair? file:prices") >= SURE
    assert confidence("What is the price of the chair? file:other") == 0.0


def test_a_question_is_read_into_limits_dates_and_groups() -> None:
    found = wanted("Total cost per department over 1.5 million yen before 1 May 2025")
    (limit,), (moment,) = found.limits, found.moments
    assert (limit.relation, limit.value, limit.unit) == (">", 1_500_000, "yen")
    assert moment.relation == "<" and moment.dates[0].month == 5
    assert found.aim == "sum" and found.group.startswith("department")
    found = wanted("2025年度に10万円以上の注文は何件ですか")
    assert found.moments[0].fiscal and found.aim == "count"
    assert (found.limits[0].relation, found.limits[0].value) == (">=", 100_000)
    found = wanted("top 3 clients between January and March")
    assert found.n_top == 3 and [m.relation for m in found.moments] == [">=", "<="]
