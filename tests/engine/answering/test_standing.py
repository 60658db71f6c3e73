"""Answers from older versions say so; what two documents say otherwise is shown of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.events import AnswerFinished
from engine.inference.chat_model import ChatModel
from engine.records import Answer

TERMS = "1. Carriage\n1.1 Carriage is free above {limit} euros.\n1.2 Pallets are exchanged."


def no_model() -> ChatModel:
    raise AssertionError("the model does not write this language")


def ask(shelf, question: str, tiny_model) -> Answer:
    """Ask with a model that does not write the language: the answer is quoted."""
    *_, last = shelf.ask(question, no_model, replace(tiny_model, languages=("fr",)), insist=True)
    assert isinstance(last, AnswerFinished)
    return last.answer


def notices(answer: Answer, *codes: str) -> list[tuple[str, dict[str, object]]]:
    return [(n.code, dict(n.data)) for n in answer.notices if n.code in codes]


VERSION_CODES = ("older-version", "newer-version-says")
ASKED = "Above which amount is carriage free?"


@pytest.fixture
def terms(shelf):
    shelf.add("/docs/delivery-2022.txt", TERMS.format(limit=250))
    shelf.add("/docs/delivery-2024.txt", TERMS.format(limit=400))
    return shelf


def test_an_older_version_that_is_cited_names_the_newer_and_what_it_says(terms, tiny_model):
    found = ask(terms, f"{ASKED} file:delivery-2022", tiny_model)
    assert notices(found, *VERSION_CODES) == [
        (
            "newer-version-says",
            {
                "document": "delivery-2022.txt",
                "newer": "delivery-2024.txt (2024)",
                "quote": "Carriage is free above 400 euros.",
            },
        )
    ]


def test_where_the_newer_says_the_same_only_its_name_is_told(terms, tiny_model):
    found = ask(terms, "Are pallets exchanged? file:delivery-2022", tiny_model)
    assert [code for code, _ in notices(found, *VERSION_CODES)] == ["older-version"]


def test_an_answer_from_the_version_in_force_has_nothing_to_add(terms, tiny_model):
    found = ask(terms, f"{ASKED} file:delivery-2024", tiny_model)
    assert notices(found, *VERSION_CODES) == []


@pytest.mark.parametrize(
    "question",
    [
        "Above which amount was carriage free under the old terms? file:delivery-2022",
        "Above which amount was carriage free in 2022? file:delivery-2022",
    ],
)
def test_who_asks_for_the_older_one_is_told_nothing(terms, tiny_model, question):
    assert notices(ask(terms, question, tiny_model), *VERSION_CODES) == []


def test_versions_do_not_contradict_each_other(terms, tiny_model):
    assert notices(ask(terms, ASKED, tiny_model), "documents-disagree") == []


def test_two_documents_that_say_otherwise_are_both_shown_without_a_model(shelf, tiny_model):
    shelf.add("/docs/canteen.txt", "A guest pays 9 euros for lunch in the canteen.")
    shelf.add("/docs/visitors.txt", "Made on 3 May 2024. A guest pays 7 euros for lunch here.")
    found = ask(shelf, "How much does a guest pay for lunch?", tiny_model)
    said = notices(found, "documents-disagree")
    assert len(said) == 1
    shown = {found.citations[0].quote, str(said[0][1]["quote"])}
    assert {part for text in shown for part in ("9 euros", "7 euros") if part in text} == {
        "9 euros",
        "7 euros",
    }


def test_siblings_with_other_figures_are_no_contradiction(shelf, tiny_model):
    shelf.add("/docs/minutes-may.txt", "In May the yard had 31 visitors from Leeds.")
    shelf.add("/docs/minutes-june.txt", "In June the yard had 45 visitors from Leeds.")
    found = ask(shelf, "How many visitors did the yard have in May?", tiny_model)
    assert notices(found, "documents-disagree") == []
