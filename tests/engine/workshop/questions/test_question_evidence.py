"""Evidence: what is asked can be answered from the passage it names, or must be refused."""

from __future__ import annotations

import random

import pytest

from engine.workshop.questions.evidence import REFUSAL, Asked, EvidenceBuilder, EvidenceSettings
from engine.workshop.questions.file import Question

LONG = "Filler goes on and on here. " * 30


def question(n: int, **changes: object) -> Question:
    fields: dict[str, object] = {
        "id": f"q{n}",
        "language": "en",
        "text": f"What is in box {n}?",
        "answers": (f"item{n}",),
        "gold": (f"{LONG}The box {n} holds item{n}. {LONG}",),
        "distractors": tuple(f"{LONG}The box {k} holds item{k}. {LONG}" for k in (n + 1, n + 2)),
        "title": f"Boxes {n}",
    }
    return Question(**{**fields, **changes})  # type: ignore[arg-type]


MANY = [question(n) for n in range(12)]


@pytest.mark.parametrize("seed", range(20))
def test_every_answer_stands_in_the_passage_that_is_named(seed: int) -> None:
    builder = EvidenceBuilder(MANY, EvidenceSettings(max_distractors=4))
    evidence = builder.build(MANY[seed % 12], random.Random(seed))
    assert evidence is not None
    assert len(evidence.headings) == len(evidence.texts)
    for asked in evidence.asked:
        if asked.gold:
            (number,) = asked.gold
            assert asked.answer in evidence.texts[number - 1]
            assert asked.reply == f"{asked.answer} [{number}]"
        else:
            item = f"item{asked.question.removeprefix('What is in box ').rstrip('?')}"
            assert asked.reply == REFUSAL
            assert not any(f"{item}." in text for text in evidence.texts)


def test_passages_are_cut_around_the_answer() -> None:
    settings = EvidenceSettings(passage_characters=(200, 200), unanswerable=0)
    evidence = EvidenceBuilder(MANY, settings).build(MANY[0], random.Random(0))
    assert evidence is not None and all(len(text) <= 200 for text in evidence.texts)


def test_refusals_are_about_the_wanted_share() -> None:
    builder = EvidenceBuilder(MANY, EvidenceSettings(max_distractors=4, unanswerable=0.3))
    rng = random.Random(0)
    built = [builder.build(q, rng, n_distractors=3) for q in MANY * 10]
    asked = [item for evidence in built if evidence for item in evidence.asked]
    refused = sum(not item.gold for item in asked)
    assert 0.15 < refused / len(asked) < 0.4


def test_evidence_is_withheld_in_the_wanted_share_of_cases() -> None:
    builder = EvidenceBuilder(MANY, EvidenceSettings(max_distractors=4, unanswerable=0.3))
    rng = random.Random(0)
    n_withheld = 0
    for seed in MANY * 20:
        evidence = builder.build(seed, rng, n_distractors=2)
        assert evidence is not None
        mine = next(item for item in evidence.asked if item.question == seed.text)
        shown = any(seed.answers[0] + "." in text for text in evidence.texts)
        assert (mine.reply == REFUSAL) is not shown
        n_withheld += not shown
    assert 0.2 < n_withheld / 240 < 0.4


def test_evidence_alone_is_never_withheld() -> None:
    builder = EvidenceBuilder(MANY, EvidenceSettings(unanswerable=1.0))
    evidence = builder.build(MANY[0], random.Random(0), n_distractors=0)
    assert evidence is not None and evidence.asked[0].gold == (1,)


@pytest.mark.parametrize(
    "changes",
    [{"answers": ("x" * 200,)}, {"answers": ("nowhere",)}, {"answers": ()}],
)
def test_a_question_without_a_short_answer_in_its_evidence_is_no_use(changes: dict) -> None:
    odd = question(99, **changes)
    assert EvidenceBuilder([*MANY, odd], EvidenceSettings()).build(odd, random.Random(0)) is None


def test_yes_and_no_need_not_stand_in_the_text() -> None:
    odd = question(99, answers=("yes",))
    evidence = EvidenceBuilder([odd], EvidenceSettings(unanswerable=0)).build(odd, random.Random(0))
    assert evidence is not None
    assert evidence.asked[0].answer == "yes" and evidence.asked[0].gold


def test_a_distractor_never_holds_the_answer() -> None:
    wrong = f"{LONG}Here item0 is named too. {LONG}"
    first = question(0, distractors=(wrong, *MANY[0].distractors))
    builder = EvidenceBuilder([first], EvidenceSettings(unanswerable=0))
    for seed in range(10):
        evidence = builder.build(first, random.Random(seed), n_distractors=3)
        assert evidence is not None
        assert sum("item0" in text for text in evidence.texts) == 1


def test_a_reply_may_name_several_passages() -> None:
    assert Asked("?", "both", (1, 3)).reply == "both [1] [3]"
