"""Kinds of questions told by their vectors: a logistic regression, as data.

``assets/question_kinds.json`` holds it; :mod:`engine.workshop.recognition` makes it, from
``assets/question_kinds.jsonl`` among others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.codec import NotARecord, from_plain
from engine.errors import BadData
from engine.paths import ASSETS_DIR
from engine.records import QUESTION_KINDS, QuestionKind

PATH = ASSETS_DIR / "question_kinds.json"


@dataclass(frozen=True)
class LearntKinds:
    """All that was learnt.

    Attributes:
        fitted: On what and when, for people.
        embedder: Name of the model whose vectors these are.
        bias: Log odds by kind, of the vector 0.
        weights: By kind, ``[d]``, in log odds a unit.
    """

    fitted: Mapping[str, str]
    embedder: str
    bias: Mapping[QuestionKind, float]
    weights: Mapping[QuestionKind, tuple[float, ...]]

    def likeliest(self, vector: npt.NDArray[np.float32]) -> tuple[QuestionKind, float]:
        """Return the likeliest kind of a question and its probability.

        Args:
            vector: Of the question, ``[d]``.
        """
        kinds = tuple(self.bias)
        odds = np.array([self.bias[k] + float(vector @ np.array(self.weights[k])) for k in kinds])
        chances = np.exp(odds - odds.max())
        best = int(chances.argmax())
        return kinds[best], float(chances[best] / chances.sum())


@cache
def learnt_kinds(path: Path = PATH) -> LearntKinds:
    """Return what was learnt.

    Raises:
        BadData: The file is no such record, or its numbers do not belong together.
    """
    try:
        learnt = from_plain(LearntKinds, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, NotARecord) as error:
        raise BadData(path=str(path), line=1, detail=str(error)) from error
    lengths = {len(weights) for weights in learnt.weights.values()}
    known = set(learnt.bias) == set(learnt.weights) and set(learnt.bias) <= set(QUESTION_KINDS)
    numbers = [*learnt.bias.values(), *(n for each in learnt.weights.values() for n in each)]
    if not learnt.bias or not known or len(lengths) != 1 or not np.isfinite(numbers).all():
        detail = "kinds, weights and their lengths do not belong together"
        raise BadData(path=str(path), line=1, detail=detail)
    return learnt
