"""Translations: a passage, a page or the last answer in another language, by the model."""

from engine.answering.translating.route import translate

__all__ = ["translate"]
