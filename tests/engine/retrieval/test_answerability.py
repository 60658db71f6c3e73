"""Judging evidence: by the learnt numbers, and by a chat model where they leave it to one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.inference.probing import Probed
from engine.records import DocumentRef, Location, Passage, RetrievedPassage
from engine.retrieval import judge
from engine.retrieval.answerability import Judgement
from engine.retrieval.evidence_features import VECTORS, WORDS, asked_names, evidence_features
from engine.retrieval.extracts import rank_sentences
from engine.retrieval.refusal import ChatRegression, RefusalNumbers, Regression, probability

PRICES = (
    "Model: KF-200-50 | Price GBP: 795.00 | Lead time (weeks): 6\n"
    "Model: KF-200-80 | Price GBP: 910.00 | Lead time (weeks): 8"
)
MODEL_SAYS = {"margin": 1.0, "evidence": 0.5}


def passages(text: str = PRICES, similarity: float | None = 0.88) -> tuple[RetrievedPassage, ...]:
    document = DocumentRef(1, "prices.xlsx", "/prices.xlsx", "Prices 2025", 0.0, "text/plain")
    found = Passage(1, document, 0, 0, len(text), text, "", Location("sheet", 1, name="P"))
    return (RetrievedPassage(1, found, 0.03, 1, 1, similarity),)


def judged(question: str, *, text: str = PRICES, similarity: float | None = 0.88) -> Judgement:
    found = passages(text, similarity)
    return judge(question, found, rank_sentences(question, found, None))


def features(question: str, text: str = PRICES) -> dict[str, float]:
    found = passages(text)
    return evidence_features(question, found, rank_sentences(question, found, None))


def test_what_stands_there_is_answered_and_what_is_far_from_it_is_not() -> None:
    assert judged("What is the price of the KF-200-50?").answers
    assert not judged("Who painted the Mona Lisa?", similarity=0.76).answers


def test_without_evidence_there_is_no_answer() -> None:
    found = passages()
    ranked = rank_sentences("price", found, None)
    for said in (judge("price?", (), ()), judge("price?", found, ()), judge("  ", found, ranked)):
        assert not said.answers and said.score < 0.01


def test_a_model_that_stands_nowhere_speaks_against() -> None:
    there, nowhere = features("Price of the KF-200-50?"), features("Price of the KF-200-65?")
    assert (there["names_missing"], nowhere["names_missing"]) == (0, 1)
    known = judged("Price of the KF-200-50?").log_odds
    assert known > judged("Price of the KF-200-65?").log_odds + 1


def test_a_unit_that_was_asked_for_and_is_not_there_speaks_against() -> None:
    assert features("How much does a KF-200-50 weigh?")["unit_missing"] == 1
    assert features("What is the price of a KF-200-50?")["unit_missing"] == 0
    assert features("KF-200-50の質量は何グラムですか。")["unit_missing"] == 1


def test_passages_whose_vectors_are_still_to_come_are_judged_by_their_words() -> None:
    question = "What is the price of the KF-200-50?"
    found = passages(similarity=None)
    ranked = rank_sentences(question, found, None)
    assert set(evidence_features(question, found, ranked)) == set(WORDS)
    assert set(features(question)) == set(VECTORS)
    assert judged(question, similarity=None).answers


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What does the KF-200 cost in 2025?", ("kf-200", "2025")),
        ("Does Kappel Boote pay?", ("kappel", "boote")),
        ("MY-420に含まれるアレルゲンは何ですか。", ("my-420", "my-420", "アレルゲン")),
        ("1キロいくらですか。", ()),
    ],
)
def test_what_is_asked_for_by_name(question: str, names: tuple[str, ...]) -> None:
    assert set(asked_names(question)) == set(names)


def numbers(evidence: float) -> RefusalNumbers:
    """Numbers by which all evidence has the same log odds, and a model named "big" is asked."""
    always = Regression(evidence, {}, threshold=0.0)
    asked = ChatRegression(("big*",), 2.0, -2.0, Regression(0.0, MODEL_SAYS, threshold=1.0))
    return RefusalNumbers({}, always, always, (asked,))


def test_only_doubtful_evidence_is_left_to_a_model_that_is_known() -> None:
    found = passages()
    ranked = rank_sentences("price?", found, None)

    def said(evidence: float, model: str) -> Judgement:
        return judge("price?", found, ranked, model, numbers(evidence))

    assert said(1.0, "big one").chat is not None
    assert said(1.0, "other").chat is None and said(1.0, "other").answers
    assert said(1.0, "").chat is None
    assert said(2.5, "big one").chat is None and said(2.5, "big one").answers
    assert said(-2.5, "big one").chat is None and not said(-2.5, "big one").answers


def test_the_model_decides_what_is_left_to_it() -> None:
    found = passages()
    doubtful = judge("price?", found, rank_sentences("price?", found, None), "big", numbers(0.5))
    accepted, score = doubtful.with_model(Probed(margin=3.0, entropy=0.5, likeliest=0.9))
    assert accepted and score == pytest.approx(probability(3.25))
    accepted, score = doubtful.with_model(Probed(margin=-3.0, entropy=0.5, likeliest=0.9))
    assert not accepted and score < 0.1
    alone = replace(doubtful, chat=None)
    assert alone.with_model(Probed(-9.0, 0.5, 0.9)) == (True, alone.score)
