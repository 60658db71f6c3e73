"""What sounds like any other fact is answered by a table that explains all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from table_desk import Desk

from engine.answering.answer import AnswerRequest, answer
from engine.cancel import CancelToken
from engine.events import AnswerFinished
from engine.records import Answer, AttentionChoice, Coverage


@pytest.fixture
def prices(desk: Desk, tmp_path: Path) -> Desk:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "prices.csv").write_text(
        "Article,Colour,Price (EUR),Stock\nChair,red,120,4\nDesk,blue,300,9\n", encoding="utf-8"
    )
    desk.open(folder)
    return desk


def asked(desk: Desk, question: str, **more: object) -> Answer:
    request = AnswerRequest(question, desk.collection, Coverage(1, 0, 1), **more)  # type: ignore[arg-type]
    *_, last = answer(request, AttentionChoice(), desk.resources, CancelToken())
    assert isinstance(last, AnswerFinished)
    return last.answer


def test_a_value_that_a_cell_states_comes_from_the_cell(prices: Desk) -> None:
    found = asked(prices, "What is the price of the chair?")
    assert found.kind == "table"
    assert "120" in found.text.split("\n")[0]
    assert found.citations[0].quote == "120"


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("What is the price of the chair?", {"kind": "fact"}),
        ("What is the price of the chair?", {"insist": True}),
        ("Who signed the lease of the office in Norway?", {}),
    ],
)
def test_what_is_to_be_looked_up_or_is_not_explained_is_looked_up(
    prices: Desk, question: str, more: dict[str, object]
) -> None:
    with pytest.raises(AssertionError, match="no model is needed"):  # a search needs one
        asked(prices, question, **more)


def test_a_figure_that_a_cell_states_is_not_counted_as_things(prices: Desk) -> None:
    found = asked(prices, "How many Chair are in stock?")
    assert found.kind == "table"
    assert found.text.startswith("**4**")
