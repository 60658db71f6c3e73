"""From cases to the numbers that the program refuses by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.retrieval.answerability import Judgement
from engine.retrieval.evidence_features import VECTORS, WORDS
from engine.retrieval.refusal import ChatRegression, RefusalNumbers, Regression
from engine.workshop.refusal.cases import RefusalCase
from engine.workshop.refusal.regression import Rates, balanced, fit, rates, threshold

MOST_WRONG = 0.05
"""Share of the answerable cases that may be refused, of those fitted on."""

HOPELESS = 0.01
"""Share of them that lies where no chat model is asked before refusing."""

SURE = 0.05
"""Share of the unanswerable cases that lies where none is asked before answering."""

OF_CHAT = ("evidence", "margin", "entropy", "japanese")


@dataclass(frozen=True)
class Signals:
    """A model's signals of one case, as :meth:`Judgement.with_model` takes them."""

    margin: float
    entropy: float
    likeliest: float


def fit_numbers(
    cases: Sequence[RefusalCase],
    models: Mapping[str, tuple[str, ...]],
    fitted: Mapping[str, str],
) -> RefusalNumbers:
    """Fit all regressions on the cases that are not kept aside.

    Args:
        cases: All of them.
        models: Names (with ``*``) that a model's regression is for, by the name of the model in
            the cases' signals; a model without signals is left out.
        fitted: What the file says of itself.
    """
    ours = [case for case in cases if not case.held and case.features]
    words = _of_evidence(WORDS, ours)
    vectors = _of_evidence(VECTORS, ours)
    chat = []
    for model, names in models.items():
        asked = [case for case in ours if model in case.signals]
        if asked:
            chat.append(_of_chat(model, names, vectors, asked, ours))
    return RefusalNumbers(dict(fitted), words, vectors, tuple(chat))


def decide(case: RefusalCase, numbers: RefusalNumbers, model: str = "") -> tuple[bool, float]:
    """Return whether a case counts as answered, and its log odds, as the program decides."""
    log_odds = numbers.vectors.log_odds(case.features)
    chat = numbers.of_model(model) if model else None
    if chat is None or model not in case.signals:
        return log_odds >= numbers.vectors.threshold, log_odds
    if not chat.hopeless < log_odds < chat.sure:
        # On the scale of the second regression a sure case lies above all, a hopeless one below.
        return log_odds >= chat.sure, log_odds + (50 if log_odds >= chat.sure else -50)
    judgement = Judgement(answers=False, log_odds=log_odds, chat=chat)
    judgement = replace(judgement, japanese=case.language == "ja")
    signals = Signals(**case.signals[model])
    features = judgement.model_features(signals)
    found = chat.regression.log_odds(features)
    return found >= chat.regression.threshold, found


def rates_of(cases: Sequence[RefusalCase], numbers: RefusalNumbers, model: str = "") -> Rates:
    """Return how well the program refuses these cases."""
    decided = [decide(case, numbers, model) for case in cases]
    return rates(
        [log_odds for _, log_odds in decided],
        [not answered for answered, _ in decided],
        [case.answerable for case in cases],
    )


def _of_evidence(names: Sequence[str], cases: Sequence[RefusalCase]) -> Regression:
    weights = balanced([(case.source, case.answerable) for case in cases])
    found = fit(names, [c.features for c in cases], [c.answerable for c in cases], weights)
    return replace(found, threshold=_threshold(found, cases, MOST_WRONG, answerable=True))


def _of_chat(
    model: str,
    names: tuple[str, ...],
    vectors: Regression,
    asked: Sequence[RefusalCase],
    everything: Sequence[RefusalCase],
) -> ChatRegression:
    hopeless = _threshold(vectors, everything, HOPELESS, answerable=True)
    sure = _threshold(vectors, everything, 1 - SURE, answerable=False)
    chat = ChatRegression(names, sure, hopeless, Regression(0.0, {}, 0.0))
    rows = []
    for case in asked:
        judgement = Judgement(False, vectors.log_odds(case.features), case.language == "ja", chat)
        rows.append(judgement.model_features(Signals(**case.signals[model])))
    weights = balanced([(case.source, case.answerable) for case in asked])
    found = fit(OF_CHAT, rows, [case.answerable for case in asked], weights)
    good = [
        (found.log_odds(row), weight)
        for row, case, weight in zip(rows, asked, weights, strict=True)
        if case.answerable
    ]
    border = threshold([value for value, _ in good], [w for _, w in good], MOST_WRONG)
    return replace(chat, regression=replace(found, threshold=border))


def _threshold(
    regression: Regression, cases: Sequence[RefusalCase], share: float, *, answerable: bool
) -> float:
    chosen = [case for case in cases if case.answerable == answerable]
    weights = balanced([(case.source, case.answerable) for case in chosen])
    return threshold([regression.log_odds(case.features) for case in chosen], weights, share)
