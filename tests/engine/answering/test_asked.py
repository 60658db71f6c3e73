"""A question is completed and of one kind before anything is searched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from kind_asker import SMALL, never

from engine.answering.asked import Asked, understand
from engine.errors import FilterUnreadable
from engine.records import Answer, QuestionKind, Turn

Understand = Callable[..., Asked]


@pytest.fixture
def asked(shelf: Any) -> Understand:
    resources = shelf.resources(never, SMALL)

    def made(question: str, **more: object) -> Asked:
        return understand(shelf.request(question, **more), resources)

    return made


@pytest.fixture
def turn(shelf: Any) -> Callable[[str, QuestionKind], Turn]:
    *_, last = shelf.ask("Hello", never, SMALL)

    def made(question: str, kind: QuestionKind) -> Turn:
        answer: Answer = replace(last.answer, question=question, search_query=question, kind=kind)
        return Turn(1, 1.0, answer)

    return made


def test_a_question_alone_is_what_it_says(asked: Understand) -> None:
    found = asked("仕入先は何社ありますか。")
    assert (found.query, found.kind, found.language) == ("仕入先は何社ありますか。", "count", "ja")
    assert not found.chosen


def test_the_kind_that_the_user_chose_is_kept(asked: Understand) -> None:
    found = asked("How many suppliers do we have?", kind="list")
    assert (found.kind, found.chosen) == ("list", True)


@pytest.mark.parametrize("filters", ["file:price-list ", "type:pdf after:2024 "])
def test_filters_say_where_and_not_what(asked: Understand, filters: str) -> None:
    found = asked(f"{filters}List all suppliers")
    assert found.kind == "list"
    assert found.query.startswith(filters.strip())


def test_a_filter_that_cannot_be_read_is_refused(asked: Understand) -> None:
    with pytest.raises(FilterUnreadable):
        asked("List all suppliers after:yesterdayish")


def test_a_filter_alone_has_a_kind(asked: Understand, turn: Callable[..., Turn]) -> None:
    assert asked("type:pdf").kind == "fact"
    assert asked("type:pdf", history=(turn("List all suppliers", "list"),)).kind == "list"


def test_a_follow_up_is_completed_and_of_the_kind_before(
    asked: Understand, turn: Callable[..., Turn]
) -> None:
    history = (turn("How many contracts end in 2025?", "count"),)
    found = asked("And in 2026?", history=history)
    assert found.kind == "count"
    assert "contracts" in found.query
    assert "2026" in found.query
