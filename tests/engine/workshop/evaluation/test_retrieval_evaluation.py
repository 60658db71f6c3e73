from __future__ import annotations

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled, ModelMissing
from engine.workshop.evaluation.retrieval import (
    EvaluationProgressed,
    RetrievalEvaluated,
    RetrieverScores,
    evaluate_retrieval,
)
from engine.workshop.questions.file import Question

LUNCH = "Lunch is served at noon in the canteen."


def question(number: int, language: str, text: str, gold: str, *others: str) -> Question:
    return Question(str(number), language, text, ("x",), (gold,), others)


QUESTIONS = [
    question(1, "en", "How many days of leave?", "Employees receive 20 days of leave.", LUNCH),
    question(2, "en", "When is lunch served?", LUNCH, "Employees receive 20 days of leave."),
    question(
        3, "ja", "有効期間は何年ですか？", "契約の有効期間は2年とする。", "裁判所は東京とする。"
    ),
    question(4, "ja", "天気はどうですか？", "全く関係のない文章です。", LUNCH),
]


def never() -> None:
    raise ModelMissing(name="multilingual-e5-small")


def lexical(questions: list[Question]) -> tuple[list[EvaluationProgressed], RetrievalEvaluated]:
    *progress, last = evaluate_retrieval(questions, ["lexical"], never)  # type: ignore[arg-type]
    assert isinstance(last, RetrievalEvaluated)
    return progress, last  # type: ignore[return-value]


def test_lexical_needs_no_model_and_counts_what_it_finds() -> None:
    progress, finished = lexical(QUESTIONS)
    (scores,) = finished.scores
    assert isinstance(scores, RetrieverScores)
    assert finished.n_passages == 5
    assert scores.overall.n == 4
    assert scores.overall.means["recall@1"] == 0.75
    assert scores.languages["en"].means["recall@1"] == 1
    assert scores.languages["ja"].means["recall@1"] == 0.5
    low, high = scores.overall.intervals["recall@1"]
    assert low < 0.75 < high
    assert [p.n_done for p in progress if p.stage == "index"] == [1, 2, 3, 4, 5]
    assert progress[-1] == EvaluationProgressed("lexical", 4, 4)


def test_a_gold_passage_written_in_full_width_still_counts() -> None:
    wide = "Ｅｍｐｌｏｙｅｅｓ receive 20 days."
    _, finished = lexical([question(1, "en", "Employees receive days?", wide, wide.lower())])
    assert finished.scores[0].overall.means["recall@1"] == 1


def test_dense_without_the_model_is_refused() -> None:
    with pytest.raises(ModelMissing):
        list(evaluate_retrieval(QUESTIONS, ["lexical", "dense"], never))  # type: ignore[arg-type]


def test_it_stops_when_asked() -> None:
    token = CancelToken()
    events = evaluate_retrieval(QUESTIONS, ["lexical"], never, token)  # type: ignore[arg-type]
    next(events)
    token.cancel()
    with pytest.raises(Cancelled):
        list(events)
