"""Which model of the catalogue suits this machine: the largest that answers soon enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.models.offers import Offer
from engine.models.reading_speed import ReadingSpeed
from engine.records import ModelFile

PROMPT_TOKENS = 512
"""Of a default question with its evidence."""

LONGEST_READ_S = 8.0
"""A person waits this long for the first word, and not much longer."""

MEMORY_SHARE = 0.5
"""Of the machine's memory that a model may take: documents, window and other programs need some."""

LONGEST_READ_OF_SMALLEST_S = 24.0
"""And rather this long for an answer in the own language than not at all."""

CAREFUL = 0.8
"""Of the measured speed: a whole model has more layers to begin and end than the self-test's two.
Measured beside other work, the 1.5B read with 0.56 of the speed of its layout (a lower bound, as
it takes longer and is disturbed more), the 0.5B with 0.94."""

Verdict = Literal["recommended", "suits", "slow", "large", "untried", "built-in"]
"""``suits``: quick enough and smaller than the recommended one; ``slow``: reads longer than
:data:`LONGEST_READ_S`; ``large``: needs too much memory; ``untried``: we never ran it."""


@dataclass(frozen=True)
class Advice:
    """What is to be said of one entry on this machine.

    Attributes:
        offer: The entry.
        seconds: Expected to read a default question; the time to the first word.
        verdict: See :data:`Verdict`.
    """

    offer: Offer
    seconds: float
    verdict: Verdict


@dataclass(frozen=True)
class Recommendation:
    """What suits a machine.

    Attributes:
        chosen: The recommended entry; the embedded model where nothing larger suits.
        advice: All entries, the recommended one first, then as in the catalogue.
        speed: What it was told from.
    """

    chosen: Offer
    advice: tuple[Advice, ...]
    speed: ReadingSpeed


def tokens_per_second(offer: Offer, speed: ReadingSpeed) -> float:
    """Return how fast a model reads a prompt, by what was measured of its layout."""
    return speed.weights_per_second[offer.layout] * CAREFUL / offer.n_block_parameters


def recommend(
    offers: Iterable[Offer], speed: ReadingSpeed, memory_bytes: int
) -> Recommendation | None:
    """Choose for a machine; None where the catalogue has no embedded model to fall back on.

    Only entries with a source that we have run are recommended: the largest that reads in
    :data:`LONGEST_READ_S`; where none does the smallest, if it reads in
    :data:`LONGEST_READ_OF_SMALLEST_S` or the speed is but a lower bound.

    Args:
        offers: The catalogue.
        speed: What the self-test found.
        memory_bytes: Of the machine.
    """
    known = tuple(offers)
    embedded = next((offer for offer in known if offer.embedded), None)
    if embedded is None:
        return None
    timed = [(offer, PROMPT_TOKENS / tokens_per_second(offer, speed)) for offer in known]
    able = [each for each in timed if _may_be_recommended(each[0]) and _fits(each[0], memory_bytes)]
    candidates = [offer for offer, seconds in able if seconds <= LONGEST_READ_S]
    if not candidates and able:
        smallest, seconds = min(able, key=lambda each: each[0].n_parameters)
        bearable = speed.busy or seconds <= LONGEST_READ_OF_SMALLEST_S
        candidates = [smallest] if bearable else []
    chosen = max(candidates, key=lambda offer: offer.n_parameters, default=embedded)
    advice = [
        Advice(offer, seconds, _verdict(offer, seconds, chosen, memory_bytes))
        for offer, seconds in timed
    ]
    advice.sort(key=lambda each: each.offer is not chosen)
    return Recommendation(chosen, tuple(advice), speed)


def best_installed(
    recommendation: Recommendation, installed: Mapping[str, ModelFile]
) -> ModelFile | None:
    """Return the largest installed model that suits, by hash; None where only the embedded is.

    Args:
        recommendation: For this machine.
        installed: Chat models by SHA-256.
    """
    suiting = [
        each.offer
        for each in recommendation.advice
        if each.verdict in ("recommended", "suits") and each.offer.sha256 in installed
    ]
    best = max(suiting, key=lambda offer: offer.n_parameters, default=None)
    return None if best is None or best.embedded else installed[best.sha256]


def _may_be_recommended(offer: Offer) -> bool:
    return offer.ran_here and offer.has_source and not offer.embedded


def _fits(offer: Offer, memory_bytes: int) -> bool:
    return offer.memory_mib << 20 <= memory_bytes * MEMORY_SHARE


def _verdict(offer: Offer, seconds: float, chosen: Offer, memory_bytes: int) -> Verdict:
    if offer is chosen:
        return "recommended"
    if offer.embedded:
        return "built-in"
    if not _fits(offer, memory_bytes):
        return "large"
    if seconds > LONGEST_READ_S:
        return "slow"
    return "suits" if offer.ran_here else "untried"
