"""From cases to the numbers that the program refuses by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.retrieval.evidence_features import VECTORS, WORDS
from engine.retrieval.refusal import RefusalNumbers, Regression
from engine.workshop.refusal.cases import RefusalCase
from engine.workshop.refusal.regression import Rates, balanced, fit, rates, threshold

MOST_WRONG = 0.06
"""Share of the answerable cases that may be refused, of those fitted on that are about a company's
documents: what is usual there is not what is usual in an encyclopedia."""

SURE_LOG_ODDS = 0.5
"""Evidence that more likely answers than not is quoted even if nothing that a model wrote of it is
supported: a model of half a billion is as often wrong about evidence that answers. Even odds at
first; when the search had got better scores rose, and with 0.5 of 140 golden questions four more
without an answer are refused, for four with one, of which one loses a first quotation that is
right."""

HOPELESS_LOG_ODDS = -2.4
"""One in twelve: between here and the border above, a capable model is asked and its text decides.
Of six answerable golden questions that were refused without asking, five lie here."""


def fit_numbers(cases: Sequence[RefusalCase], fitted: Mapping[str, str]) -> RefusalNumbers:
    """Fit both regressions on the cases that are not kept aside.

    Args:
        cases: All of them.
        fitted: What the file says of itself.
    """
    ours = [case for case in cases if not case.held and case.features]
    return RefusalNumbers(dict(fitted), _fitted(WORDS, ours), _fitted(VECTORS, ours))


def rates_of(cases: Sequence[RefusalCase], numbers: RefusalNumbers) -> Rates:
    """Return how well the program refuses these cases by their evidence alone."""
    log_odds = [numbers.vectors.log_odds(case.features) for case in cases]
    refused = [value < numbers.vectors.threshold for value in log_odds]
    return rates(log_odds, refused, [case.answerable for case in cases])


def _fitted(names: Sequence[str], cases: Sequence[RefusalCase]) -> Regression:
    weights = balanced([(case.source, case.answerable) for case in cases])
    found = fit(names, [c.features for c in cases], [c.answerable for c in cases], weights)
    companies = [case for case in cases if case.company] or cases
    good = [found.log_odds(case.features) for case in companies if case.answerable]
    border = threshold(good, MOST_WRONG)
    return replace(
        found, threshold=border, sure=SURE_LOG_ODDS, hopeless=min(border, HOPELESS_LOG_ODDS)
    )
