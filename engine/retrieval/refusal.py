"""The learnt part of refusing: regressions over what is known of the evidence, as data.

``assets/refusal.json`` holds them; :mod:`engine.workshop.refusal` makes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from engine.codec import NotARecord, from_plain
from engine.errors import BadData
from engine.paths import ASSETS_DIR
from engine.retrieval.evidence_features import VECTORS, WORDS, Features

PATH = ASSETS_DIR / "refusal.json"

OF_MODEL = ("evidence", "margin", "entropy", "likeliest", "japanese")
"""What a regression over a chat model's signals may look at: the log odds by the evidence alone,
the numbers of :class:`engine.inference.probing.Probed`, and the language of the question."""


@dataclass(frozen=True)
class Regression:
    """A logistic regression.

    Attributes:
        bias: Log odds of "answered" with all features 0.
        weights: By feature, in log odds a unit.
        threshold: Log odds from which on it counts as answered.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def log_odds(self, features: Mapping[str, float]) -> float:
        """Return the log odds that the evidence answers; features without a weight do not count."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())


@dataclass(frozen=True)
class ChatRegression:
    """What a chat model's signals add.

    Attributes:
        models: Names of the models it was fitted on, with ``*`` for any characters.
        sure: Log odds by the evidence alone from which on the model is not asked.
        hopeless: Log odds up to which it is refused without asking.
        regression: Over the features of :data:`OF_MODEL`.
    """

    models: tuple[str, ...]
    sure: float
    hopeless: float
    regression: Regression


@dataclass(frozen=True)
class RefusalNumbers:
    """All that was learnt.

    Attributes:
        fitted: On what, when and how well, for people.
        words: Where no passage has a vector yet.
        vectors: Otherwise.
        chat: By model; the first that names it counts.
    """

    fitted: Mapping[str, str]
    words: Regression
    vectors: Regression
    chat: tuple[ChatRegression, ...] = ()

    def of_evidence(self, features: Features) -> Regression:
        """Return the regression for these features."""
        return self.vectors if VECTORS[-1] in features else self.words

    def of_model(self, name: str) -> ChatRegression | None:
        """Return what was learnt of a chat model; None if nothing was."""
        matching = (c for c in self.chat if any(fnmatchcase(name, m) for m in c.models))
        return next(matching, None)


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
    known = [(numbers.words, WORDS), (numbers.vectors, VECTORS)]
    known += [(chat.regression, OF_MODEL) for chat in numbers.chat]
    for regression, names in known:
        values = (regression.bias, regression.threshold, *regression.weights.values())
        unknown = sorted(set(regression.weights) - set(names))
        if unknown or not all(math.isfinite(value) for value in values):
            detail = f"no feature {unknown[0]}" if unknown else "a number is not finite"
            raise BadData(path=str(path), line=1, detail=detail)
    return numbers


def probability(log_odds: float) -> float:
    """Return the probability of log odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
