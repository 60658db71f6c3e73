"""Judging evidence by the learnt numbers."""

from __future__ import annotations

import pytest

from engine.records import DocumentRef, Location, Passage, RetrievedPassage
from engine.retrieval import judge
from engine.retrieval.answerability import Judgement
from engine.retrieval.deciding import asked_names
from engine.retrieval.evidence_features import VECTORS, WORDS, evidence_features
from engine.retrieval.extracts import rank_sentences
from engine.retrieval.refusal import RefusalNumbers, Regression, probability

PRICES = (
    "Model: KF-200-50 | Price GBP: 795.00 | Lead time (weeks): 6\n"
    "Model: KF-200-80 | Price GBP: 910.00 | Lead time (weeks): 8"
)


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
    assert (there["names_apart"], nowhere["names_apart"]) == (0, 1)
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


@pytest.mark.parametrize(
    ("log_odds", "answers", "sure", "hopeless"),
    [
        (-2.0, False, False, True),
        (-0.5, False, False, False),
        (0.5, True, False, False),
        (2.0, True, True, False),
    ],
)
def test_between_the_borders_it_stays_open(
    log_odds: float, answers: bool, sure: bool, hopeless: bool
) -> None:
    always = Regression(log_odds, {}, threshold=0.0, sure=1.0, hopeless=-1.0)
    found = passages()
    ranked = rank_sentences("price?", found, None)
    said = judge("price?", found, ranked, RefusalNumbers({}, always, always))
    assert (said.answers, said.sure, said.hopeless) == (answers, sure, hopeless)
    assert said.score == pytest.approx(probability(log_odds))
