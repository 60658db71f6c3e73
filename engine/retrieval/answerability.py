"""Refuse or answer: does the evidence answer the question?

Judged by a small regression over named features (:mod:`engine.retrieval.evidence_features`),
whose numbers were fitted on near misses (:mod:`engine.retrieval.refusal`). Near its border the
chat model is asked, where its signals are known to help.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.records import RetrievedPassage
from engine.retrieval.evidence_features import Features, evidence_features
from engine.retrieval.extracts import ScoredSentence
from engine.retrieval.refusal import ChatRegression, RefusalNumbers, probability, refusal_numbers
from engine.text import language_of


class ModelSignals(Protocol):
    """What a chat model thinks, see :class:`engine.inference.probing.Probed`."""

    @property
    def margin(self) -> float:
        """Log odds that the text holds the answer."""

    @property
    def entropy(self) -> float:
        """Of its first token, in nats."""

    @property
    def likeliest(self) -> float:
        """Probability of its likeliest first token."""


@dataclass(frozen=True)
class Judgement:
    """Whether evidence answers.

    Attributes:
        answers: By the evidence alone.
        log_odds: That it answers, by the evidence alone.
        japanese: Whether the question is Japanese.
        chat: What the chat model's signals say, if it should be asked; None if the evidence
            alone decides.
    """

    answers: bool
    log_odds: float
    japanese: bool = False
    chat: ChatRegression | None = None

    @property
    def score(self) -> float:
        """Probability that the evidence answers, by the evidence alone."""
        return probability(self.log_odds)

    def with_model(self, signals: ModelSignals) -> tuple[bool, float]:
        """Return whether the evidence answers, and how probable that is, after asking."""
        if self.chat is None:
            return self.answers, self.score
        regression = self.chat.regression
        log_odds = regression.log_odds(self.model_features(signals))
        return log_odds >= regression.threshold, probability(log_odds)

    def model_features(self, signals: ModelSignals) -> Features:
        """Return what the regression over a chat model's signals looks at."""
        return {
            "evidence": self.log_odds,
            "margin": signals.margin,
            "entropy": signals.entropy,
            "likeliest": signals.likeliest,
            "japanese": float(self.japanese),
        }


NOTHING = Judgement(answers=False, log_odds=-30.0)
"""Of no evidence at all."""

ANSWERED = Judgement(answers=True, log_odds=0.0)
"""Of evidence that nobody is asked about."""


def judge(
    question: str,
    passages: Sequence[RetrievedPassage],
    ranked: Sequence[ScoredSentence],
    model: str = "",
    numbers: RefusalNumbers | None = None,
) -> Judgement:
    """Judge whether evidence answers a question.

    Args:
        question: What was searched for; a blank one has no answer.
        passages: Retrieved evidence.
        ranked: Its best sentences, see :func:`engine.retrieval.extracts.rank_sentences`.
        model: Name of the chat model that may be asked; empty for none.
        numbers: What was learnt; those of the program if None.
    """
    if not question.strip() or not passages or not ranked:
        return NOTHING
    numbers = numbers or refusal_numbers()
    features = evidence_features(question, passages, ranked)
    regression = numbers.of_evidence(features)
    log_odds = regression.log_odds(features)
    chat = numbers.of_model(model) if model else None
    if chat is not None and not chat.hopeless < log_odds < chat.sure:
        decided = log_odds >= chat.sure
        return Judgement(decided, log_odds)
    japanese = language_of(question) == "ja"
    return Judgement(log_odds >= regression.threshold, log_odds, japanese, chat)
