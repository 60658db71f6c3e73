"""What a reply is worth."""

from __future__ import annotations

import pytest

from engine.workshop.questions.evidence import REFUSAL
from engine.workshop.questions.scoring import read_reply, score, word_f1


@pytest.mark.parametrize(
    ("text", "answer", "cited"),
    [
        ("Paris [2]", "Paris", (2,)),
        ("[3] Paris [3]", "Paris", (3,)),
        ("Paris [1] [2]", "Paris", (1, 2)),
        ("Paris", "Paris", ()),
        ("The year [1999x]", "The year [1999x]", ()),
        ("", "", ()),
    ],
)
def test_a_reply_is_taken_apart(text: str, answer: str, cited: tuple[int, ...]) -> None:
    reply = read_reply(text)
    assert (reply.answer, reply.cited, reply.refused) == (answer, cited, False)


@pytest.mark.parametrize(
    "text",
    [REFUSAL, REFUSAL.lower(), f"{REFUSAL} [1]", "The text does not mention who built it."],
)
def test_refusals_are_seen_in_the_models_own_words_too(text: str) -> None:
    found = score(read_reply(text), ("mention",), 1)
    assert (found.refused, found.f1, found.exact, found.citation) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("found", "expected", "f1"),
    [
        ("the Eiffel Tower", "Eiffel tower.", 1.0),
        ("Eiffel", "Eiffel tower", 2 / 3),
        ("a b c d", "c", 0.4),  # "a" is an article: precision 1/3, recall 1
        ("x x", "x", 2 / 3),
        ("nothing", "Eiffel tower", 0.0),
        ("", "Eiffel tower", 0.0),
    ],
)
def test_f1_counts_words_once_each(found: str, expected: str, f1: float) -> None:
    assert word_f1(found, expected) == pytest.approx(0.5 if found == "a b c d" else f1)


def test_a_citation_of_something_else_beside_the_evidence_earns_nothing() -> None:
    assert score(read_reply("Paris [2]"), ("Paris",), 2).citation == 1
    assert score(read_reply("Paris [2] [1]"), ("Paris",), 2).citation == 0
    assert score(read_reply("Paris"), ("Paris",), 2).citation == 0
    assert score(read_reply("Paris [2]"), ("Rome", "Paris"), 2).exact == 1
