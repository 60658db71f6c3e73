from __future__ import annotations

from engine.records import DocumentRef, Extract, Location, Passage, RetrievedPassage
from engine.retrieval import evidence_answers
from engine.retrieval.answerability import answer_support


def passage(similarity: float | None = 0.88) -> RetrievedPassage:
    document = DocumentRef(1, "a.txt", "/a.txt", "", 0.0, "text/plain")
    found = Passage(1, document, 0, 0, 10, "x" * 10, "", Location("line", 1))
    return RetrievedPassage(1, found, 0.03, 1, 1, similarity)


def extract(score: float, quote: str = "It takes 3 days.") -> Extract:
    return Extract(1, quote, 0, len(quote), score)


def test_strong_support_answers_and_weak_support_does_not() -> None:
    assert evidence_answers("What is the rule?", (passage(),), (extract(0.7),))
    assert not evidence_answers("What is the rule?", (passage(),), (extract(0.2),))


def test_without_evidence_there_is_no_answer() -> None:
    assert not evidence_answers("What is the rule?", (), ())
    assert not evidence_answers("What is the rule?", (passage(),), ())
    assert not evidence_answers("   ", (passage(),), (extract(0.9),))


def test_a_near_passage_speaks_for_an_answer_and_a_far_one_against() -> None:
    question, extracts = "What is the rule?", (extract(0.4),)
    assert evidence_answers(question, (passage(0.90),), extracts)
    assert not evidence_answers(question, (passage(0.80),), extracts)


def test_passages_whose_vectors_are_still_to_come_are_judged_by_their_words() -> None:
    assert answer_support("What is the rule?", (passage(None),), (extract(0.5),)) == 0.5


def test_a_unit_that_was_asked_for_and_is_not_there_speaks_against() -> None:
    row = "Model: KF-200-50 | Price GBP: 795.00 | Lead time (weeks): 6"
    found = (extract(0.6, row),)
    assert not evidence_answers("How much does a KF-200-50 weigh?", (passage(),), found)
    assert evidence_answers("What is the price of a KF-200-50?", (passage(),), found)
    assert not evidence_answers("KF-200-50の質量は何グラムですか。", (passage(),), found)
