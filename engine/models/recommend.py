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

FASTER_THAN_EMBEDDED = 1.2
"""Weights read a second in the Q4_K layout over those of the embedded model's Q4_1. On two AVX2
cores the embedded model read 289 tokens a second and the 1.5B 29 to 35: 1.24 to 1.5, of which
this is the careful end. It only has to tell models apart that differ three times."""

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


def seconds_to_read(offer: Offer, embedded: Offer, speed: ReadingSpeed) -> float:
    """Return how long a default question takes to be read.

    The embedded model's measured speed, scaled by the weights that each token passes through.
    """
    if offer.embedded:
        return PROMPT_TOKENS / speed.tokens_per_second
    ratio = offer.n_block_parameters / embedded.n_block_parameters
    return PROMPT_TOKENS * ratio / (speed.tokens_per_second * FASTER_THAN_EMBEDDED)


def recommend(
    offers: Iterable[Offer], speed: ReadingSpeed, memory_bytes: int
) -> Recommendation | None:
    """Choose for a machine; None where the catalogue has no embedded model to compare with.

    Only entries with a source that we have run are recommended. A speed that was measured beside
    other programs is a lower bound: where nothing seems to suit by it, the smallest is chosen.

    Args:
        offers: The catalogue.
        speed: What the self-test found.
        memory_bytes: Of the machine.
    """
    known = tuple(offers)
    embedded = next((offer for offer in known if offer.embedded), None)
    if embedded is None:
        return None
    timed = [(offer, seconds_to_read(offer, embedded, speed)) for offer in known]
    fit = [o for o, seconds in timed if _fits(o, memory_bytes) and seconds <= LONGEST_READ_S]
    candidates = [offer for offer in fit if _may_be_recommended(offer)]
    if not candidates and speed.busy:
        usable = [o for o in known if _may_be_recommended(o) and _fits(o, memory_bytes)]
        candidates = sorted(usable, key=lambda offer: offer.n_parameters)[:1]
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
