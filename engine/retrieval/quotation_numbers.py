"""The learnt part of choosing quotations: weights by feature, as data.

``assets/quotations.json`` holds them; :mod:`engine.workshop.quotations` makes it.
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
from engine.retrieval.quotation_features import VECTORS, WORDS

PATH = ASSETS_DIR / "quotations.json"


@dataclass(frozen=True)
class QuotationNumbers:
    """What was learnt.

    Attributes:
        fitted: On what and when, for people.
        words: Weights by feature where sentences have no vector.
        vectors: Weights where they have one.
    """

    fitted: Mapping[str, str]
    words: Mapping[str, float]
    vectors: Mapping[str, float]


@cache
def quotation_numbers(path: Path = PATH) -> QuotationNumbers:
    """Return what was learnt.

    Raises:
        BadData: The file is no such record, or names a feature that there is not.
    """
    try:
        numbers = from_plain(QuotationNumbers, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, NotARecord) as error:
        raise BadData(path=str(path), line=1, detail=str(error)) from error
    for weights, names in ((numbers.words, WORDS), (numbers.vectors, VECTORS)):
        unknown = sorted(set(weights) - set(names))
        if unknown or not all(map(math.isfinite, weights.values())):
            detail = f"no feature {unknown[0]}" if unknown else "a number is not finite"
            raise BadData(path=str(path), line=1, detail=detail)
    return numbers


def weigh(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return how well a sentence answers, compared with others of the same question."""
    return sum(weight * features[name] for name, weight in weights.items())
