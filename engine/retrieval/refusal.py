"""The learnt part of refusing: regressions over what is known of the evidence, as data.

``assets/refusal.json`` holds them; :mod:`engine.workshop.refusal` makes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.codec import NotARecord, from_plain
from engine.errors import BadData
from engine.paths import ASSETS_DIR
from engine.retrieval.evidence_features import VECTORS, WORDS, Features

PATH = ASSETS_DIR / "refusal.json"


@dataclass(frozen=True)
class Regression:
    """A logistic regression.

    Attributes:
        bias: Log odds of "answered" with all features 0.
        weights: By feature, in log odds a unit.
        threshold: Log odds from which on it counts as answered.
        sure: Log odds from which on it does so whatever a model makes of it.
        hopeless: Log odds below which no model is asked.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float
    sure: float
    hopeless: float

    def log_odds(self, features: Mapping[str, float]) -> float:
        """Return the log odds that the evidence answers; features without a weight do not count."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())


@dataclass(frozen=True)
class RefusalNumbers:
    """All that was learnt.

    Attributes:
        fitted: On what and when, for people.
        words: Where no passage has a vector yet.
        vectors: Otherwise.
    """

    fitted: Mapping[str, str]
    words: Regression
    vectors: Regression

    def of_evidence(self, features: Features) -> Regression:
        """Return the regression for these features."""
        return self.vectors if VECTORS[-1] in features else self.words


@cache
def refusal_numbers(path: Path = PATH) -> RefusalNumbers:
    """Return what was learnt.

    Raises:
        BadData: The file is no such record, or names a feature that there is not.
    """
    try:
        numbers = from_plain(RefusalNumbers, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, NotARecord) as error:
        raise BadData(path=str(path), line=1, detail=str(error)) from error
    for regression, names in ((numbers.words, WORDS), (numbers.vectors, VECTORS)):
        borders = (regression.bias, regression.threshold, regression.sure, regression.hopeless)
        unknown = sorted(set(regression.weights) - set(names))
        if unknown or not all(map(math.isfinite, (*borders, *regression.weights.values()))):
            detail = f"no feature {unknown[0]}" if unknown else "a number is not finite"
            raise BadData(path=str(path), line=1, detail=detail)
    return numbers


def probability(log_odds: float) -> float:
    """Return the probability of log odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
