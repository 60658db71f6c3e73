"""Summaries: of a document, of a collection, and of what was decided and who has to do what."""

from engine.answering.summary.route import summarise

__all__ = ["summarise"]
