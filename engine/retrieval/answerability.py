"""Refuse or answer: does the evidence answer the question?

Judged by a small regression over named features (:mod:`engine.retrieval.evidence_features`),
whose numbers were fitted on near misses (:mod:`engine.retrieval.refusal`). It knows evidence about
something else; it does not know the price of another model from the one that was asked for. So
evidence that is not sure stays open until the check of what a model wrote from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.records import RetrievedPassage
from engine.retrieval.evidence_features import evidence_features
from engine.retrieval.extracts import ScoredSentence
from engine.retrieval.refusal import RefusalNumbers, probability, refusal_numbers


@dataclass(frozen=True)
class Judgement:
    """Whether evidence answers.

    Attributes:
        answers: Whether to answer from it.
        sure: Whether it answers even if nothing that a model writes from it is supported.
        hopeless: Whether not even a capable model should be asked.
        log_odds: That it answers.
    """

    answers: bool
    sure: bool
    log_odds: float
    hopeless: bool = False

    @property
    def score(self) -> float:
        """Probability that the evidence answers."""
        return probability(self.log_odds)


NOTHING = Judgement(answers=False, sure=False, log_odds=-30.0, hopeless=True)
"""Of no evidence at all."""

ANSWERED = Judgement(answers=True, sure=True, log_odds=0.0)
"""Of evidence that nobody judges."""


def judge(
    question: str,
    passages: Sequence[RetrievedPassage],
    ranked: Sequence[ScoredSentence],
    numbers: RefusalNumbers | None = None,
) -> Judgement:
    """Judge whether evidence answers a question.

    Args:
        question: What was searched for; a blank one has no answer.
        passages: Retrieved evidence.
        ranked: Its best sentences, see :func:`engine.retrieval.extracts.rank_sentences`.
        numbers: What was learnt; those of the program if None.
    """
    if not question.strip() or not passages or not ranked:
        return NOTHING
    features = evidence_features(question, passages, ranked)
    regression = (numbers or refusal_numbers()).of_evidence(features)
    found = regression.log_odds(features)
    return Judgement(
        found >= regression.threshold,
        found >= regression.sure,
        found,
        hopeless=found < regression.hopeless,
    )
