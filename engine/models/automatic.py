"""The chat model that answers where none was chosen, and how fast one reads here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.models.machine import memory_bytes
from engine.models.offers import catalogue
from engine.models.reading_speed import stored_speed, unmeasured
from engine.models.recommend import best_installed, recommend, tokens_per_second
from engine.records import ModelFile

BYTES_PER_WEIGHT = 0.7
"""Of a file in one of the layouts that are published most."""


def automatic(known: Mapping[str, ModelFile], models: Path) -> str:
    """Return the name of the best model that is here; empty where only the embedded one is.

    That is the largest of the catalogue that suits this machine by what was measured on it.
    Where nothing was measured (a file that was added by hand, a folder from another machine) it
    is the smallest that we recommend at all.

    Args:
        known: Chat models by name.
        models: Folder of models, where the measurement is kept.
    """
    offers = catalogue().offers
    hashes = {offer.sha256 for offer in offers if not offer.embedded}
    by_hash = {model.sha256: model for model in known.values() if model.sha256 in hashes}
    if not by_hash:
        return ""
    found = recommend(offers, stored_speed(models) or unmeasured(), memory_bytes())
    best = best_installed(found, by_hash) if found else None
    return best.name if best else ""


def reading_speed(model: ModelFile, models: Path) -> float | None:
    """Return the tokens of a prompt that a chat model reads a second here, roughly.

    None if the machine was not measured, or only while other programs ran.

    Args:
        model: Any chat model.
        models: Folder of models, where the measurement is kept.
    """
    speed = stored_speed(models)
    if speed is None or speed.busy:
        return None
    offer = catalogue().of_hash(model.sha256)
    if offer is not None:
        return tokens_per_second(offer, speed)
    # Of somebody else's file only the size is known, and no model is read faster than Q4_K.
    return min(speed.weights_per_second.values()) * BYTES_PER_WEIGHT / max(model.n_bytes, 1)
